"""One row of the spreadsheet: read, checked cell by cell, every problem named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.crs import parse_coordinate
from geo.errors import InvalidCoordinate
from geo.model import Outcome
from geo.premises import columns as col
from geo.premises.operator_register import OperatorRow
from geo.premises.roles import (
    CONFIDENCES,
    METHOD_NAMES,
    ROLE_WORDS,
    STATUS_NAMES,
    PremisesRole,
    RowStatus,
    listed,
    read_confidence,
    read_method,
    read_role,
    read_status,
)
from geo.text import detect_legacy, fold, from_legacy, spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import PositionMethod, Premises, Ward

LONGEST_CELL: Final = 1000
LARGEST_UNCERTAINTY_M: Final = 2000.0
LARGEST_NUMBER: Final = 2
"""One or two premises a ward: Thông báo 729/TB-UBND."""

_WARD_TYPE: Final = re.compile(r"^(phường|phuong|xã|xa|p\.|x\.)\s+", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one cell: a problem that stops the import, or a flag that does not.

    ``row`` is as a spreadsheet shows it, ``column`` the column's name; 0 and ``""`` where it is about the table.
    """

    row: int
    column: str
    vi: str
    en: str

    def message(self, lang: Language) -> str:
        """Return the text with its place, for a user of that language."""
        if lang == "vi":
            place = f"Dòng {self.row}, cột {self.column}: " if self.row else ""
            return place + self.vi
        place = f"Row {self.row}, column {self.column}: " if self.row else ""
        return place + self.en


@dataclass(frozen=True, slots=True)
class Position:
    """A position as a row states it."""

    lon: float
    lat: float
    method: PositionMethod
    uncertainty_m: float


@dataclass
class RowReader:
    """Reads rows and keeps what it finds wrong or worth a look.

    Parameters
    ----------
    index
        The wards.
    known
        The premises as they stand, by id.
    wards
        The wards by code.
    gone
        Ids that the register has taken out.
    """

    index: WardIndex
    known: Mapping[str, Premises]
    wards: Mapping[str, Ward]
    gone: AbstractSet[str] = frozenset()
    problems: list[Remark] = field(default_factory=list)
    flags: list[Remark] = field(default_factory=list)

    def read(self, number: int, cells: Mapping[str, str], *, on: date) -> OperatorRow | None:
        """Read a row that is not empty.

        Parameters
        ----------
        number
            As a spreadsheet shows it.
        cells
            Cleaned texts (`plain_text`) by column; columns that the table lacks are missing or empty.
        on
            Day of the import.

        Returns
        -------
        The row; None where any of its cells is wrong.
        """
        before = len(self.problems)
        ward = self.ward(number, cells)
        status = self._status(number, cells)
        premises_number = self._number(number, cells, status)
        known = self.known.get(f"{ward.code}-{premises_number}") if ward and premises_number else None
        if status is RowStatus.WITHDRAWN and ward and premises_number and known is None:
            self._problem(number, col.NUMBER, *_NO_SUCH_PREMISES)
        role, bodies = self._role(number, cells, status, known)
        address = self._needed(number, cells, col.ADDRESS, status)
        position = self._position(number, cells, ward)
        confidence = self._confidence(number, cells, status, known)
        source = self._needed(number, cells, col.SOURCE, None)
        valid_from = self._day(number, cells)
        self._check_texts(number, cells)
        if len(self.problems) > before or ward is None or premises_number is None or status is None:
            return None
        return OperatorRow(
            ward_code=ward.code,
            number=premises_number,
            role=role,
            bodies=bodies,
            status=status,
            address=address,
            lon=position.lon if position else None,
            lat=position.lat if position else None,
            method=position.method if position else None,
            uncertainty_m=position.uncertainty_m if position else None,
            confidence=confidence,
            source=source,
            valid_from=valid_from,
            note=cells.get(col.NOTE, ""),
            imported_on=on,
        )

    def ward(self, number: int, cells: Mapping[str, str], *, quiet: bool = False) -> Ward | None:
        """Return the ward of a row: by its code, which a name beside it has to confirm, else by its name."""
        code, name = cells.get(col.WARD_CODE, ""), cells.get(col.WARD_NAME, "")
        digits = code.removesuffix(".0")
        # Spreadsheets drop the zeros in front: 70 is 00070, and no other code.
        ward = self.wards.get(digits.zfill(5)) if digits.isascii() and digits.isdecimal() else None
        if quiet:
            return ward
        if code and ward is None:
            self._problem(
                number,
                col.WARD_CODE,
                f"không có phường, xã mới nào mang mã “{code}”.",
                f"no ward has the code “{code}”.",
            )
        elif ward and name and not _same_name(ward, name):
            self._problem(
                number,
                col.WARD_NAME,
                f"mã {ward.code} là {ward.full_name}, không phải “{name}”.",
                f"the code {ward.code} is {ward.full_name}, not “{name}”.",
            )
        elif not code:
            named = [one for one in self.wards.values() if name and _same_name(one, name)]
            if len(named) == 1:
                return named[0]
            self._problem(number, col.WARD_CODE, "chưa ghi mã phường, xã.", "the ward's code is missing.")
        return ward

    def _status(self, number: int, cells: Mapping[str, str]) -> RowStatus | None:
        text = cells.get(col.STATUS, "")
        if not text:
            return RowStatus.LISTED
        status = read_status(text)
        if status is None:
            self._unknown(number, col.STATUS, text, STATUS_NAMES.values())
        return status

    def _number(self, number: int, cells: Mapping[str, str], status: RowStatus | None) -> int | None:
        text = cells.get(col.NUMBER, "").removesuffix(".0")
        value = int(text) if text.isascii() and text.isdecimal() else 0
        # A third premises cannot come in, but one that is known already may be taken out.
        if value and (value <= LARGEST_NUMBER or status is RowStatus.WITHDRAWN):
            return value
        self._problem(
            number,
            col.NUMBER,
            f"mỗi phường, xã có một hoặc hai trụ sở: ghi 1 hoặc 2, không phải “{text}”.",
            f"a ward has one or two premises: 1 or 2, not “{text}”.",
        )
        return None

    def _role(
        self, number: int, cells: Mapping[str, str], status: RowStatus | None, known: Premises | None
    ) -> tuple[str, tuple[str, ...]]:
        text = cells.get(col.ROLE, "")
        if known and (text == known.role or (status is RowStatus.WITHDRAWN and not text)):
            return known.role, known.bodies
        role = read_role(text)
        if role is None:
            self._unknown(number, col.ROLE, text, [one.value for one in PremisesRole])
            return "", ()
        return ROLE_WORDS[role].role, ROLE_WORDS[role].bodies

    def _needed(self, number: int, cells: Mapping[str, str], column: str, status: RowStatus | None) -> str:
        text = cells.get(column, "")
        if not text and status is not RowStatus.WITHDRAWN:
            self._problem(number, column, "không được để trống.", "must not be empty.")
        return text

    def _confidence(
        self, number: int, cells: Mapping[str, str], status: RowStatus | None, known: Premises | None
    ) -> str:
        text = cells.get(col.CONFIDENCE, "")
        if not text and known and status is RowStatus.WITHDRAWN:
            return known.confidence
        confidence = read_confidence(text)
        if confidence is None:
            self._unknown(number, col.CONFIDENCE, text, CONFIDENCES)
        return confidence or ""

    def _position(self, number: int, cells: Mapping[str, str], ward: Ward | None) -> Position | None:
        text, method_text = cells.get(col.POINT, ""), cells.get(col.METHOD, "")
        uncertainty_text = cells.get(col.UNCERTAINTY, "")
        if not text:
            if method_text or uncertainty_text:
                self._problem(
                    number,
                    col.POINT,
                    "có cách xác định hoặc sai số nhưng không có toạ độ.",
                    "there is a method or an uncertainty, but no coordinates.",
                )
            return None
        method = read_method(method_text)
        if method is None:
            self._unknown(number, col.METHOD, method_text, METHOD_NAMES.values())
        uncertainty = self._uncertainty(number, uncertainty_text)
        point = self._point(number, text, ward)
        if method is None or uncertainty is None or point is None:
            return None
        return Position(lon=point[0], lat=point[1], method=method, uncertainty_m=uncertainty)

    def _uncertainty(self, number: int, text: str) -> float | None:
        try:
            value = float(text.lower().removesuffix("m").strip().replace(",", "."))
        except ValueError:
            value = 0.0
        if 0 < value <= LARGEST_UNCERTAINTY_M:
            return value
        self._problem(
            number,
            col.UNCERTAINTY,
            f"cần số mét lớn hơn 0, không quá {LARGEST_UNCERTAINTY_M:.0f}, không phải “{text}”.",
            f"metres above 0 and at most {LARGEST_UNCERTAINTY_M:.0f} are needed, not “{text}”.",
        )
        return None

    def _point(self, number: int, text: str, ward: Ward | None) -> tuple[float, float] | None:
        """Return longitude and latitude to six decimals; flag a point that is not in the row's ward."""
        try:
            read = parse_coordinate(text, field=col.POINT)
        except InvalidCoordinate as error:
            self._problem(number, col.POINT, error.vi, error.en)
            return None
        lon, lat = round(read.lon, 6), round(read.lat, 6)
        found = self.index.locate(lon=lon, lat=lat)
        if found.outcome is Outcome.OUTSIDE:
            self._problem(number, col.POINT, "toạ độ nằm ngoài Hà Nội.", "the coordinates are outside Hà Nội.")
            return None
        if ward and ward.code not in {unit.code for unit in found.units}:
            names = " / ".join(unit.full_name for unit in found.units)
            self._flag(
                number,
                col.POINT,
                f"toạ độ nằm ở {names}, ngoài {ward.full_name}; vẫn nhận và đánh dấu.",
                f"the coordinates are in {names}, outside {ward.full_name}; taken and flagged.",
            )
        return lon, lat

    def _day(self, number: int, cells: Mapping[str, str]) -> date | None:
        text = cells.get(col.VALID_FROM, "")
        if not text:
            return None
        found = _DAY.fullmatch(text)
        try:
            return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text[:10])
        except ValueError:
            self._problem(
                number,
                col.VALID_FROM,
                f"“{text}” không phải một ngày; ghi 01/07/2025 hoặc 2025-07-01.",
                f"“{text}” is not a date; write 01/07/2025 or 2025-07-01.",
            )
            return None

    def _check_texts(self, number: int, cells: Mapping[str, str]) -> None:
        """Refuse texts that are too long or typed in a font of the 1990s, which nobody could read on the map."""
        for name, text in cells.items():
            font = detect_legacy(text)
            if font:
                read = from_legacy(text, font)
                self._problem(
                    number,
                    name,
                    f"gõ bằng phông {font}; hãy gõ bằng Unicode: “{read[:80]}”.",
                    f"typed in a {font} font; type it in Unicode: “{read[:80]}”.",
                )
            if len(text) > LONGEST_CELL:
                self._problem(
                    number,
                    name,
                    f"dài {len(text)} ký tự, nhiều nhất là {LONGEST_CELL}.",
                    f"has {len(text)} characters, at most {LONGEST_CELL} are taken.",
                )

    def _unknown(self, number: int, column: str, text: str, choices: Iterable[str]) -> None:
        names = listed(choices)
        said_vi, said_en = (f"không có “{text}”; ", f"there is no “{text}”; ") if text else ("chưa ghi; ", "missing; ")
        self._problem(number, column, f"{said_vi}chọn một trong: {names}.", f"{said_en}choose one of: {names}.")

    def _problem(self, row: int, column: str, vi: str, en: str) -> None:
        self.problems.append(Remark(row, column, vi, en))

    def _flag(self, row: int, column: str, vi: str, en: str) -> None:
        self.flags.append(Remark(row, column, vi, en))


_NO_SUCH_PREMISES: Final = (
    "không có trụ sở nào đã biết mang số này để bỏ khỏi sổ.",
    "no known premises has this number, so there is none to take out.",
)


def _same_name(ward: Ward, name: str) -> bool:
    """Compare with the type and without it; diacritics count only where the name has some."""
    bare = _WARD_TYPE.sub("", name)
    if spelling(name) == spelling(ward.full_name) or spelling(bare) == spelling(ward.name):
        return True
    typed_plainly = name.isascii()
    return typed_plainly and fold(ward.name) in {fold(name), fold(bare)}
