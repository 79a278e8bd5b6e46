"""What an operator keeps outside the packaged data: the register of premises and the trial reports."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.locate import WardIndex
from geo.premises import load_operator_register, overlaid
from geo.stores import open_store
from geo.stores.dataset import generation_on

if TYPE_CHECKING:
    from datetime import date

    from geo.premises import OperatorRegister

PREMISES_REGISTER: Final = "HANOI_WARDS_PREMISES_REGISTER"
TRIAL_REPORTS: Final = "HANOI_WARDS_TRIAL_REPORTS"


def operator_path(named: Path | None, setting: str) -> Path | None:
    """Return where something is kept: as the command names it, else as the setting does; None where neither does."""
    # Not by `Settings`: a wrong port must not stop a command that listens nowhere.
    value = os.environ.get(setting)
    return named or (Path(value) if value else None)


def served_index(as_of: date | None = None) -> WardIndex:
    """Open the units in force on a day as the service has them: with the operator's premises, where there are any.

    Raises
    ------
    DataMissing, DataDamaged
        The data or the register that the setting names cannot be read.
    """
    path = operator_path(None, PREMISES_REGISTER)
    return index_with(load_operator_register(path) if path else None, as_of)


def index_with(register: OperatorRegister | None, as_of: date | None = None) -> WardIndex:
    """Open the units in force on a day with a register laid over their premises."""
    store = open_store()
    return WardIndex(overlaid(store.dataset(generation_on(store, as_of)), register))
