"""Works read from notes: the chapter against its truth, then tables of plain notes by style."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.works import find_urls, parse_works

CHAPTER = json.loads(
    (Path(__file__).parent / "texts" / "indsr-2025-01" / "structure.json").read_text("utf-8")
)["footnotes"]
MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
]


def only(note: str) -> dict[str, Any]:
    """The CSL item of the one work that the note cites."""
    (work,) = parse_works(note)
    return dict(work.csl)


def names(csl: Mapping[str, Any], role: str = "author") -> list[str]:
    return [name.get("family") or name["literal"] for name in csl.get(role, [])]


def summary(csl: Mapping[str, Any]) -> str:
    """One line: type | authors | title | container or publisher | volume(issue) | date | pages."""
    date = "-".join(map(str, csl["issued"]["date-parts"][0])) if "issued" in csl else ""
    place = ": ".join(csl[k] for k in ("publisher-place", "publisher") if k in csl)
    issue = f"{csl.get('volume', '')}({csl.get('issue', '')})"
    return " | ".join(
        (
            csl["type"],
            "; ".join(names(csl) or [f"{n} (ed.)" for n in names(csl, "editor")]),
            csl.get("title", ""),
            csl.get("container-title", "") or place,
            "" if issue == "()" else issue,
            date,
            csl.get("page", csl.get("locator", "")),
        )
    )


def family_names(printed: str | None) -> list[str]:
    """The truth's author string as family names: its last words, et al. as printed."""
    if printed is None:
        return []
    parts = re.split(r",\s+and\s+|,\s+|\s+and\s+", printed.removesuffix(" (eds.)"))
    return [part if part == "et al." else part.split()[-1] for part in parts]


def date_parts(printed: str) -> list[int]:
    """`June 21, 2009` -> [2009, 6, 21]; of a range of months the first."""
    words = re.findall(r"\w+", printed)
    month = [MONTHS.index(words[0]) + 1] if words[0] in MONTHS else []
    day = [int(words[1])] if month and words[1].isdecimal() and len(words) == 3 else []
    return [int(words[-1]), *month, *day]


@pytest.mark.parametrize("printed", ["text", "text_plain"])
@pytest.mark.parametrize("truth", CHAPTER, ids=lambda note: str(note["number"]))
def test_works_of_the_chapter_equal_the_reading_by_hand(
    truth: dict[str, Any], printed: str
) -> None:
    read = [work.csl for work in parse_works(truth[printed])]
    assert [
        (
            names(csl),
            names(csl, "editor"),
            csl["title"],
            csl["container-title"],
            csl["issued"]["date-parts"][0],
            csl.get("page"),
            csl.get("URL"),
        )
        for csl in read
    ] == [
        (
            family_names(work["authors"]),
            family_names(work["editors"]),
            work["title"],
            work["container"],
            date_parts(work["date"]),
            work["pages"],
            work["url"],
        )
        for work in truth["works"]
    ]


@pytest.mark.parametrize("truth", CHAPTER, ids=lambda note: str(note["number"]))
def test_addresses_of_the_chapter_equal_the_reading_by_hand(truth: dict[str, Any]) -> None:
    assert list(find_urls(truth["text"])) == truth["urls"]


WESTERN = [
    (
        (
            "Felix Heiduk and Thomas Wilkins, “Pathways,” *Australian Journal of International Affairs*,"
            " Vol. 78, No. 6, 2024, pp. 808-827, <https://doi.org/10.1080/10357718.2024.2416566>."
        ),
        (
            "article-journal | Heiduk; Wilkins | Pathways | Australian Journal of International Affairs"
            " | 78(6) | 2024 | 808-827"
        ),
    ),
    (
        "Kei Koga, “A New Strategic Minilateralism,” Asia Policy 17, no. 4 (2022): 28–30.",
        "article-journal | Koga | A New Strategic Minilateralism | Asia Policy | 17(4) | 2022 | 28–30",
    ),
    (
        (
            'David Roe and Lin Mei, "Measuring Opening Hours," *Public Library Quarterly Review*'
            " 14(2), 2018, 33–51. <https://example.org/plqr/14-2>"
        ),
        (
            "article-journal | Roe; Mei | Measuring Opening Hours | Public Library Quarterly Review"
            " | 14(2) | 2018 | 33–51"
        ),
    ),
    (
        "Bhubhindar Singh and Sarah Teo, eds., *Minilateralism* (Abingdon: Routledge, 2020), 2.",
        "book | Singh (ed.); Teo (ed.) | Minilateralism | Abingdon: Routledge |  | 2020 | 2",
    ),
    (
        (
            "William Tow, “Security Policy,” in *Minilateralism*, ed. Bhubhindar Singh and Sarah Teo"
            " (Abingdon: Routledge, 2020), 15."
        ),
        "chapter | Tow | Security Policy | Minilateralism |  | 2020 | 15",
    ),
    (
        "Lisa Curtis et al., *Operationalizing the Quad* (Washington, DC: CNAS, June 2022), 4.",
        "book | Curtis; et al. | Operationalizing the Quad | Washington, DC: CNAS |  | 2022-6 | 4",
    ),
    (
        "Author Name, *Some Book*, 2nd ed. (Cambridge: Cambridge University Press, 2001), 23–24.",
        "book | Name | Some Book | Cambridge: Cambridge University Press |  | 2001 | 23–24",
    ),
    (
        "Panda, Jagannath, and Daewon Ohn. “Minilateralism.” *AJIA* 78, no. 6 (2024): 767–81.",
        "article-journal | Panda; Ohn | Minilateralism | AJIA | 78(6) | 2024 | 767–81",
    ),
    (
        "US Department of State, “Joint Statement,” July 1, 2025, https://example.org/js.",
        "document | US Department of State | Joint Statement |  |  | 2025-7-1 | ",
    ),
    (
        "John Smith, “The Thing” (PhD diss., Harvard University, 2010), 55.",
        "thesis | Smith | The Thing | Harvard University |  | 2010 | 55",
    ),
    (
        "Ludwig van der Rohe, “Glass,” *The New York Times*, April 11, 2024.",
        "article-newspaper | Rohe | Glass | The New York Times |  | 2024-4-11 | ",
    ),
    (
        "Koga, K., ‘Biden’s New Order’ (2022) 17 Asia Policy 28.",
        "article-journal | Koga | Biden’s New Order | Asia Policy | 17() | 2022 | 28",
    ),
    (
        "For a survey, see Kei Koga, “New Order,” *Asia Policy*, 2022, p. 3.",
        "article-journal | Koga | New Order | Asia Policy |  | 2022 | 3",
    ),
    (
        "Ryo Sahashi, “Latticework,” ASAN Forum, July-August 2025, <https://reurl.cc/bmY6qy>.",
        "webpage | Sahashi | Latticework | ASAN Forum |  | 2025-7 | ",
    ),
    (
        "John J. Mearsheimer, *The Tragedy of Great Power Politics*, updated ed. (New York: Norton, 2014).",
        "book | Mearsheimer | The Tragedy of Great Power Politics | New York: Norton |  | 2014 | ",
    ),
    (
        "“Chips Act,” Wikipedia, accessed May 3, 2023, https://example.org/CHIPS.",
        "webpage |  | Chips Act | Wikipedia |  |  | ",
    ),
    (
        "Henry Kissinger, On China, New York: Penguin Press, 2011, p. 514.",
        "book | Kissinger | On China | New York: Penguin Press |  | 2011 | 514",
    ),
]
UNMARKED = [
    (
        "Edda Lindqvist, A Coast Without Clerks (Tarn Point: Skerry Press, 2009), 3.",
        "book | Lindqvist | A Coast Without Clerks | Tarn Point: Skerry Press |  | 2009 | 3",
    ),
    (
        "Marrow Coast Audit Office, Shared Services Review (2015), 31.",
        "document | Marrow Coast Audit Office | Shared Services Review |  |  | 2015 | 31",
    ),
    (
        "Tarn Point Harbour Board, Annual Report 1987, 14, https://example.org/tarn/1987.",
        "document | Tarn Point Harbour Board | Annual Report 1987 |  |  |  | 14",
    ),
    (
        "Magnus Hale, The Quiet Compact, 31 SELVAGE L. REV. 9, 14 (2001).",
        "article-journal | Hale | The Quiet Compact | SELVAGE L. REV. | 31() | 2001 | 9, 14",
    ),
    (
        "Author Name, *Some Article*, 112 Harv. L. Rev. 1 (1998).",
        "article-journal | Name | Some Article | Harv. L. Rev. | 112() | 1998 | 1",
    ),
    (
        "See DANA ROWE, TIDAL SOVEREIGNTY 12-15 (2014).",
        "book | ROWE | TIDAL SOVEREIGNTY |  |  | 2014 | 12-15",
    ),
    (
        "Greta Moss, The Cage at Sea, PORT AMERY REV., Fall 2022, at 16.",
        "article-journal | Moss | The Cage at Sea | PORT AMERY REV. |  | 2022 | 16",
    ),
    (
        "Brown v. Board of Education, 347 U.S. 483, 495 (1954).",
        "legal_case |  | Brown v. Board of Education | U.S. | 347() | 1954 | 483, 495",
    ),
    (
        "See Interisland Ferry Compact, Mar. 4, 1962, 17 Isl. T.S. 44.",
        "treaty |  | Interisland Ferry Compact | Isl. T.S. | 17() | 1962-3-4 | 44",
    ),
]
PRIMARY = [
    ("訪談 L7，2022 年 6 月 14 日。", "interview |  | 訪談 L7 |  |  | 2022-6-14 | "),
    (
        "骆一苇访谈，望潮，2022年11月5日。",
        "interview |  | 骆一苇访谈，望潮 |  |  | 2022-11-5 | ",
    ),
    (
        "Interview with Ines Carrow, Former Delegate, in Port Amery (June 3, 2019).",
        "interview |  | Interview with Ines Carrow, Former Delegate, in Port Amery |  |  | 2019-6-3 | ",
    ),
    (
        "Northern Mutual Insurance, circular to policyholders, September 30, 2008.",
        "personal_communication | Northern Mutual Insurance | circular to policyholders |  |  | 2008-9-30 | ",
    ),
    (
        "Maud Ferrier, Papers, box 2, folder 5, Strand Island Archive.",
        "manuscript | Ferrier | Papers |  |  |  | ",
    ),
    (
        "石矶镇人民法院，（2021）石民初字第88号民事判决书。",
        "legal_case |  | （2021）石民初字第88号民事判决书 |  |  |  | ",
    ),
    (
        "最高法院 106 年度台上字第 123 號民事判決。",
        "legal_case |  | 106 年度台上字第 123 號民事判決 |  |  |  | ",
    ),
    (
        "Calder Harbour Compact, signed March 14, 2009, preamble, https://example.org/chc.",
        "treaty |  | Calder Harbour Compact |  |  | 2009-3-14 | ",
    ),
    ("17 U.S.C. § 107 (2018).", "legislation |  | 17 U.S.C. § 107 |  |  |  | "),
    ("《國家安全法》第 5 條。", "legislation |  | 國家安全法 |  |  |  | 第 5 條"),
    (
        "United Nations Security Council Resolution 1718, S/RES/1718, October 14, 2006.",
        "treaty |  | United Nations Security Council Resolution 1718 |  |  | 2006-10-14 | ",
    ),
]
CHINESE = [
    (
        "王守仁、陳以安，〈離島交通權的理論與實踐〉，《海島研究季刊》，第 12 卷第 3 期，2017 年 9 月，頁 45-72。",
        "article-journal | 王守仁; 陳以安 | 離島交通權的理論與實踐 | 海島研究季刊 | 12(3) | 2017-9 | 45-72",
    ),
    (
        "王守仁與陳以安，〈離島〉，《海島研究季刊》，12卷3期（2017年9月），頁45-72。",
        "article-journal | 王守仁; 陳以安 | 離島 | 海島研究季刊 | 12(3) | 2017-9 | 45-72",
    ),
    (
        "青嵐縣政府，《離島航線補貼作業要點》，1998 年 7 月 1 日，<https://example.org/chinglan/1998>。",
        "document | 青嵐縣政府 | 離島航線補貼作業要點 |  |  | 1998-7-1 | ",
    ),
    (
        "王守仁，《海島》（臺北：三民書局，2019 年），頁 5。",
        "book | 王守仁 | 海島 | 臺北: 三民書局 |  | 2019 | 5",
    ),
    (
        "王守仁，〈離島〉，收入李海青編，《海島論文集》（臺北：三民書局，2019 年），頁 5-20。",
        "chapter | 王守仁 | 離島 | 海島論文集 |  | 2019 | 5-20",
    ),
    (
        "王守仁，〈離島〉，《聯合報》，2020 年 1 月 1 日，A3 版。",
        "article-newspaper | 王守仁 | 離島 | 聯合報 |  | 2020-1-1 | A3",
    ),
    (
        "王守仁，〈離島〉（國立臺灣大學政治學系碩士論文，2015 年），頁 5。",
        "thesis | 王守仁 | 離島 | 國立臺灣大學政治學系 |  | 2015 | 5",
    ),
    (
        "礁石鄉公所，〈網寮購置案公文〉，民國 86 年 9 月 12 日，檔號 86-0912。",
        "document | 礁石鄉公所 | 網寮購置案公文 |  |  | 1997-9-12 | ",
    ),
    (
        "关于补贴的讨论参见张三：《书名》，北京：人民出版社，2001年，第25页。",
        "book | 张三 | 书名 | 北京: 人民出版社 |  | 2001 | 25",
    ),
    (
        "李四：《篇名》，载《刊名》2001年第3期，第45页。",
        "article-journal | 李四 | 篇名 | 刊名 | (3) | 2001 | 45",
    ),
    (
        "李四：“篇名”，《刊名》2001年第3期，第45页。",
        "article-journal | 李四 | 篇名 | 刊名 | (3) | 2001 | 45",
    ),
    (
        "王五：《篇名》，载李四主编：《书名》，北京：人民出版社，2001年，第25页。",
        "chapter | 王五 | 篇名 | 书名 |  | 2001 | 25",
    ),
    (
        "[美]亨廷顿：《文明的冲突》，周琪等译，北京：新华出版社，1998年，第25页。",
        "book | 亨廷顿 | 文明的冲突 | 北京: 新华出版社 |  | 1998 | 25",
    ),
    (
        "何渡：《停水的政治》，《云津日报》2012年3月8日，第2版。",
        "article-newspaper | 何渡 | 停水的政治 | 云津日报 |  | 2012-3-8 | 2",
    ),
    (
        "前一种意见见柏舟：《谁的数据》，《望潮日报》2020年4月9日，第5版。",
        "article-newspaper | 柏舟 | 谁的数据 | 望潮日报 |  | 2020-4-9 | 5",
    ),
    (
        "參謀本部，《海圖》，2019 年，頁 3。",
        "document | 參謀本部 | 海圖 |  |  | 2019 | 3",
    ),
    (
        "Rush Doshi 著，李寧怡譯，《長期博弈》（新北：八旗文化，2022），頁 45。",
        "book | Doshi | 長期博弈 | 新北: 八旗文化 |  | 2022 | 45",
    ),
    (
        "李哲全、王尊彥主編，《評估報告》（臺北：國防安全研究院，2023），頁 15-30。",
        "book | 李哲全 (ed.); 王尊彥 (ed.) | 評估報告 | 臺北: 國防安全研究院 |  | 2023 | 15-30",
    ),
    (
        "「新聞稿」，美國在台協會，2024 年 1 月 5 日，https://example.org/ait。",
        "webpage |  | 新聞稿 | 美國在台協會 |  | 2024-1-5 | ",
    ),
    (
        "参见王缉思：《大国战略》，中信出版社2016年版，第25—30页。",
        "book | 王缉思 | 大国战略 | 中信出版社 |  | 2016 | 25—30",
    ),
]
GBT7714 = [
    (
        "张三, 李四. 题名[J]. 刊名, 2019, 12(3): 45-52.",
        "article-journal | 张三; 李四 | 题名 | 刊名 | 12(3) | 2019 | 45-52",
    ),
    (
        "顾明舟, 何渡. 老旧渡轮更新的财政路径[J]. 港航经济, 2018(4): 55-61.",
        "article-journal | 顾明舟; 何渡 | 老旧渡轮更新的财政路径 | 港航经济 | (4) | 2018 | 55-61",
    ),
    (
        "SMITH J, DOE A, et al. Title of things[J]. Journal of X, 2019, 12(3): 45-52.",
        "article-journal | SMITH; DOE; et al | Title of things | Journal of X | 12(3) | 2019 | 45-52",
    ),
    (
        "张三. 书名[M]. 北京: 人民出版社, 2001: 25.",
        "book | 张三 | 书名 | 北京: 人民出版社 |  | 2001 | 25",
    ),
    (
        "何渡. 码头的时间[N]. 云澜日报, 2019-07-04(3).",
        "article-newspaper | 何渡 | 码头的时间 | 云澜日报 |  | 2019-7-4 | 3",
    ),
    (
        "云澜市航运处. 客运统计公报[EB/OL]. (2022-03-01)[2023-05-20]. https://example.org/y/2021.",
        "webpage | 云澜市航运处 | 客运统计公报 |  |  | 2022-3-1 | ",
    ),
    (
        (
            "OKAFOR N. Pulse timetables at sea[C]//Proceedings of the Conference. Port Amery: IMC Press,"
            " 2019: 88-97."
        ),
        "paper-conference | OKAFOR | Pulse timetables at sea | Proceedings of the Conference |  | 2019 | 88-97",
    ),
    (
        "张三. 篇名[M]//李四. 论文集. 北京: 出版社, 2001: 25-30.",
        "chapter | 张三 | 篇名 | 论文集 |  | 2001 | 25-30",
    ),
    (
        "罗汀. 时刻表协调的博弈分析[D]. 澜城: 云澜大学, 2020.",
        "thesis | 罗汀 | 时刻表协调的博弈分析 | 澜城: 云澜大学 |  | 2020 | ",
    ),
    (
        "北澜港务局. 评估报告[R/OL]. [2023-06-01]. https://example.org/beilan/report.pdf.",
        "report | 北澜港务局 | 评估报告 |  |  |  | ",
    ),
    (
        "刘康. 马克思主义与美学[M]. 李辉, 译. 北京: 北京大学出版社, 2012: 23.",
        "book | 刘康 | 马克思主义与美学 | 北京: 北京大学出版社 |  | 2012 | 23",
    ),
]
AUTHOR_DATE = [
    (
        (
            "Panda, J., & Ohn, D. (2024). Minilateralism and the new order. *Australian Journal of"
            " International Affairs*, *78*(6), 767–781. https://doi.org/10.1080/1035.2"
        ),
        (
            "article-journal | Panda; Ohn | Minilateralism and the new order | Australian Journal of"
            " International Affairs | 78(6) | 2024 | 767–781"
        ),
    ),
    (
        "Singh, B., & Teo, S. (Eds.). (2020). *Minilateralism in the Indo-Pacific*. Routledge.",
        "book | Singh (ed.); Teo (ed.) | Minilateralism in the Indo-Pacific | Routledge |  | 2020 | ",
    ),
    (
        (
            "Koga, K. (2020). Introduction. In B. Singh & S. Teo (Eds.), *Minilateralism* (pp. 1–12)."
            " Routledge."
        ),
        "chapter | Koga | Introduction | Minilateralism |  | 2020 | 1–12",
    ),
    (
        "王守仁、陳以安（2017）。〈離島交通權〉。《海島研究季刊》，12(3)，45-72。",
        "article-journal | 王守仁; 陳以安 | 離島交通權 | 海島研究季刊 | 12(3) | 2017 | 45-72",
    ),
    (
        "王守仁（2017）。離島交通權的理論。海島研究季刊，12(3)，45-72。",
        "article-journal | 王守仁 | 離島交通權的理論 | 海島研究季刊 | 12(3) | 2017 | 45-72",
    ),
]
STYLES = {
    "western": WESTERN,
    "unmarked": UNMARKED,
    "primary": PRIMARY,
    "chinese": CHINESE,
    "gbt7714": GBT7714,
    "author_date": AUTHOR_DATE,
}


@pytest.mark.parametrize(
    ("note", "expected"),
    [pytest.param(*row, id=f"{s}-{i}") for s in STYLES for i, row in enumerate(STYLES[s])],
)
def test_a_note_in_each_style_is_read_into_csl(note: str, expected: str) -> None:
    assert summary(only(note)) == expected


SEVERAL = [
    (
        '前者如 Kei Koga, "A; B," *Asia Policy*, 2022, p. 28; 後者如 Sarah Teo, "C," *Survival*, 2020, p. 2.',
        ["A; B", "C"],
    ),
    (
        "青嵐縣政府交通處，《年報》，2016 年 3 月，頁 8；另見李海青，〈迷思〉，《航運通訊》，2016 年 5 月 2 日。",
        ["年報", "迷思"],
    ),
    ("王守仁，《甲》，2019 年，頁 5。李海青，《乙》，2020 年，頁 6。", ["甲", "乙"]),
    (
        "Kei Koga, “A,” *Asia Policy*, 2022, p. 28. See also Sarah Teo, “B,” *Survival*, 2020.",
        ["A", "B"],
    ),
    (
        (
            "Hanne Vik, “Debt Afloat,” Marrow Observer, 2 May 2001; and Oswin Pell, The Borrowed Boat"
            " (Tarn Point: Skerry Press, 2004), chap. 2."
        ),
        ["Debt Afloat", "The Borrowed Boat"],
    ),
    (
        "Kei Koga, “A,” *Asia Policy*, 2022, p. 28, quoted in Sarah Teo, “B,” *Survival*, 2020.",
        ["A", "B"],
    ),
    (
        "羅欣，〈夜間〉，《城市與性別》，2019 年，頁 12；另參吳佩珊，前揭註 3，頁 97。",
        ["夜間"],
    ),
    (
        "*Supra* note 8, p. 4; Kei Koga, “A,” *Asia Policy*, 2022 (see also *supra* note 3).",
        ["A"],
    ),
]


@pytest.mark.parametrize(("note", "titles"), SEVERAL)
def test_several_works_in_one_note_are_told_apart(note: str, titles: list[str]) -> None:
    assert [work.csl["title"] for work in parse_works(note)] == titles


EXPLANATIONS = [
    CHAPTER[45]["text"],
    "作者自行計算。",
    "問卷於 2022 年 5 月發放，有效樣本 743 份；訪談對象以代號 L1 至 L12 表示。\n\n訪談大綱見附錄二。",
    "礁汐列嶼的公有船隊自 2003 年起由漁業公司轉型而成，並非自始即為交通運輸而設，比較時須留意其沿革。",
    "“争议时间”指从提出书面异议到作出裁决的天数，不含公休日。",
    "《大衛營原則》，2023 年 8 月公布，三方宣示與東協合作。",
    "所謂「內部核心」，2023 年的文件並未定義。",
    "The *Camp David Principles*, August 18, 2023, call it so.",
    "The document “Camp David Principles” uses the phrase “trilateral partnership” (meeting).",
    "According to Koga, “strategic minilateralism” is a form, which emerged in 2022.",
    "The apps are TideUp, Low & Slow, and Crabber.",
    "All figures are in 2015 prices.",
    "The clause has been invoked once since, in 2016, and the claim was withdrawn.",
    "See infra notes 10–11 and accompanying text.",
    "訪談於 2022 年 6 月 14 日進行。",
    "*Supra* note 16.",
    'Kei Koga, "A New Strategic Minilateralism," *Supra* note 8, pp. 27, 31-32.',
    "《平台白皮书2025》，同注2，第21页。",
    "",
]


@pytest.mark.parametrize("note", EXPLANATIONS)
def test_explanations_and_back_references_cite_no_work(note: str) -> None:
    assert parse_works(note) == ()


def test_prose_after_the_citation_stays_out_of_it() -> None:
    note = "Kei Koga, “A New Order,” *Asia Policy*, 2022, p. 28. The author adds that 2021 was bad."
    (work,) = parse_works(note)
    assert work.span.of(note) == "Kei Koga, “A New Order,” *Asia Policy*, 2022, p. 28"
    assert "publisher" not in work.csl


def test_span_names_the_slice_of_the_note_without_lead_in_and_full_stop() -> None:
    note = "後者如 Sarah Teo, “C,” *Survival*, 2020, <https://example.org/c>."
    (work,) = parse_works(note)
    assert work.span.of(note) == "Sarah Teo, “C,” *Survival*, 2020, <https://example.org/c>"


def test_editors_of_the_book_stand_apart_from_the_authors_of_the_chapter() -> None:
    csl = only(CHAPTER[12]["text"])
    assert csl["type"] == "chapter"
    assert csl["author"] == [{"family": "Tow", "given": "William"}]
    assert names(csl, "editor") == ["Singh", "Teo"]
    assert (csl["publisher-place"], csl["publisher"]) == ("Abingdon", "Routledge")


def test_range_of_months_keeps_both_ends() -> None:
    assert only(CHAPTER[47]["text"])["issued"] == {"date-parts": [[2025, 7], [2025, 8]]}


def test_doi_is_read_from_its_address() -> None:
    csl = only(CHAPTER[0]["text"])
    assert csl["DOI"] == "10.1080/10357718.2024.2410411"
    assert csl["URL"] == "https://doi.org/10.1080/10357718.2024.2410411"


def test_date_of_access_is_not_the_date_of_issue() -> None:
    csl = only(
        "中央社，〈離島〉，2020年5月1日，https://example.org/x（最後瀏覽日：2020年6月1日）。"
    )
    assert csl["issued"] == {"date-parts": [[2020, 5, 1]]}
    assert csl["accessed"] == {"date-parts": [[2020, 6, 1]]}


def test_address_alone_is_a_web_page() -> None:
    assert only("資料來源：<https://example.org/data>。") == {
        "type": "webpage",
        "URL": "https://example.org/data",
    }


def test_pin_that_is_no_page_is_a_locator() -> None:
    csl = only("臨江市政府主計處，《一一一年度單位決算》，2023 年 4 月，表 6。")
    assert csl["locator"] == "表 6"
    assert "page" not in csl


ADDRESSES = [
    ("見 https://example.org/a。", ["https://example.org/a"]),
    ("<https://example.org/a>, <https://example.org/b>.", ["https://example.org/a", "https://example.org/b"]),
    ("（https://example.org/a）", ["https://example.org/a"]),
    ("(see https://en.wikipedia.org/wiki/Quad_(alliance)).", ["https://en.wikipedia.org/wiki/Quad_(alliance)"]),
    ("https://example.org/a?b=1&c=%E5%8F%B0#d，頁 5", ["https://example.org/a?b=1&c=%E5%8F%B0#d"]),
    ("資料https://example.org/台灣", ["https://example.org/"]),
    ("<https://example.org/台灣>", ["https://example.org/台灣"]),
    ("www.example.org/x; mail@www.example.org", ["www.example.org/x"]),
    ("[text](https://example.org/y)", ["https://example.org/y"]),
    ("no address here: http:// or https", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "addresses"), ADDRESSES)
def test_addresses_end_before_punctuation_and_han_text(text: str, addresses: list[str]) -> None:
    assert list(find_urls(text)) == addresses


FRAGMENTS = [row[0] for rows in STYLES.values() for row in rows] + [
    *EXPLANATIONS,
    *'《》〈〉「」“”‘’"*()（）[]；;，,。.:：\n ',
    "supra note ",
    "同註",
    "[J]. ",
    "//",
    "2019",
    "頁 ",
    " in ",
    " (eds.), ",
    "et al.",
    "\ue000",
    "\ud800",
]
NOTES = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=8).map("".join),
)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "type":
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def letters(text: str) -> str:
    """The text without blanks, asterisks, quotes and commas."""
    return re.sub(r"[\s*\"“”‘’',，]", "", text)


@settings(max_examples=500, deadline=None)
@given(NOTES)
def test_nothing_is_invented_and_nothing_raises(note: str) -> None:
    for work in parse_works(note):
        assert 0 <= work.span.start < work.span.end <= len(note)
        for value in strings(work.csl):
            assert value
            assert letters(value) in letters(note)
    for address in find_urls(note):
        assert address in note


HOSTILE = {
    "brackets": "(" * 100_000,
    "quotes": '"' * 100_000,
    "stars": "*a" * 50_000,
    "semicolons": "; " * 50_000,
    "names": "Ab Cd, " * 14_000,
    "and": "Ab Cd and " * 10_000,
    "pages": "pp. " + "1, " * 33_000,
    "titles": "《王》，" * 25_000,
    "works": "A B, “T,” *J*, 2020, p. 1; " * 3_700,
    "marks": "张三. 题[J]. 刊, 2019, 1(1): 1. " * 4_000,
    "address": "https://example.org/" + ")" * 100_000,
    "han": "王" * 100_000,
    "digits": "1" * 100_000,
    "blank lines": "\n" * 100_000,
    "apostrophes": "‘" + "a’s" * 33_000,
}


@pytest.mark.parametrize("note", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_of_100_kb_are_read_in_linear_time(note: str) -> None:
    started = time.process_time()
    parse_works(note)
    find_urls(note)
    assert time.process_time() - started < 0.5
