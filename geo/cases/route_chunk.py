"""The one function behind every batch: some rows in, their answers out, in order."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from geo.cases.case_rules import RULES, recognise_kind
from geo.cases.decision_cells import decision_cells, grounds, one_line
from geo.cases.points import degrees_reader, reading_remarks
from geo.errors import InvalidCoordinate
from geo.model import RouteQuery, Subject
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.errors import Language
    from geo.model import RouteDecision

QueryCells = tuple[str, str, str, str, str, str, str]
"""What a row says, as written: address, old ward, district, longitude, latitude, kind, and what is wrong with its
shape. Plain texts, because they travel between processes."""

Answer = tuple[str, ...]
"""The nine cells of `ADDED_COLUMNS`, and what the decision rests on (`grounds`)."""

UNREADABLE_COORDINATES = "coordinates-unreadable"
"""Added to the grounds of a row whose coordinates could not be used."""

_PACKING_LEVEL = 3
_MAX_KIND_CHARACTERS = 200
_SUBJECT_WORDS: Final[Mapping[Subject, tuple[str, ...]]] = {
    Subject.RESIDENT: (
        "resident", "person", "người", "người dân", "dân cư", "công dân", "cư dân", "cư trú", "hộ khẩu", "nhân khẩu",
        "hộ gia đình", "thường trú", "tạm trú", "đăng ký cư trú",
    ),
    Subject.PARCEL: ("parcel", "plot", "site", "thửa", "thửa đất", "đất", "công trình", "nhà đất", "địa điểm"),
}  # fmt: skip


class Routes(Protocol):
    """What a batch wants of a router."""

    @property
    def generation(self) -> str:
        """Of the wards answered."""

    @property
    def data_version(self) -> str:
        """Of the data behind the answers."""

    def route(self, query: RouteQuery) -> RouteDecision:
        """Answer one case."""


class RowError(Exception):
    """A row on which the program failed; it can cross from one process to another.

    It tells where, and nothing of what the row holds: the text of an error often quotes the cell that caused it.

    Parameters
    ----------
    position
        Of the row within its chunk, from 0.
    what
        The type of the error and the line of the program.
    """

    def __init__(self, position: int, what: str) -> None:
        super().__init__(position, what)
        self.position = position
        self.what = what


def route_chunk(
    router: Routes,
    queries: Sequence[QueryCells],
    lang: Language,
    *,
    subject: Subject = Subject.RESIDENT,
    headings: tuple[str, str] = ("lon", "lat"),
) -> list[Answer]:
    """Answer some rows.

    Parameters
    ----------
    subject
        What is asked about where a row does not say it itself.
    headings
        Of the columns of longitude and latitude, for messages.

    Raises
    ------
    RowError
        The program failed on a row. Nothing that a row holds should do that.
    """
    answers: list[Answer] = []
    for position, cells in enumerate(queries):
        try:
            answers.append(_answer(router, cells, lang, subject, headings))
        except Exception as error:  # noqa: BLE001  (raised again, with the row and without what it holds)
            raise RowError(position, _where(error)) from None
    return answers


def pack(answers: Sequence[Answer]) -> bytes:
    """Return answers as they travel and are kept: small, and plain text inside."""
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _PACKING_LEVEL)


def unpack(packed: bytes) -> list[Answer]:
    """Return what `pack` was given."""
    found = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return [tuple(cells) for cells in found]


def _answer(
    router: Routes, row: QueryCells, lang: Language, subject: Subject, headings: tuple[str, str]
) -> tuple[str, ...]:
    address, old_ward, district, east, north, kind, problem = row
    lon, lat, remarks, unreadable = _position(east.strip(), north.strip(), headings, lang)
    asked, remark = _subject(kind, subject, lang)
    decision = router.route(
        RouteQuery(
            address=address.strip(),
            old_ward=old_ward.strip(),
            district=district.strip(),
            lon=lon,
            lat=lat,
            subject=asked,
        )
    )
    cells = list(decision_cells(decision, lang))
    cells[5] = one_line(cells[5], remarks, remark, problem)
    return (*cells, grounds(decision) + (f"+{UNREADABLE_COORDINATES}" if unreadable else ""))


def _position(
    east: str, north: str, headings: tuple[str, str], lang: Language
) -> tuple[float | None, float | None, str, bool]:
    """Return longitude, latitude, what is to be said of them, and whether they are there but of no use."""
    if not (east or north):
        return None, None, "", False
    try:
        point = degrees_reader(0, 1, headings)((east, north))
    except InvalidCoordinate as error:
        said = error.message(lang)
        remark = (
            f"Không dùng được toạ độ của dòng này: {said}"
            if lang == "vi"
            else f"The coordinates of this row are not used: {said}"
        )
        return None, None, remark, True
    return point.lon, point.lat, " ".join(reading_remarks(point, lang)), False


def _subject(kind: str, default: Subject, lang: Language) -> tuple[Subject, str]:
    """Return what a row asks about, and a remark where its words do not say it."""
    words = kind[:_MAX_KIND_CHARACTERS].strip()
    if not words:
        return default, ""
    found = _recognised(words)
    if found is not None:
        return found, ""
    shown = words if len(words) <= 40 else words[:39] + "…"  # noqa: PLR2004
    if lang == "vi":
        taken = "nơi cư trú" if default is Subject.RESIDENT else "thửa đất"
        return default, f"“{shown}” không nói rõ là người hay thửa đất: trả lời theo {taken}."
    taken = "a residence" if default is Subject.RESIDENT else "a parcel"
    return default, f"“{shown}” does not tell a person from a parcel: answered as for {taken}."


@lru_cache(maxsize=10_000)
def _recognised(words: str) -> Subject | None:
    """Return the subject that words name, as such or as the field of a file; None where they name none."""
    for subject, names in _SUBJECT_WORDS.items():
        if fold(words) in {fold(name) for name in names}:
            return subject
    rule = RULES.get(recognise_kind(words).kind)
    return rule.subject if rule else None


def _where(error: Exception) -> str:
    """Return the type of an error and the line of the program, without its text."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return type(error).__name__
    file = Path(step.tb_frame.f_code.co_filename)
    return f"{type(error).__name__}, {file.parent.name}/{file.name}:{step.tb_lineno}"
