from pathlib import Path

import pytest

from service.assets import load_assets


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


def test_imports_are_those_of_the_imports_too_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js";\nimport { d } from "./d.js";\n')
    (tmp_path / "b.js").write_text('import { c, d } from "./c.js";\nimport { d } from "./d.js";\n')
    (tmp_path / "c.js").write_text('import { a } from "./a.js";\n')
    (tmp_path / "d.js").write_text("const said = \"import './e.js'\";\n")
    assert load_assets(tmp_path).imports("a.js") == ["b.js", "d.js", "c.js"]
