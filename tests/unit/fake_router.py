"""A router that is open at once and whose answers tell what it was asked: for what tables and engines do."""

from __future__ import annotations

import os
import signal
import time
import zlib
from pathlib import Path

from geo.errors import DataMissing
from geo.model import (
    Candidate,
    Evidence,
    EvidenceKind,
    OldUnit,
    ParsedAddress,
    Question,
    RouteDecision,
    RouteOutcome,
    RouteQuery,
    Text,
    Ward,
)

WARDS = [Ward(f"{code:05d}", f"Số {code}", "phường", 1_000, 1.0, 1.0) for code in range(4)]
OLD = OldUnit("09999", "Cũ", "xã", "999", "Huyện Xưa", 1.0)


class FakeRouter:
    """Answers by a sum over the whole query, so that any mix-up of rows, columns or chunks shows."""

    generation = "2025-07-01"
    data_version = "fake"

    def route(self, query: RouteQuery) -> RouteDecision:
        if "crash" in query.address:
            raise KeyError(query.address)
        if "kill the worker" in query.address:
            os.kill(os.getpid(), signal.SIGKILL)
        asked = f"{query.address}|{query.old_ward}|{query.district}|{query.lon}|{query.lat}|{query.subject}"
        outcome = list(RouteOutcome)[zlib.crc32(asked.encode()) % 5]
        if not (query.address or query.old_ward or query.lon is not None):
            outcome = RouteOutcome.INSUFFICIENT
        share = {RouteOutcome.ASSIGNED: 1, RouteOutcome.CHOOSE: 3, RouteOutcome.CONFLICT: 2}.get(outcome, 0)
        return RouteDecision(
            outcome=outcome,
            candidates=tuple(Candidate(ward, 1 / (2 + at)) for at, ward in enumerate(WARDS[:share])),
            evidence=tuple(
                Evidence(kind, (), Text(f"vì {word}", f"for {word}"), "fake")
                for kind, word in (
                    (EvidenceKind.COORDINATES, "" if query.lon is None else f"{query.lon} {query.lat}"),
                    (EvidenceKind.OLD_COMMUNE, query.old_ward),
                    (EvidenceKind.STREET, query.address[:50]),
                )
                if word
            ),
            reason=Text(f"Hỏi: {asked}.", f"Asked: {asked}."),
            question=Question("k", Text("Số nhà?", "Which number?")) if outcome is RouteOutcome.CHOOSE else None,
            parsed=ParsedAddress(query.address),
            old_units=(OLD,) if query.old_ward else (),
            subject=query.subject,
            generation=self.generation,
            data_version=self.data_version,
        )


class WaitingRouter(FakeRouter):
    """Stops at the row that says so, after telling the file that the environment names; to be killed there."""

    def route(self, query: RouteQuery) -> RouteDecision:
        if "wait here" in query.address and (flag := os.environ.get("WAITING_ROUTER")):
            Path(flag).touch()
            time.sleep(600)
        return super().route(query)


def missing_router() -> FakeRouter:
    raise DataMissing(vi="Thiếu tệp.", en="A file is missing.", field="x")
