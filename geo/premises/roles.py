"""The words of the operator's spreadsheet: roles, statuses, ways to find a position, confidence.

Staff write them in Vietnamese, with or without diacritics; English and the stored words are understood too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from geo.model import PositionMethod, PremisesStatus
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class PremisesRole(StrEnum):
    """Which of a ward's bodies work at a premises."""

    CENTRAL = "tập trung"
    GOVERNMENT = "khối chính quyền"
    PARTY = "khối Đảng và đoàn thể"
    SERVICE_POINT = "điểm phục vụ hành chính công"
    UNSAID = "không rõ cơ quan"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """How a role is stored: in words like the embedded data's, so that both are read by one rule."""

    role: str
    bodies: tuple[str, ...]


ROLE_WORDS: Final[Mapping[PremisesRole, RoleWords]] = {
    PremisesRole.CENTRAL: RoleWords("Đảng ủy, HĐND, UBND, MTTQ (tập trung)", ("Đảng ủy", "HĐND", "UBND", "MTTQ")),
    PremisesRole.GOVERNMENT: RoleWords("HĐND, UBND (khối chính quyền)", ("HĐND", "UBND")),
    PremisesRole.PARTY: RoleWords("Đảng ủy, MTTQ, đoàn thể", ("Đảng ủy", "MTTQ", "đoàn thể")),
    PremisesRole.SERVICE_POINT: RoleWords("điểm phục vụ hành chính công", ("điểm phục vụ hành chính công",)),
    PremisesRole.UNSAID: RoleWords("trụ sở (nguồn không ghi rõ cơ quan)", ()),
}


class RowStatus(StrEnum):
    """What an operator's row says of a premises; the first three are `PremisesStatus`."""

    LISTED = "listed"
    TEMPORARY = "temporary"
    PLANNED = "planned"
    WITHDRAWN = "withdrawn"

    @property
    def in_use(self) -> bool:
        """True for what stands and is used today."""
        return self in {RowStatus.LISTED, RowStatus.TEMPORARY}

    @property
    def premises_status(self) -> PremisesStatus:
        """The same, of a premises that is shown.

        Raises
        ------
        ValueError
            The premises is withdrawn.
        """
        return PremisesStatus(self.value)


STATUS_NAMES: Final[Mapping[RowStatus, str]] = {
    RowStatus.LISTED: "đang dùng",
    RowStatus.TEMPORARY: "tạm thời",
    RowStatus.PLANNED: "dự kiến",
    RowStatus.WITHDRAWN: "không còn dùng",
}

METHOD_NAMES: Final[Mapping[PositionMethod, str]] = {
    PositionMethod.BUILDING: "toà nhà",
    PositionMethod.HOUSE_NUMBER: "số nhà",
    PositionMethod.BUS_STOP: "bến xe buýt",
    PositionMethod.ALLEY: "ngõ",
    PositionMethod.STREET: "đường phố",
}

CONFIDENCES: Final = ("A", "A-", "B", "C", "D")
"""A two agreeing sources · A- · B one table · C plan or press without an address · D sources conflict."""

_ROLE_SYNONYMS: Final[Mapping[str, PremisesRole]] = {
    "central": PremisesRole.CENTRAL,
    "government": PremisesRole.GOVERNMENT,
    "chính quyền": PremisesRole.GOVERNMENT,
    "party": PremisesRole.PARTY,
    "khối Đảng": PremisesRole.PARTY,
    "khối Đảng, đoàn thể": PremisesRole.PARTY,
    "service point": PremisesRole.SERVICE_POINT,
    "không rõ": PremisesRole.UNSAID,
    "not said": PremisesRole.UNSAID,
}
_STATUS_SYNONYMS: Final[Mapping[str, RowStatus]] = {
    "đang sử dụng": RowStatus.LISTED,
    "phương án": RowStatus.PLANNED,
    "không còn sử dụng": RowStatus.WITHDRAWN,
}
_METHOD_SYNONYMS: Final[Mapping[str, PositionMethod]] = {
    "tòa nhà": PositionMethod.BUILDING,
    "GPS": PositionMethod.BUILDING,
    "điểm dừng xe buýt": PositionMethod.BUS_STOP,
    "đường": PositionMethod.STREET,
    "phố": PositionMethod.STREET,
}


def read_role(text: str) -> PremisesRole | None:
    """Return the role that a cell names, by its name or in the words it is stored in; None where unknown."""
    known = {fold(role.value): role for role in PremisesRole}
    known |= {fold(words.role): role for role, words in ROLE_WORDS.items()}
    known |= {fold(name): role for name, role in _ROLE_SYNONYMS.items()}
    return known.get(fold(text))


def read_status(text: str) -> RowStatus | None:
    """Return the status that a cell names; None where unknown."""
    known = {fold(status.value): status for status in RowStatus}
    known |= {fold(name): status for status, name in STATUS_NAMES.items()}
    known |= {fold(name): status for name, status in _STATUS_SYNONYMS.items()}
    return known.get(fold(text))


def read_method(text: str) -> PositionMethod | None:
    """Return how a position was found, as a cell names it; None where unknown."""
    known = {fold(method.value): method for method in PositionMethod}
    known |= {fold(name): method for method, name in METHOD_NAMES.items()}
    known |= {fold(name): method for name, method in _METHOD_SYNONYMS.items()}
    return known.get(fold(text))


def read_confidence(text: str) -> str | None:
    """Return the confidence that a cell names; spreadsheets turn the hyphen of ``A-`` into a dash or a minus."""
    plain = text.strip().upper().replace("–", "-").replace("−", "-").replace("—", "-").replace(" ", "")
    return plain if plain in CONFIDENCES else None


def listed(names: Iterable[str]) -> str:
    """Return names in quotation marks, for a message."""
    return ", ".join(f"“{name}”" for name in names)
