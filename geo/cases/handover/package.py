"""The package of one receiving ward: its rows, its cover, its manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.cases.handover.cover import COVER_HTML_NAME, COVER_XLSX_NAME, CoverSheet, cover_sheet, write_cover
from geo.cases.handover.rows import CSV_NAME, XLSX_NAME, write_rows
from geo.cases.handover.words import MANIFEST_NAME, PACKAGES_FOLDER
from geo.text import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from geo.cases.handover.ledger import Entry
    from geo.cases.handover.spool import Answered
    from geo.errors import Language
    from geo.tables import TableReader

    CoverPage = Callable[[CoverSheet, Language], str]

FORMAT_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Origin:
    """What every manifest of a handover says: whence and by which data."""

    name: str
    sha256: str
    generation: str
    data_version: str
    written: datetime

    def facts(self) -> dict[str, Any]:
        """Return it for a manifest."""
        return {
            "format": "hanoi-wards-handover",
            "format_version": FORMAT_VERSION,
            "written_at": self.written.isoformat(timespec="seconds"),
            "generation": self.generation,
            "data_version": self.data_version,
            "input": {"name": self.name, "sha256": self.sha256},
        }


def package_folder(ward_code: str, ward_name: str) -> str:
    """Return where a ward's package is, below the handover: ``"phuong-xa/00070-phuong-hoan-kiem"``."""
    return f"{PACKAGES_FOLDER}/{ward_code}-{slug(ward_name)}"


def write_package(
    folder: Path,
    entries: Sequence[Entry],
    blocks: Iterable[list[Answered]],
    *,
    ward_name: str,
    like: TableReader,
    origin: Origin,
    lang: Language,
    cover_page: CoverPage,
) -> None:
    """Write everything that one ward receives."""
    folder.mkdir(parents=True)
    write_rows(folder, blocks, like=like)
    cover = cover_sheet(
        entries,
        ward_name=ward_name,
        files=[(name, sha256(folder / name)) for name in (XLSX_NAME, CSV_NAME)],
        source=origin.name,
        generation=origin.generation,
        data_version=origin.data_version,
    )
    write_cover(folder / COVER_XLSX_NAME, cover, lang)
    (folder / COVER_HTML_NAME).write_text(cover_page(cover, lang), encoding="utf-8")
    facts = {"ward": {"code": cover.ward_code, "name": ward_name}, "rows": cover.rows}
    write_manifest(folder, origin, facts, names=(XLSX_NAME, CSV_NAME, COVER_XLSX_NAME, COVER_HTML_NAME))


def write_manifest(folder: Path, origin: Origin, facts: Mapping[str, Any], *, names: Iterable[str]) -> None:
    """Write ``manifest.json`` with the sha256 of each file of a folder."""
    said = origin.facts() | dict(facts) | {"files": {name: sha256(folder / name) for name in sorted(names)}}
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
