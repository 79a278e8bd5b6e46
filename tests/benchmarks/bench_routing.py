"""Speed of text routing on one core, as a ratio to vietnamadminunits' conversion in the same run: ``make bench``.

The addresses are made up from the gazetteer: every one has a house number, many an alley, a street that runs near the
old commune, the commune and its district, written in the ways that files have. We route each whole, with candidates,
reason and question; the peer is given the commune and district alone, its quickest form.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from geo.model import RouteQuery
from geo.routing import Router
from geo.stores import open_store
from tests.accuracy.peer import converter

ROWS, PEER_ROWS, RUNS, SEED = 200_000, 2_000, 3, 1656

FORMS = (
    "Số {number}, {street}, {commune}, {district}, Hà Nội",
    "{number} {street}, {commune}, {district}, Tp. Hà Nội",
    "{number} ngõ {alley}, {street}, {commune}, {district}, Thành phố Hà Nội",
    "{number} ngách {alley}/{number} {street} - {commune} - {district} - Hà Nội",
    "{street}, {commune}, {district}, Hà Nội, Việt Nam",
)


def made_up_addresses(router: Router) -> tuple[list[str], list[str]]:
    """Return addresses, and the commune and district of each alone."""
    rng = np.random.default_rng(SEED)
    old_units = router.knowledge.crosswalk.old_units
    streets = [row for row in open_store().gazetteer().street_communes if not row[1]]
    chosen = rng.integers(0, len(streets), ROWS)
    numbers, alleys, forms = rng.integers(1, 600, ROWS), rng.integers(1, 300, ROWS), rng.integers(0, len(FORMS), ROWS)
    whole, commune_alone = [], []
    for street, number, alley, form in zip(chosen, numbers, alleys, forms, strict=True):
        name, unit = streets[street][2], old_units[streets[street][4]]
        parts = {"number": number, "alley": alley, "street": name, "commune": unit.full_name, "district": unit.district}
        whole.append(FORMS[form].format(**parts))
        commune_alone.append(f"{unit.full_name}, {unit.district}, Hà Nội")
    return whole, commune_alone


def main() -> int:
    """Print rows per second of both, and the ratio."""
    router = Router.open()
    addresses, communes = made_up_addresses(router)
    fresh = Router.open()  # its memory of streets and communes starts empty, as at the head of a file
    start = time.process_time()
    for address in addresses:
        decision = fresh.route(RouteQuery(address=address))
        assert decision.reason.vi
    ours = ROWS / (time.process_time() - start)
    convert = converter()
    rates = []
    for _ in range(RUNS):
        start = time.process_time()
        for commune in communes[:PEER_ROWS]:
            convert(commune)
        rates.append(PEER_ROWS / (time.process_time() - start))
    different = len(set(addresses))
    print(f"{ROWS:,} made-up addresses ({different:,} different), one core, seed {SEED}")
    print(f"  Router.route, whole address        {ours:>10,.0f} rows/s")
    print(f"  vietnamadminunits, commune alone   {max(rates):>10,.0f} rows/s")
    print(f"  ratio                              {ours / max(rates):>10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
