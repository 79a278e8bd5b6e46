"""What the spreadsheet program lets into each column of the template; the import checks it all again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.model import Text
from geo.trial.cells import LARGEST_COUNT, LARGEST_MINUTES
from geo.trial.columns import TEMPLATE, ColumnKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.errors import Language
    from geo.model import TrialFacts

UNITS: Final = (Text("phút", "minutes"), Text("giờ", "hours"))

_LETTERS: Final = {column.key: get_column_letter(at) for at, column in enumerate(TEMPLATE, 1)}
_COUNT: Final = Text("Số lượng", "Count")
_WHOLE: Final = Text(
    "Số nguyên từ 0, không lớn hơn số mà nó là một phần; để trống nếu chưa có.",
    "A whole number from 0, at most what it is a part of; empty where there is none.",
)
_TIME: Final = Text("Một số từ 0; chọn đơn vị ở cột bên cạnh.", "A number from 0; choose its unit in the next column.")


def template_checks(facts: TrialFacts, wards: int, lists: str, lang: Language) -> list[DataValidation]:
    """Return the checks of a template.

    Parameters
    ----------
    wards
        How many wards have rows.
    lists
        Title of the sheet that holds wards (column A), days (C) and content groups (D), each under a heading.
    """
    last = wards * len(facts.days) * len(facts.contents) + 1
    checks = []
    for key, title, text, rule in (*_choices(facts, wards, lists, lang), *_numbers()):
        check = DataValidation(
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=title.message(lang),
            error=text.message(lang),
            **rule,  # type: ignore[arg-type]
        )
        check.add(f"{_LETTERS[key]}2:{_LETTERS[key]}{last}")
        checks.append(check)
    return checks


_Check = tuple[ColumnKey, Text, Text, dict[str, str]]


def _choices(facts: TrialFacts, wards: int, lists: str, lang: Language) -> Iterator[_Check]:
    """Yield the columns whose cells are chosen from a list."""

    def under(letter: str, count: int) -> dict[str, str]:
        return {"type": "list", "formula1": f"'{lists}'!${letter}$2:${letter}${count + 1}"}

    first, last = f"{facts.days[0]:%d/%m/%Y}", f"{facts.days[-1]:%d/%m/%Y}"
    name = Text("Chọn một tên trong danh mục.", "Choose a name from the list.")
    day = Text(f"Một ngày từ {first} đến {last}.", f"A day from {first} to {last}.")
    group = Text("Chọn một nhóm trong danh mục.", "Choose a group from the list.")
    units = {"type": "list", "formula1": f'"{",".join(unit.message(lang) for unit in UNITS)}"'}
    yield ColumnKey.WARD, Text("Phường, xã", "Ward"), name, under("A", wards)
    yield ColumnKey.DAY, Text("Ngày", "Day"), day, under("C", len(facts.days))
    yield ColumnKey.CONTENT, Text("Nội dung", "Content"), group, under("D", len(facts.contents))
    yield ColumnKey.MEDIAN_UNIT, Text("Đơn vị", "Unit"), Text("phút hoặc giờ", "minutes or hours"), units


def _numbers() -> Iterator[_Check]:
    """Yield the columns of figures; a part is held to its whole."""

    def between(kind: str, most: str | int) -> dict[str, str]:
        return {"type": kind, "operator": "between", "formula1": "0", "formula2": str(most)}

    yield ColumnKey.SCENARIOS, _COUNT, _WHOLE, between("whole", LARGEST_COUNT)
    yield ColumnKey.RECEIVED, _COUNT, _WHOLE, between("whole", LARGEST_COUNT)
    yield ColumnKey.RESOLVED, _COUNT, _WHOLE, between("whole", f"{_LETTERS[ColumnKey.RECEIVED]}2")
    yield ColumnKey.ON_TIME, _COUNT, _WHOLE, between("whole", f"{_LETTERS[ColumnKey.RESOLVED]}2")
    yield ColumnKey.MEDIAN, Text("Thời gian", "Time"), _TIME, between("decimal", LARGEST_MINUTES)
    percent = Text("Từ 0 đến 100.", "0 to 100.")
    yield ColumnKey.SATISFACTION, Text("Hài lòng", "Satisfaction"), percent, between("decimal", 100)
