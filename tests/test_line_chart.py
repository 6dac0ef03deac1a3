from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.line_chart import line_chart

SVG = "{http://www.w3.org/2000/svg}"


def test_points_stand_in_order_and_names_beside_their_lines() -> None:
    drawn = ElementTree.fromstring(
        line_chart(
            "a < b", {"exact": [(10, 1), (100, 5), (1000, 100)], "flat": [(10, 2), (1000, 2)]}
        )
    )
    lines = [line.attrib["points"] for line in drawn.iter(f"{SVG}polyline")]
    exact, flat = ([tuple(map(float, p.split(","))) for p in line.split()] for line in lines)
    assert exact[0] < exact[1] < exact[2]
    assert exact[0][1] > exact[1][1] > exact[2][1]
    assert flat[0][1] == flat[1][1]
    texts = [text.text for text in drawn.iter(f"{SVG}text")]
    assert {"a < b", "exact", "flat", "10", "100", "1,000"} <= set(texts)
