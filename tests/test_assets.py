from pathlib import Path

import pytest

from service.assets import load_assets, program_digest


def test_version_changes_with_any_byte_and_any_name(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_bytes(b"1")
    first = load_assets(tmp_path)
    (tmp_path / "a.css").write_bytes(b"2")
    second = load_assets(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    third = load_assets(tmp_path)
    assert len({first.version, second.version, third.version}) == 3
    assert first.read("a.css") == b"1"


def test_only_known_names_are_read(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.css").write_bytes(b"1")
    assets = load_assets(tmp_path)
    assert assets.read("inner/a.css") == b"1"
    with pytest.raises(KeyError):
        assets.read("../inner/a.css")


def test_style_sheets_are_served_without_their_comments(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("/* of * a\n */\na { color: red } /**/\nb { top: 0 }\n")
    (tmp_path / "a.js").write_text("/* kept */\n")
    assets = load_assets(tmp_path)
    assert assets.read("a.css") == b"a { color: red } b { top: 0 }\n"
    assert assets.read("a.js") == b"/* kept */\n"


def test_imports_are_those_of_the_imports_too_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js";\nimport { d } from "./d.js";\n')
    (tmp_path / "b.js").write_text('import { c, d } from "./c.js";\nimport { d } from "./d.js";\n')
    (tmp_path / "c.js").write_text('import { a } from "./a.js";\n')
    (tmp_path / "d.js").write_text("const said = \"import './e.js'\";\n")
    assert load_assets(tmp_path).imports("a.js") == ["b.js", "d.js", "c.js"]


def test_program_changes_with_any_line_of_code_or_markup_and_nothing_else(tmp_path: Path) -> None:
    package = tmp_path / "service"
    package.mkdir()
    seen = set()
    for name, text in (("a.py", "1"), ("a.py", "2"), ("b.html", "1"), ("note.txt", "1")):
        (package / name).write_text(text)
        seen.add(program_digest([package]))
    assert len(seen) == 3
