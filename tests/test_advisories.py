"""The look-up of pins in a copy of the advisory database, over advisories written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.advisories import main, report

LISTED = """id: PYSEC-1
aliases: [CVE-1]
affected:
- package: {name: Some_Package, ecosystem: PyPI}
  ranges:
  - {type: GIT, events: [{introduced: '0'}]}
  versions: ['0.9', 1.0.0]
"""
RANGES = """id: PYSEC-2
affected:
- package: {name: some-package, ecosystem: PyPI}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: '0'}, {introduced: 3.0.0}, {fixed: 2.3.8}, {fixed: 3.0.1}]
  - type: ECOSYSTEM
    events: [{introduced: '5.1'}, {last_affected: '5.9'}]
  - type: ECOSYSTEM
    events: [{introduced: 7.0rc1}]
"""
WITHDRAWN = """id: PYSEC-3
withdrawn: '2024-01-01T00:00:00Z'
affected:
- package: {name: some-package, ecosystem: PyPI}
  ranges:
  - {type: ECOSYSTEM, events: [{introduced: '0'}]}
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "vulns" / "some-package"
    folder.mkdir(parents=True)
    for number, advisory in enumerate((LISTED, RANGES, WITHDRAWN)):
        (folder / f"PYSEC-{number}.yaml").write_text(advisory, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("version", "covering"),
    [
        ("0.9", ["PYSEC-1 CVE-1", "PYSEC-2"]),
        ("2.3.7", ["PYSEC-2"]),
        ("2.3.8", []),
        ("2.10", []),
        ("3.0.0", ["PYSEC-2"]),
        ("3.0.1", []),
        ("5.9", ["PYSEC-2"]),
        ("5.10", []),
        ("7.0", ["PYSEC-2"]),
    ],
)
def test_advisory_covers_the_versions_that_it_lists_and_its_ranges(
    version: str, covering: list[str], database: Path
) -> None:
    lines, count = report(database, [("Some.Package", version), ("other", "1.0")])
    summary = f"2 pins, 2 advisories on 1 of them, {len(covering)} cover a pin"
    assert lines == [*(f"Some.Package {version}: {found}" for found in covering), summary]
    assert count == len(covering)


def test_folder_without_advisories_is_not_taken_for_a_clean_bill(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no copy of the advisory database"):
        main(str(tmp_path))
