"""Function words and question words that say nothing of a question's subject, folded and stemmed."""

from __future__ import annotations

from index.segment import stem

_ENGLISH = """
a about above according actually after again all also although always am an and any anyone anything are as at be became
because become been before being between both but by can could did do does doing done during each either else even ever every
few for from get gets getting give given gives go goes going got had has have having he her here hers him his how however
i if in instead into is it its itself just kind know let lets like made make makes making many may me mean means might mine more most
much must my myself name neither no nor not now of off often on once one only or other our ours out over own per please
rather really said same say says see seen shall she should show since so some such tell than that the their theirs them
then there these they thing things think this those though through thus to too under until up upon us use used
very want was way we were what whats when where whether which while who whom whose why will with within without would
yes yet you your yours author authors chapter text paper article publication book explain describe list
exactly main mainly happen happened happens
"""

_CHINESE = """
的 了 着 过 地 得 之 其 此 彼 这 那 该 本 各 每 某 另 哪 谁 几 多少 什么 甚么 怎么 怎样 如何 为何 为什么 为 何 哪个 哪些 哪里 哪儿 哪一
哪国 哪位 何时 何地 何人 是 不是 有 没有 在 于 对 对于 关于 和 与 及 以及 或 或者 而 而且 并 并且 但 但是 却 则 就 也 亦 都 皆 还 又 再 已 已经
曾 曾经 将 会 能 能够 可 可以 可能 应 应该 要 想 请 请问 让 使 被 把 给 向 往 从 自 由 到 至 比 跟 同 等 吗 呢 吧 啊 呀 么 嘛 啦
我 我们 你 你们 您 他 她 它 他们 她们 它们 自己 这个 那个 这些 那些 这里 那里 这样 那样 这种 那种 一个 一种 一些 一下 一点 个 种 些
里 中 内 外 上 下 前 后 时 时候 之间 之后 之前 以后 以前 其中 当中 此外 另外 因此 所以 因为 因 由于 如果 若 虽然 即使 尽管
说 讲 谈 谈到 提到 指 指的是 称 认为 表示 觉得 知道 告诉 意思 到底 究竟 分别 有关 相关 根据 按照 文中 本文 作者 文章 这篇 本章 章
一 做 搞 来 去 看 看待 最 更 很 太 非常 主要 目前 当前 现在 年 月 日 叫 名 位 笔 则 句 点
"""

STOP_WORDS: frozenset[str] = frozenset({stem(w) for w in _ENGLISH.split()} | set(_CHINESE.split()))
