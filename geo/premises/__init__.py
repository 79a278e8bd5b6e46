"""The premises of the wards: what is known of the 232, how far they are, and how an operator adds to them.

::

    embedded premises ─┐
                       ├─▶ overlaid ─▶ open_register ─▶ measure_access      (PremisesSurvey: all of it, once)
    operator's file ───┘
          ▲
          └── commit_import ◀── plan_import ◀── spreadsheet ◀── write_template

What no source says is unknown: neither a number of premises nor a position is ever completed.
"""

from __future__ import annotations

from geo.premises.access import Proxy, Reach, WardAccess, measure_access
from geo.premises.columns import OUT_COLUMNS
from geo.premises.features import premises_features
from geo.premises.import_file import commit_import, plan_import
from geo.premises.import_plan import Change, ImportPlan
from geo.premises.import_rows import Remark
from geo.premises.operator_register import OperatorRegister, OperatorRow, load_operator_register, overlaid
from geo.premises.register import Arrangement, Register, WardPremises, open_register
from geo.premises.roles import PremisesRole, RowStatus
from geo.premises.survey import PremisesSurvey
from geo.premises.template import known_sheet, write_template

__all__ = [
    "OUT_COLUMNS",
    "Arrangement",
    "Change",
    "ImportPlan",
    "OperatorRegister",
    "OperatorRow",
    "PremisesRole",
    "PremisesSurvey",
    "Proxy",
    "Reach",
    "Register",
    "Remark",
    "RowStatus",
    "WardAccess",
    "WardPremises",
    "commit_import",
    "known_sheet",
    "load_operator_register",
    "measure_access",
    "open_register",
    "overlaid",
    "plan_import",
    "premises_features",
    "write_template",
]
