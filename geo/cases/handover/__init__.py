"""The handover of an old district's case files to the wards that go on with them.

::

    columns → reading → (case_routing) → ledger ─┬→ package: rows, cover, manifest
                                         spool   ├→ queue, by the fact that settles most
                                                 └→ check → reconciliation → put in place
"""

from geo.cases.handover.columns import CaseColumns
from geo.cases.handover.cover import CoverSheet
from geo.cases.handover.run import HandoverOptions, HandoverReport, write_handover

__all__ = ["CaseColumns", "CoverSheet", "HandoverOptions", "HandoverReport", "write_handover"]
