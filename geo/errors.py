"""Every error the project raises on purpose, in one tree.

::

    HanoiWardsError
    ├── InvalidCoordinate (ValueError)   a coordinate that cannot be read or cannot be right
    ├── UnknownUnit (LookupError)        no ward, commune or district of that code or name
    ├── UnknownGeneration (LookupError)  no boundaries are held for that date
    ├── TableError (ValueError)          a table that cannot be read, or a cell that is wrong
    ├── DataMissing (FileNotFoundError)  a data file is not there
    ├── DataDamaged (ValueError)         a data file is there but is not what its manifest says
    └── IntegrityError (ValueError)      the data contradict themselves or the law

Each error speaks twice: in Vietnamese to users, in English to users who ask for it and to logs.
"""

from __future__ import annotations

from typing import Literal

Language = Literal["vi", "en"]


class HanoiWardsError(Exception):
    """The root of the tree.

    Parameters
    ----------
    vi, en
        What was wrong and what to do, in Vietnamese and in English.
    field
        The name of the input field, column or argument at fault, where there is one.
    """

    def __init__(self, *, vi: str, en: str, field: str | None = None) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en
        self.field = field

    def message(self, lang: Language) -> str:
        """Return the text for a user of that language."""
        return self.vi if lang == "vi" else self.en


class InvalidCoordinate(HanoiWardsError, ValueError):
    """A coordinate that cannot be read or cannot be right."""


class UnknownUnit(HanoiWardsError, LookupError):
    """No ward, commune or district answers to that code or name."""


class UnknownGeneration(HanoiWardsError, LookupError):
    """No boundaries are held for that date."""


class TableError(HanoiWardsError, ValueError):
    """A table that cannot be read, or a cell of it that is wrong."""


class DataMissing(HanoiWardsError, FileNotFoundError):
    """A data file is not there."""


class DataDamaged(HanoiWardsError, ValueError):
    """A data file is there but is not what its manifest says."""


class IntegrityError(HanoiWardsError, ValueError):
    """The data contradict themselves or the law."""
