"""Notes in each style that is read, with the works they cite as `summary` in test_works.py writes them."""

from __future__ import annotations

from tests.legal_styles import LEGAL, PLAIN

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
    ("孫文致黃興函，1911 年。", "personal_communication |  | 孫文致黃興函 |  |  | 1911 | "),
    (
        "赫德致金登干（1872年8月1日）。",
        "personal_communication |  | 赫德致金登干 |  |  | 1872-8-1 | ",
    ),
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
    (
        "17 U.S.C. § 107 (2018).",
        "legislation |  | 17 U.S.C. § 107 | U.S.C. | 17() | 2018 | ",
    ),
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
    "legal": LEGAL,
    "plain": PLAIN,
    "chinese": CHINESE,
    "gbt7714": GBT7714,
    "author_date": AUTHOR_DATE,
}
