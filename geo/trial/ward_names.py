"""Which of the 126 wards a row means: by its code, which a name beside it has to confirm, else by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import detect_legacy, fold, from_legacy, spelling
from geo.trial.cells import WrongCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Ward

_TYPE: Final = re.compile(r"^(?:(phường|phuong|xã|xa)\s+|(p\.|x\.)\s*)", re.IGNORECASE)
_TYPES: Final = {"phường": "phường", "phuong": "phường", "p.": "phường", "xã": "xã", "xa": "xã", "x.": "xã"}


class WardNames:
    """The wards by what people write for them."""

    def __init__(self, wards: Sequence[Ward]) -> None:
        self._by_code = {ward.code: ward for ward in wards}
        self._wards = wards

    def read(self, code: str, name: str) -> Ward:
        """Return the ward of a row.

        Raises
        ------
        WrongCell
            Neither is there, there is no such ward, or code and name belong to two wards. All 126 codes were an old
            commune's before: a name that does not fit its code is the sign of that.
        """
        if not code:
            return self._named(name)
        digits = code.removesuffix(".0")
        # Spreadsheets drop the zeros in front: 70 is 00070, and no other code.
        ward = self._by_code.get(digits.zfill(5)) if digits.isascii() and digits.isdecimal() else None
        if ward is None:
            raise WrongCell(vi=f"không có phường, xã mới nào mang mã “{code}”.", en=f"no ward has the code “{code}”.")
        if name and not _is(ward, name) and not _is(ward, _unicode(name)):
            raise WrongCell(
                vi=f"mã {ward.code} từ 01/7/2025 là {ward.full_name}, không phải “{name}”.",
                en=f"the code {ward.code} is {ward.full_name} since 1 July 2025, not “{name}”.",
            )
        return ward

    def _named(self, name: str) -> Ward:
        if not name:
            raise WrongCell(vi="chưa ghi mã hoặc tên phường, xã.", en="the ward's code or name is missing.")
        found = [ward for ward in self._wards if _is(ward, name) or _is(ward, _unicode(name))]
        if len(found) == 1:
            return found[0]
        alike = [ward for ward in self._wards if fold(ward.name) == fold(_TYPE.sub("", name))]
        hint = ", ".join(f"{ward.full_name} ({ward.code})" for ward in found or alike)
        raise WrongCell(
            vi=f"không có phường, xã mới nào tên “{name}”" + (f"; có phải {hint}?" if hint else "."),
            en=f"there is no ward “{name}”" + (f"; is it {hint}?" if hint else "."),
        )


def _is(ward: Ward, name: str) -> bool:
    """Compare as written, and without a type that is the ward's; diacritics count only where the name has some."""
    written = _TYPE.match(name)
    forms = [name]
    if written and _TYPES[(written[1] or written[2]).lower()] == ward.type:
        forms.append(name[written.end() :])
    return any(
        spelling(form) == spelling(ward.name) or (form.isascii() and fold(form) == fold(ward.name)) for form in forms
    )


def _unicode(name: str) -> str:
    font = detect_legacy(name)
    return from_legacy(name, font) if font else name
