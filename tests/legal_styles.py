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
