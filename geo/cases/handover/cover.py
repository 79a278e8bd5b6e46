"""The cover sheet of a package (biên bản bàn giao): what both sides count and sign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from geo.cases.case_rules import KIND_NAMES, STATE_NAMES
from geo.cases.handover.words import NO_DISTRICT, TOTAL, issue_name
from geo.model import CaseKind, CaseState, Text
from geo.tables.workbook import HEADING_FILL, safe_text
from geo.tables.xlsx_archive import save_book
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.cases.handover.ledger import Entry
    from geo.errors import Language

COVER_XLSX_NAME: Final = "bien-ban.xlsx"
COVER_HTML_NAME: Final = "bien-ban.html"

_COLUMNS: Final = 6
_THIN: Final = Side(style="thin")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LINE_CHARACTERS: Final = 86
_LINE_POINTS: Final = 16
_DOTS: Final = "…" * 12


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What stands on the cover of one package.

    Parameters
    ----------
    givers
        Old districts and how many files each gives, most first; ``""`` where the file names none.
    table
        One line a kind: its name, then files by state in the order of `states`, then their sum. Last the totals.
    notes
        What to look at, with how many files it concerns.
    files
        Names and sha256 of the files of the package that hold rows.
    source
        Name of the input file; its rows are numbered in doi-soat.xlsx.
    """

    ward_code: str
    ward_name: str
    rows: int
    givers: tuple[tuple[str, int], ...]
    states: tuple[Text, ...]
    table: tuple[tuple[Text, tuple[int, ...]], ...]
    notes: tuple[tuple[Text, int], ...]
    files: tuple[tuple[str, str], ...]
    source: str
    generation: str
    data_version: str


def cover_sheet(
    entries: Sequence[Entry],
    *,
    ward_name: str,
    files: Sequence[tuple[str, str]],
    source: str,
    generation: str,
    data_version: str,
) -> CoverSheet:
    """Count the files of one package."""
    counts = Counter((entry.kind, entry.state) for entry in entries)
    states = [state for state in (*CaseState, None) if any(counts[kind, state] for kind in CaseKind)]
    table = [
        (KIND_NAMES[kind], _with_sum([counts[kind, state] for state in states]))
        for kind in CaseKind
        if any(counts[kind, state] for state in states)
    ]
    totals = _with_sum([sum(counts[kind, state] for kind in CaseKind) for state in states])
    notes = Counter(code for entry in entries for code in {issue.code for issue in entry.issues})
    return CoverSheet(
        ward_code=entries[0].ward_code,
        ward_name=ward_name,
        rows=len(entries),
        givers=givers(entries),
        states=tuple(STATE_NAMES[state] for state in states),
        table=(*table, (TOTAL, totals)),
        notes=tuple((issue_name(code), count) for code, count in notes.most_common()),
        files=tuple(files),
        source=source,
        generation=generation,
        data_version=data_version,
    )


def givers(entries: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """Return the old districts that give files, most first; spellings of one name count together."""
    spelled: dict[str, Counter[str]] = {}
    for entry in entries:
        spelled.setdefault(fold(entry.old_district), Counter())[entry.old_district] += 1
    found = [(names.most_common(1)[0][0], names.total()) for names in spelled.values()]
    return tuple(sorted(found, key=lambda giver: (-giver[1], giver[0])))


def write_cover(path: Path, cover: CoverSheet, lang: Language) -> None:
    """Write the cover as one printable A4 sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Biên bản" if lang == "vi" else "Record"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCDEF", (32, 15, 15, 15, 15, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    out = _Page(sheet)
    for text, bold in heading_lines(lang):
        out.line(text, bold=bold, alignment=_CENTRE)
    out.skip()
    out.line(title(lang), bold=True, size=14, alignment=_CENTRE)
    for text in body_lines(cover, lang):
        out.line(text)
    out.skip()
    out.table(table_headings(cover, lang), table_lines(cover, lang))
    for text in closing_lines(cover, lang):
        out.line(text)
    out.skip()
    out.signatures(signers(lang))
    with path.open("wb") as file:
        save_book(book, file)


def title(lang: Language) -> str:
    """Return the title of the cover."""
    return "BIÊN BẢN BÀN GIAO HỒ SƠ" if lang == "vi" else "RECORD OF FILES HANDED OVER"


def heading_lines(lang: Language) -> list[tuple[str, bool]]:
    """Return the lines above the title, as state papers have them, and whether each is bold."""
    if lang == "vi":
        return [("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập – Tự do – Hạnh phúc", True)]
    return [("SOCIALIST REPUBLIC OF VIỆT NAM", True), ("Independence – Freedom – Happiness", True)]


def body_lines(cover: CoverSheet, lang: Language) -> list[str]:
    """Return who gives what to whom, and on what ground."""
    nobody = NO_DISTRICT.message(lang)
    if lang == "vi":
        given = "; ".join(f"{name or nobody}: {count} hồ sơ" for name, count in cover.givers)
        return [
            "Căn cứ Nghị quyết 1656/NQ-UBTVQH15 ngày 16/6/2025 và Kế hoạch 341-KH/TU ngày 12/6/2025.",
            f"Bên giao (cấp huyện cũ): {given}.",
            f"Đại diện: {_DOTS} Chức vụ: {_DOTS}",
            f"Bên nhận: UBND {_in_sentence(cover.ward_name)} (mã {cover.ward_code}).",
            f"Đại diện: {_DOTS} Chức vụ: {_DOTS}",
            f"Số hồ sơ bàn giao: {cover.rows} (bằng chữ: {_DOTS}).",
        ]
    given = "; ".join(f"{name or nobody}: {count}" for name, count in cover.givers)
    return [
        "Under Resolution 1656/NQ-UBTVQH15 of 16 June 2025 and plan 341-KH/TU of 12 June 2025.",
        f"Given by (old district: files): {given}.",
        f"Represented by: {_DOTS} Position: {_DOTS}",
        f"Received by: People's Committee of {cover.ward_name} (code {cover.ward_code}).",
        f"Represented by: {_DOTS} Position: {_DOTS}",
        f"Files handed over: {cover.rows}.",
    ]


def table_headings(cover: CoverSheet, lang: Language) -> list[str]:
    """Return the headings of the table of counts."""
    kind = "Lĩnh vực" if lang == "vi" else "Kind"
    words = [kind, *(state.message(lang) for state in cover.states), TOTAL.message(lang)]
    return [_capital(word) for word in words]


def table_lines(cover: CoverSheet, lang: Language) -> list[tuple[str | int, ...]]:
    """Return the lines of the table of counts, the totals last."""
    return [(_capital(name.message(lang)), *counts) for name, counts in cover.table]


def closing_lines(cover: CoverSheet, lang: Language) -> list[str]:
    """Return what to look at, what the list is, and that a machine proposed it."""
    notes = "; ".join(f"{note.message(lang)} ({count})" for note, count in cover.notes)
    files = [f"{name}: sha256 {value}" for name, value in cover.files]
    if lang == "vi":
        return [
            *([f"Cần xem lại (số hồ sơ): {notes}."] if notes else []),
            f"Danh sách từng hồ sơ kèm theo, trích từ tệp “{cover.source}”:",
            *files,
            f"Nơi nhận do phần mềm đề xuất theo dữ liệu {cover.generation}/{cover.data_version}, lý do ghi ở từng "
            "dòng; hai bên kiểm đếm, đối chiếu với hồ sơ giấy trước khi ký.",
        ]
    return [
        *([f"To be looked at (files): {notes}."] if notes else []),
        f"The files are listed in these tables, taken from “{cover.source}”:",
        *files,
        f"A program proposed the receiving ward by the data {cover.generation}/{cover.data_version}; each row says "
        "why. Both sides count and compare with the papers before they sign.",
    ]


def signers(lang: Language) -> tuple[tuple[str, str], tuple[str, str], str]:
    """Return the two who sign, each with what is written under, and the line of the day, which is theirs to fill."""
    if lang == "vi":
        under = "(ký, ghi rõ họ tên, đóng dấu)"
        return ("ĐẠI DIỆN BÊN GIAO", under), ("ĐẠI DIỆN BÊN NHẬN", under), "Hà Nội, ngày …… tháng …… năm ………"
    under = "(signature, full name, seal)"
    return ("FOR THE GIVING SIDE", under), ("FOR THE RECEIVING SIDE", under), "Hà Nội, date: ………………"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_sentence(full_name: str) -> str:
    return full_name[:1].lower() + full_name[1:]


def _with_sum(counts: Sequence[int]) -> tuple[int, ...]:
    return (*counts, sum(counts))


class _Page:
    """Lines under each other on a sheet of six columns."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._row = 0

    def skip(self) -> None:
        self._row += 1

    def line(self, text: str, *, bold: bool = False, size: int = 11, alignment: Alignment = _LEFT) -> None:
        """Write a text over the whole width, as high as it needs: merged cells do not grow by themselves."""
        self._row += 1
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=_COLUMNS)
        self._put(1, text, font=Font(bold=bold, size=size), alignment=alignment)
        lines = -(-len(text) * size // (11 * _LINE_CHARACTERS))
        self._sheet.row_dimensions[self._row].height = max(1, lines) * _LINE_POINTS * size / 11

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
        for row in (headings, *rows):
            self._row += 1
            bold = row is headings or row is rows[-1]
            for position, value in enumerate(row, 1):
                alignment = _LEFT if position == 1 and row is not headings else _CENTRE
                cell = self._put(position, value, font=Font(bold=bold), alignment=alignment)
                cell.border = _BOX
                if row is headings:
                    cell.fill = HEADING_FILL
            if row is headings:
                self._sheet.row_dimensions[self._row].height = 2 * _LINE_POINTS

    def signatures(self, signing: tuple[tuple[str, str], tuple[str, str], str]) -> None:
        left, right, day = signing
        halves = ((1, 2), (4, 6))
        for texts, bold in ((("", day), False), ((left[0], right[0]), True), ((left[1], right[1]), False)):
            self._row += 1
            for (start, end), text in zip(halves, texts, strict=True):
                self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=start, end_column=end)
                self._put(start, text, font=Font(bold=bold, italic=not bold), alignment=_CENTRE)
        # Room for the stamps.
        self._row += 6
        self._sheet.print_area = f"A1:F{self._row}"

    def _put(self, column: int, value: str | int, *, font: Font, alignment: Alignment) -> Any:
        cell = self._sheet.cell(self._row, column)
        cell.value = safe_text(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.font, cell.alignment = font, alignment
        return cell
