"""Law and plain notes, with the works they cite as `summary` in test_works.py writes them."""

from __future__ import annotations

LEGAL = [
    (
        "City of Amery v. Lind, 3 F.3d 12, 15 (2d Cir. 1994).",
        "legal_case |  | City of Amery v. Lind | F.3d | 3() | 1994 | 12, 15",
    ),
    (
        "See *City of Amery v. Lind*, 3 F.3d 12 (1994).",
        "legal_case |  | City of Amery v. Lind | F.3d | 3() | 1994 | 12",
    ),
    (
        "In re Amery Ferry Litig., 12 F. Supp. 2d 45 (S.D.N.Y. 1999).",
        "legal_case |  | In re Amery Ferry Litig. | F. Supp. 2d | 12() | 1999 | 45",
    ),
    ("Hale v Lind [1998] 2 AC 45, 50.", "legal_case |  | Hale v Lind | AC | 2() | 1998 | 45, 50"),
    (
        "Hale v. Lind, No. 12-cv-345 (S.D.N.Y. May 3, 2004).",
        "legal_case |  | Hale v. Lind |  |  | 2004-5-3 | ",
    ),
    ("15 U.S.C. § 78j(b).", "legislation |  | 15 U.S.C. § 78j(b) | U.S.C. | 15() |  | "),
    (
        "Harbour Safety Act § 3, 15 U.S.C. § 78j(b) (2012).",
        "legislation |  | Harbour Safety Act § 3 | U.S.C. | 15() | 2012 | ",
    ),
    ("U.S. Const. art. I, § 8, cl. 3.", "legislation |  | U.S. Const. |  |  |  | "),
    ("H.R. Rep. No. 94-1476, at 47 (1976).", "report |  | H.R. Rep. No. 94-1476 |  |  | 1976 | 47"),
    ("Pub. L. No. 116-92 (2019).", "legislation |  | Pub. L. No. 116-92 |  |  | 2019 | "),
    (
        "Report of Sir L. Hale on Ports (1921) Cmd. 1234.",
        "report |  | Report of Sir L. Hale on Ports |  |  | 1921 | ",
    ),
    ("A/C.3/L.24, 5 May 2001.", "report |  | A/C.3/L.24 |  |  | 2001-5-5 | "),
]
LEGAL += [
    ("海島建設條例第 1 條。", "legislation |  | 海島建設條例 |  |  |  | 第 1 條"),
    ("民法第184條第1項前段。", "legislation |  | 民法 |  |  |  | 第184條第1項前段"),
    ("Port Gazette, 3 May 1841, p. 2.", "article-newspaper |  |  | Port Gazette |  | 1841-5-3 | 2"),
    (
        "Port Ledger, 3 May 1904, PRO, FO 371/1234.",
        "manuscript |  | Port Ledger |  |  | 1904-5-3 | ",
    ),
]
PLAIN = [
    (
        "Hale, Bells (London: Port Press, 2001), 9.",
        "book | Hale | Bells | London: Port Press |  | 2001 | 9",
    ),
    (
        "Joan Hale, The Bells of the Coast, Port Press, London 2001.",
        "book | Hale | The Bells of the Coast | London: Port Press |  | 2001 | ",
    ),
    (
        "Joan Hale, The Bells of the Coast, 2nd ed. (London: Port Press, 2001), 9.",
        "book | Hale | The Bells of the Coast | London: Port Press |  | 2001 | 9",
    ),
    (
        "J Hale, 'Bells and Law' (2001) 12 OJLS 34, 40.",
        "article-journal | Hale | Bells and Law | OJLS | 12() | 2001 | 34, 40",
    ),
    (
        "JOHN DOE & JANE ROE, THE LAW OF BELLS § 3.2 (2001).",
        "book | DOE; ROE | THE LAW OF BELLS |  |  | 2001 | § 3.2",
    ),
    (
        "Mary Holt, Ferry Fares Rise Again, N.Y. TIMES, May 3, 2004, at A1.",
        "article-newspaper | Holt | Ferry Fares Rise Again | N.Y. TIMES |  | 2004-5-3 | A1",
    ),
    (
        'Joan Hale, "Bells," paper presented at the Coast Conference, London, May 3, 2001.',
        "paper-conference | Hale | Bells |  |  | 2001-5-3 | ",
    ),
    (
        "王守仁，離島交通權，海島研究季刊，12 卷 3 期，頁 45，2017 年 9 月。",
        "article-journal | 王守仁 | 離島交通權 | 海島研究季刊 | 12(3) | 2017-9 | 45",
    ),
    (
        "P. Lind, Harbour Tales. London: Port Press, 2001.",
        "book | Lind | Harbour Tales | London: Port Press |  | 2001 | ",
    ),
    (
        'M. Roe et al., "Ferries and funds," in Proc. Coast Conf., 2010, pp. 1-8.',
        "chapter | Roe; et al. | Ferries and funds | Proc. Coast Conf. |  | 2010 | 1-8",
    ),
    (
        "王守仁、李海青，海島法，三民書局，2019 年，頁 5。",
        "book | 王守仁; 李海青 | 海島法 | 三民書局 |  | 2019 | 5",
    ),
]
LEGAL += [
    ("88 Isl. 3d 9, 14 (Amery 1999).", "legal_case |  |  | Isl. 3d | 88() | 1999 | 9, 14"),
    ("Lighthouse Act 1904, s. 12.", "legislation |  | Lighthouse Act 1904 |  |  | 1904 | s. 12"),
    (
        "Voting and Constituencies Act 2011, c. 1, s. 11.",
        "legislation |  | Voting and Constituencies Act 2011 |  |  | 2011 | s. 11",
    ),
    ("Regulation (EU) 2017/352.", "legislation |  | Regulation (EU) 2017/352 |  |  |  | "),
    (
        "我国《海商法》第22条第1款第（一）至（五）项。",
        "legislation |  | 海商法 |  |  |  | 第22条第1款第（一）至（五）项",
    ),
    (
        "立法院公報，第 69 卷第 77 期，1980 年 9 月，頁 30。",
        "document |  | 立法院公報 |  | 69(77) | 1980-9 | 30",
    ),
]
PLAIN += [
    (
        "Paul Lind, Fixed Lines, 60 AMERY L. REV. 1, 3 n.4 (2016).",
        "article-journal | Lind | Fixed Lines | AMERY L. REV. | 60() | 2016 | 1, 3",
    ),
    (
        "Port Accounts 2019 (Amery: Port Board, 2020), 8.",
        "book |  | Port Accounts 2019 | Amery: Port Board |  | 2020 | 8",
    ),
    (
        "Northern Lights Trust, Annual Report 2015, 4.",
        "document | Northern Lights Trust | Annual Report 2015 |  |  |  | 4",
    ),
    ("Vik, Hemp and Habit, 88.", "document | Vik | Hemp and Habit |  |  |  | 88"),
    ("Vik, “Radar.”", "document | Vik | Radar |  |  |  | "),
    (
        "Hans Meyer, Die Hafenkonzession, 3. Aufl., 2001, S. 55 ff.",
        "document | Meyer | Die Hafenkonzession |  |  | 2001 | 55 ff.",
    ),
    (
        'M. Hale, "Grids," in *Proc. Island Power Conf.*, Amery, 2015, pp. 1–9.',
        "chapter | Hale | Grids | Proc. Island Power Conf. |  | 2015 | 1–9",
    ),
    (
        "参见王礁生《赫德与海务科》，《海岛史研究》1987年第3期。",
        "article-journal | 王礁生 | 赫德与海务科 | 海岛史研究 | (3) | 1987 | ",
    ),
    (
        "参见“通令第389号”（1888年2月1日），总署编译委员会编：《通令选编》第1卷，海关出版社2003年版，第290页。",
        "chapter | 总署编译委员会 (ed.) | 通令第389号 | 通令选编 | 1() | 2003 | 290",
    ),
    (
        "相關批評見 Sanford Rowe, Our Islands (New York: Tide Press, 2006), p. 49。",
        "book | Rowe | Our Islands | New York: Tide Press |  | 2006 | 49",
    ),
    (
        "何潮生（民83）。島嶼教育的理論與實際。臺北：海文，頁15。",
        "book | 何潮生 | 島嶼教育的理論與實際 | 臺北: 海文 |  | 1994 | 15",
    ),
    (
        "Town Minutes, 4 March 1823, SHA, box 2.",
        "manuscript |  | Town Minutes |  |  | 1823-3-4 | ",
    ),
    ("John Pell, diary, 9 May 1840.", "manuscript | Pell | diary |  |  | 1840-5-9 | "),
    (
        "Letter from D. Rowe to the Clerk (Mar. 3, 1987).",
        "personal_communication | Rowe | Letter from D. Rowe to the Clerk |  |  | 1987-3-3 | ",
    ),
    (
        "訪談資料，民國一○五年六月二日，受訪者要求匿名。",
        "interview |  | 訪談資料 |  |  | 2016-6-2 | ",
    ),
]
LEGAL += [
    ("61 Isl. Rep. 2 (1974).", "legal_case |  |  | Isl. Rep. | 61() | 1974 | 2"),
    ("2 Isl. Rep. 9.", "legal_case |  |  | Isl. Rep. | 2() |  | 9"),
    (
        "The Petrel, 2 Isl. Rep. 9 (1899).",
        "legal_case |  | The Petrel | Isl. Rep. | 2() | 1899 | 9",
    ),
    ("HARBOR CODE r. 12 (1887).", "legislation |  | HARBOR CODE |  |  | 1887 | r. 12"),
]
PLAIN += [
    (
        "《漁會法》，民國三十七年十二月二十八日公布，第三條。",
        "legislation |  | 漁會法 |  |  | 1948-12-28 | 第三條",
    ),
    ("《管子·海王》。", "document |  | 管子·海王 |  |  |  | "),
    ("《清盐法志》卷三十二，第4页。", "document |  | 清盐法志 |  | 三十二() |  | 4"),
    ("藏云澜县档案馆，全宗号3，案卷号15。", "manuscript |  |  |  |  |  | "),
]
LEGAL += [
    (
        "R v Tarn Justices, ex p Gill [1966] 1 QB 400, 405.",
        "legal_case |  | R v Tarn Justices, ex p Gill | QB | 1() | 1966 | 400, 405",
    ),
    ("cf Re Petrel Ltd [1911] 1 Ch 9.", "legal_case |  | Re Petrel Ltd | Ch | 1() | 1911 | 9"),
    (
        "The Halcyon [1979] EWCA Civ 41, [1980] 1 WLR 310.",
        "legal_case |  | The Halcyon | EWCA Civ |  | 1979 | 41",
    ),
    (
        "Martin v. Waddell’s Lessee, 41 U.S. (16 Pet.) 367, 410 (1842).",
        "legal_case |  | Martin v. Waddell’s Lessee | U.S. | 41() | 1842 | 367, 410",
    ),
    (
        "Contra N.J. Stat. Ann. § 12:3-1 (West 2014).",
        "legislation |  | N.J. Stat. Ann. § 12:3-1 |  |  | 2014 | ",
    ),
    ("6 Geo. IV, c. 65. The last was paid.", "legislation |  | 6 Geo. IV, c. 65 |  |  |  | "),
]
PLAIN += [
    (
        "Vik Town Council, Minutes of the meeting of 8 March 2018, item 5.",
        "document | Vik Town Council | Minutes of the meeting of 8 March 2018 |  |  |  | item 5",
    ),
    (
        "Ware to Smith, 3 June 1803, TNA, CUST 48/20, fo. 7.",
        "manuscript |  | Ware to Smith |  |  | 1803-6-3 | fo. 7",
    ),
    (
        "TNA, CUST 48/13. The copy lacks fos. 101–9, which were cut out.",
        "manuscript |  | TNA |  |  |  | ",
    ),
    ("As proposed in Holm, Spans, p. 140.", "document | Holm | Spans |  |  |  | 140"),
    (
        "Charter of 1663, reprinted in 2 Colonial Records 14 (A. Dow ed., 1901).",
        "document |  | Charter of 1663, reprinted in 2 Colonial Records 14 (A. Dow ed., 1901) |  |  | 1901 | ",
    ),
    (
        'I. Brandt, "Pricing Silence," *Transport Economics* 61 (2015), pp. 12–40.',
        "article-journal | Brandt | Pricing Silence | Transport Economics | 61() | 2015 | 12–40",
    ),
]
PLAIN += [
    (
        "Hale J, Roe D. Sick at work: a survey. J Coast Health. 2004;12(3):34-40.",
        "article-journal | Hale; Roe | Sick at work: a survey | J Coast Health | 12(3) | 2004 | 34-40",
    ),
    (
        "Hale J. The ferry and the stomach. 2nd ed. Amery: Port Press; 2003.",
        "book | Hale | The ferry and the stomach | Amery: Port Press |  | 2003 | ",
    ),
    (
        "Roe D. Vomiting as data. In: Moss G, Pell O, editors. Handbook of Ferry Medicine. London: Tide Press; 2010. p. 88-104.",
        "chapter | Roe | Vomiting as data | Handbook of Ferry Medicine |  | 2010 | 88-104",
    ),
    (
        "Crane S, et al. Doctors at sea [dissertation]. Amery: University of Amery; 2011.",
        "thesis | Crane; et al | Doctors at sea | Amery: University of Amery |  | 2011 | ",
    ),
    (
        "Port Health Authority. Annual report 2017. Amery: PHA; 2018.",
        "book | Port Health Authority | Annual report 2017 | Amery: PHA |  | 2018 | ",
    ),
    (
        "Log of the MV Petrel, 1988. Tarn Archive.",
        "document |  | Log of the MV Petrel |  |  | 1988 | ",
    ),
]
LEGAL += [
    ("Ferry Staff Act, No. 12 of 2018.", "legislation |  | Ferry Staff Act |  |  | 2018 | "),
]
PLAIN += [
    (
        "Smith, John. Harbours of the North. New York: Tide Press, 2010.",
        "book | Smith | Harbours of the North | New York: Tide Press |  | 2010 | ",
    ),
    (
        "Smith, John A., and Mary Roe. Harbours of the North. Tide Press, 2010.",
        "book | Smith; Roe | Harbours of the North | Tide Press |  | 2010 | ",
    ),
    (
        "Smith, J. and Roe, M. 2010. Harbours of the North. New York: Tide Press.",
        "book | Smith; Roe | Harbours of the North | New York: Tide Press |  | 2010 | ",
    ),
    (
        'Smith, J. 2010. "Harbours." Journal of Ports 12(3): 34-50.',
        "article-journal | Smith | Harbours | Journal of Ports | 12(3) | 2010 | 34-50",
    ),
    (
        "Jane Doe, ed., Harbours: Essays (London: Tide Press, 2010).",
        "book | Doe (ed.) | Harbours: Essays | London: Tide Press |  | 2010 | ",
    ),
    (
        "Jane Doe, “Introduction,” in Harbours: Essays, ed. John Roe and Mary Lee (London: Tide Press, 2010), 1–12.",
        "chapter | Doe | Introduction | Harbours: Essays |  | 2010 | 1–12",
    ),
    (
        "Jane Doe, Harbours, trans. John Roe (Paris: Seuil, 1990), 3.",
        "book | Doe | Harbours | Paris: Seuil |  | 1990 | 3",
    ),
    ("Doe and Roe, Harbours, 3–5.", "document | Doe; Roe | Harbours |  |  |  | 3–5"),
    (
        "“Harbours,” Wikipedia, last modified May 3, 2021, https://example.org/wiki.",
        "webpage |  | Harbours | Wikipedia |  | 2021-5-3 | ",
    ),
    (
        "Hansard, HC Deb, 3 May 1921, vol. 141, cc. 860–72.",
        "document | Hansard | HC Deb |  |  | 1921-5-3 | vol. 141",
    ),
]
LEGAL += [
    (
        "Exec. Order No. 13,769, 82 Fed. Reg. 8977 (Feb. 1, 2017).",
        "legislation |  | Exec. Order No. 13,769 | Fed. Reg. | 82() | 2017-2-1 | 8977",
    ),
]
LEGAL += [
    (
        "Lighthouse Repair Act of 1906, Pub. L. No. 59-101, § 2, 34 Stat. 300, 301.",
        "legislation |  | Lighthouse Repair Act of 1906 | Stat. | 34() |  | 300, 301",
    ),
    (
        "But cf. Act of June 3, 1939, ch. 140, 53 Stat. 800 (repealing it).",
        "legislation |  | Act of June 3, 1939 | Stat. | 53() |  | 800",
    ),
    (
        "United States v. Buoy No. 7, 201 U.S. 14, 22 (1907) (Amory, J., concurring).",
        "legal_case |  | United States v. Buoy No. 7 | U.S. | 201() | 1907 | 14, 22",
    ),
    ("1 CENTURY DICTIONARY 670 (1889).", "book |  | CENTURY DICTIONARY |  | 1() | 1889 | 670"),
    ("H.R. REP. NO. 59-77 (1906).", "report |  | H.R. REP. NO. 59-77 |  |  | 1906 | "),
    ("A/CST/12/4, paras. 8–9.", "report |  | A/CST/12/4 |  |  |  | "),
    (
        "Hale v. Tarn (communication No. 12/2009), views adopted on 4 May 2012.",
        "legal_case |  | Hale v. Tarn |  |  |  | ",
    ),
]
PLAIN += [
    ("Convention on Coastal Access, 1994, art. 7 (2).", "treaty |  | Convention on Coastal Access |  |  | 1994 | art. 7 (2)"),
    ("Tanner, _Wax and Wages_.", "document | Tanner | Wax and Wages |  |  |  | "),
    ("Tan Mei, interview by the author, Bergen, March 12, 2021.", "interview |  | Tan Mei, interview by the author, Bergen |  |  | 2021-3-12 | "),
    ("“To the Public,” handbill, Record Office, D/12/4.", "manuscript |  | “To the Public,” handbill, Record Office |  |  |  | "),
    (
        'Tom Ash, "Keys", *Archive Quarterly*, 12.3 (2009), 88--97 (p. 90).',
        "article-journal | Ash | Keys | Archive Quarterly | 12(3) | 2009 | 88--97",
    ),
]  # fmt: skip
LEGAL += [
    ("[2009] EWCA Crim 1212, [2010] 1 WLR 44.", "legal_case |  |  | EWCA Crim |  | 2009 | 1212"),
    (
        "Wrecks: A Consultation Paper (2015) Law Commission Consultation Paper No 221.",
        "report |  | Wrecks: A Consultation Paper |  |  | 2015 | ",
    ),
]
PLAIN += [
    ("Robert Ames, consultation response, p 3.", "document | Ames | consultation response |  |  |  | 3"),
    ("CA, HB 1/14, speech of 10 Nov. 1859. Firth’s figure was wrong.", "manuscript |  | CA |  |  | 1859-11-10 | "),
    ("Robert Ames, Wrecks and Finders (3rd ed 2011) para 7-014.", "document | Ames | Wrecks and Finders |  |  | 2011 | para 7-014"),
    ("H Osei, “Finders” [2012] Conveyancer 101, 105.", "article-journal | Osei | Finders | Conveyancer |  | 2012 | 101, 105"),
    ("See the discussion in M. Ortega, ‘Who paid?’, Urban Coasts, 8 (1994), pp. 201–20.", "article-journal | Ortega | Who paid? | Urban Coasts | 8() | 1994 | 201–20"),
    (
        "Mackie to his sister, 3 August 1803, in The Letters of Mackie, ed. Joan Frye, vol. 2 (Edinburgh: Blackwood, 1911), 45.",
        "document |  | Mackie to his sister |  |  | 1803-8-3 | 45",
    ),
]  # fmt: skip
LEGAL += [
    ("Fed. R. Civ. P. 12(b)(6).", "legislation |  | Fed. R. Civ. P. |  |  |  | "),
    (
        "Restatement (Third) of Torts: Phys. & Emot. Harm § 7(a) (Am. L. Inst. 2010).",
        "book |  | Restatement (Third) of Torts: Phys. & Emot. Harm |  |  | 2010 | ",
    ),
]
PLAIN += [
    ("FRUS, 1958–1960, vol. 19, doc. 44.", "document |  | FRUS |  |  | 1958 | vol. 19"),
    ("Zack Cooper, testimony before the Commission, 20 April 2022.", "document | Cooper | testimony before the Commission |  |  | 2022-4-20 | "),
    ("Council Decision 2011/173 of 21 March 2011, OJ L 76, 22.3.2011, p. 68.", "document | Council Decision 2011/173 of 21 March 2011 | OJ L 76 |  |  | 2011-3-22 | 68"),
]  # fmt: skip
PLAIN += [
    ("D. Pell, “Pigeons,” unpublished.", "document | Pell | Pigeons |  |  |  | "),
    ("Log of the Harbor Master, Amery, 2014–2016.", "document |  | Log of the Harbor Master, Amery |  |  | 2014 | "),
    ("The exception is Dora Finch, The Forgotten Strait (Leeds: Aire, 1994).", "book | Finch | The Forgotten Strait | Leeds: Aire |  | 1994 | "),
    ("Agreement on the Marrow Strait, signed at Tarn on 3 May 1958.", "treaty |  | Agreement on the Marrow Strait |  |  | 1958-5-3 | "),
    ("R Core Team, *R: A Language*, version 4.2 (Vienna, 2022).", "book | R Core Team | R: A Language | Vienna |  | 2022 | "),
]  # fmt: skip
PLAIN += [
    ("T. Sheppard, The Lost Towns of the Coast (Hull: Brown, 1912), passim.", "book | Sheppard | The Lost Towns of the Coast | Hull: Brown |  | 1912 | passim"),
    ("See also her ‘Names as Instruments’, Onomastica, 14.2 (2003), pp. 101–19.", "article-journal |  | Names as Instruments | Onomastica | 14(2) | 2003 | 101–19"),
]  # fmt: skip
LEGAL += [
    (
        "E.g., CALDER PORTS CODE § 12(b) (West 2015).",
        "legislation |  | CALDER PORTS CODE § 12(b) |  |  | 2015 | ",
    ),
    (
        'Fisheries Act 1952, s. 4(2): "No person shall fish."',
        "legislation |  | Fisheries Act 1952 |  |  | 1952 | s. 4(2)",
    ),
]
PLAIN += [
    ("Northern Gauge Register, 2020 edition.", "document |  | Northern Gauge Register |  |  |  | "),
    ("Skerry Harbour Office, Gauge Log 1990–2013.", "document | Skerry Harbour Office | Gauge Log 1990–2013 |  |  | 1990 | "),
    ("Brief for Respondent at 12–13, Dredgers, 301 Cal. Isl. 3d 412 (No. 16-77).", "document |  | Brief for Respondent at 12–13, Dredgers |  |  |  | "),
    ("Minutes, Harbor Comm’n (Mar. 3, 2016) (on file with the Review).", "document |  | Minutes, Harbor Comm’n (Mar. 3, 2016) |  |  | 2016 | "),
    ("4 EUGENE MCQUILLIN, THE LAW OF CORPORATIONS § 13.27 (3d ed. 1979).", "book | MCQUILLIN | THE LAW OF CORPORATIONS |  | 4() | 1979 | § 13.27"),
    ("K. Osei & R. Lind (eds), Measuring Trust, 2nd edn (Cambridge: Fen, 2019), esp. ch. 4.", "book | Osei; Lind | Measuring Trust | Cambridge: Fen |  | 2019 | ch. 4"),
]  # fmt: skip
