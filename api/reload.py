"""New data without a pause: loaded aside, checked, then put in the place of the old in one step."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from api.finder import page_files
from api.services import Services
from api.warm_up import warm_up
from geo.errors import IntegrityError
from geo.integrity import Severity, check_store
from geo.stores import open_store

if TYPE_CHECKING:
    from starlette.datastructures import State

log = logging.getLogger(__name__)

_ONE_AT_A_TIME = threading.Lock()


def reload_data(state: State) -> bool:
    """Load the data anew and serve them; keep serving the old where anything is wrong with the new.

    Requests in hand keep the data they began with: each takes `Services` once, and these are never changed. For as long
    as it takes both are in memory.

    Parameters
    ----------
    state
        The application's state: its ``services`` are replaced.

    Returns
    -------
    bool
        Whether the new data are served.
    """
    old: Services = state.services
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        log.warning("reload: one is under way")
        return False
    try:
        fresh = _checked(old)
    except Exception as error:  # whatever it is, the old data are good
        # Operators may read where it failed: data files hold nothing that a user sent.
        log.error("reload failed, still serving %s: %s", old.data_version, error, exc_info=error)  # noqa: TRY400
        state.metrics.reloaded(done=False)
        return False
    finally:
        _ONE_AT_A_TIME.release()
    state.services = fresh
    state.metrics.serving(fresh)
    state.metrics.reloaded(done=True)
    log.info("reload done: %s, before %s", fresh.data_version, old.data_version)
    return True


def _checked(old: Services) -> Services:
    open_store.cache_clear()  # the same folder may hold other files now
    fresh = Services.open(old.settings, earlier=page_files(old).served)
    failed = [finding for finding in check_store(fresh.store) if finding.severity is Severity.ERROR]
    if failed:
        said = "; ".join(f"{finding.check}: {finding.message('en')}" for finding in failed)
        raise IntegrityError(vi=said, en=said)
    warm_up(fresh)
    return fresh
