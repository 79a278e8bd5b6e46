"""Rows of one ward held against each other, and against what else is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import PremisesStatus
from geo.premises import columns as col
from geo.premises.import_rows import Remark
from geo.premises.roles import ROLE_WORDS, PremisesRole
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.premises.import_rows import RowReader
    from geo.premises.operator_register import OperatorRow

_CENTRAL: Final = ROLE_WORDS[PremisesRole.CENTRAL].role


def check_together(said: Sequence[tuple[int, OperatorRow]], reader: RowReader) -> None:
    """Say which rows contradict another row, and which the premises that stand already.

    Parameters
    ----------
    said
        The rows that are right by themselves, each with its number in the spreadsheet.
    reader
        Takes the problems and flags.
    """
    said_ids = {row.id for _, row in said}
    in_use = [(number, row) for number, row in said if row.status.in_use]
    standing = [
        one for one in reader.known.values() if one.id not in said_ids and one.status is not PremisesStatus.PLANNED
    ]
    for number, row in in_use:
        others = [other for _, other in in_use if other.ward_code == row.ward_code and other.id != row.id]
        stand = [one for one in standing if one.ward_code == row.ward_code]
        if row.role == _CENTRAL and others:
            reader.problems.append(
                Remark(
                    number,
                    col.ROLE,
                    "“tập trung” nghĩa là một trụ sở, nhưng bảng ghi thêm trụ sở khác của phường, xã này.",
                    "“tập trung” means one premises, but the table states another one of this ward.",
                )
            )
        elif row.role == _CENTRAL and stand:
            ids = ", ".join(one.id for one in stand)
            reader.flags.append(
                Remark(
                    number,
                    col.ROLE,
                    f"“tập trung” nhưng sổ còn {ids}; nếu không còn, ghi thêm dòng “không còn dùng”.",
                    f"“tập trung”, but {ids} stand in the register; if they are gone, add a row “không còn dùng”.",
                )
            )
        addresses = [(one.id, one.address) for one in others] + [(one.id, one.address or "") for one in stand]
        same = [identifier for identifier, address in addresses if address and fold(address) == fold(row.address)]
        if same:
            vi, en = f"cùng địa chỉ với {', '.join(same)}.", f"the same address as {', '.join(same)}."
            reader.flags.append(Remark(number, col.ADDRESS, vi, en))
