"""The reports of the trial behind page and API: read again when an import has put new ones in place."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from geo.errors import DataDamaged, DataMissing
from geo.model import Ward
from geo.trial import LoadedReports, TrialFigures, read_folder
from maps.trial_view import TrialView

if TYPE_CHECKING:
    from pathlib import Path

    from geo.model import TrialFacts
    from geo.stores import Dataset


log = logging.getLogger(__name__)


class TrialReports:
    """The folder of reports and what was last read from it.

    Parameters
    ----------
    folder
        None where the operator has named none: then there are no reports.

    Raises
    ------
    DataMissing
        The folder that the operator has named is not there.
    """

    def __init__(self, facts: TrialFacts, dataset: Dataset, folder: Path | None) -> None:
        if folder is not None and not folder.is_dir():
            raise DataMissing(
                vi=f"Không có thư mục báo cáo thử nghiệm “{folder}”. Hãy tạo thư mục, hoặc sửa "
                "HANOI_WARDS_TRIAL_REPORTS.",
                en=f"There is no folder of trial reports “{folder}”. Make it, or mend HANOI_WARDS_TRIAL_REPORTS.",
                field="trial_reports",
            )
        self._facts = facts
        self._dataset = dataset
        self._folder = folder
        self._view: TrialView | None = None

    def view(self) -> TrialView:
        """Return the reports as they are now, ready for page and API; unreadable ones are its ``trouble``."""
        shown = self._view
        try:
            loaded = read_folder(self._folder, shown.loaded if shown else None) if self._folder else LoadedReports()
        except DataDamaged as damaged:
            log.warning("trial reports: %s", damaged)
            return trial_view(self._facts, self._dataset, LoadedReports(), damaged)
        if shown is None or shown.loaded != loaded:
            self._view = shown = trial_view(self._facts, self._dataset, loaded)
        return shown


def trial_view(
    facts: TrialFacts, dataset: Dataset, loaded: LoadedReports, trouble: DataDamaged | None = None
) -> TrialView:
    """Join the facts, the wards and the reports."""
    wards = [unit for unit in dataset.units if isinstance(unit, Ward)]
    return TrialView(
        figures=TrialFigures(facts, [ward.code for ward in wards], loaded.reports),
        wards=wards,
        loaded=loaded,
        premises={premises.id: premises for premises in dataset.premises},
        generation=dataset.generation.id,
        data_version=dataset.data_version,
        trouble=trouble,
    )
