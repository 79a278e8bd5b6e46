"""A row of a table of addresses gets the answer it would get alone: in any order, cut anyhow, by any engine."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.cases import ADDED_COLUMNS, RouteOptions, decision_cells, route_table
from geo.engines import LocalEngine, Session
from geo.model import RouteQuery
from geo.routing import Router

HEADING = ("Địa chỉ", "Phường, xã cũ", "Quận/Huyện", "lon", "lat")
PLACES = (
    "Số 5 Hàng Bài", "số 12 ngõ 34 phố Trần Phú", "ngách 12/34 Giải Phóng", "thôn Đoài", "CT2 Linh Đàm", "đường Láng",
    "P. Láng Hạ", "phường Trúc Bạch", "xã Kim Chung", "Đống Đa", "quận Ba Đình", "huyện Đông Anh", "TP Hà Nội",
    "tỉnh Hưng Yên", "(cũ)", "tổ 5", "Lac Long Quan",
)  # fmt: skip
addresses = st.lists(st.sampled_from(PLACES), max_size=4).map(", ".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=40
)
coordinates = st.sampled_from([("", "")] * 3 + [("105.8542", "21.0285"), ("105.81", "21.01"), ("106.5", "20.5")])
cases = st.tuples(
    addresses,
    st.sampled_from(["", "", "Phường Láng Hạ", "Trúc Bạch", "xã Kim Chung", "00004", "?"]),
    st.sampled_from(["", "", "Đống Đa", "Quận Ba Đình", "Huyện Hoài Đức", "Sơn Tây"]),
    coordinates,
)
rows = st.lists(cases, min_size=1, max_size=20)
Case = tuple[str, str, str, tuple[str, str]]


class Ready:
    """An engine whose workers are started once for all examples."""

    def __init__(self, workers: int, session: Session[Any]) -> None:
        self.workers = workers
        self._session = session

    @contextmanager
    def session(self, _: object) -> Iterator[Session[Any]]:
        yield self._session


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[int, Ready]]:
    with LocalEngine(1).session(Router.open) as here, LocalEngine(2).session(Router.open) as two:
        yield {1: Ready(1, here), 2: Ready(2, two)}


def answers(drawn: list[Case], engine: Ready, chunk_rows: int) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        text = io.StringIO()
        csv.writer(text).writerows([("stt", *HEADING), *((n, *row[:3], *row[3]) for n, row in enumerate(drawn))])
        source.write_bytes(text.getvalue().encode())
        report = route_table(
            source, target, open_router=Router.open, engine=engine, options=RouteOptions(), chunk_rows=chunk_rows
        )
        out = list(csv.DictReader(io.StringIO(target.read_bytes().decode(), newline="")))
    assert report.rows == sum(report.outcomes.values()) == sum(report.grounds.values()) == len(drawn)
    assert [row["stt"] for row in out] == [str(number) for number in range(len(drawn))]
    assert [row["Địa chỉ"] for row in out] == [row[0] for row in drawn]
    return [tuple(row[name] for name in ADDED_COLUMNS) for row in out]


def alone(router: Router, row: Case) -> tuple[str, ...]:
    lon, lat = (float(cell) if cell else None for cell in row[3])
    query = RouteQuery(address=row[0].strip(), old_ward=row[1], district=row[2], lon=lon, lat=lat)
    return decision_cells(router.route(query), "vi")


@settings(max_examples=40)
@given(drawn=rows, chunk_rows=st.integers(1, 25), workers=st.sampled_from([1, 2]))
@example(drawn=[("", "", "", ("", ""))], chunk_rows=1, workers=2)
@example(drawn=[("Số 5 Hàng Bài", "", "Hoàn Kiếm", ("105.8542", "21.0285"))] * 7, chunk_rows=3, workers=2)
def test_each_row_gets_what_the_router_says_of_it_alone(
    router: Router, engines: dict[int, Ready], drawn: list[Case], chunk_rows: int, workers: int
) -> None:
    assert answers(drawn, engines[workers], chunk_rows) == [alone(router, row) for row in drawn]


@settings(max_examples=30)
@given(
    drawn=rows,
    cuts=st.tuples(st.integers(1, 25), st.integers(1, 25)),
    shuffle=st.randoms(use_true_random=False),
)
def test_neither_order_nor_chunks_nor_workers_change_an_answer(
    engines: dict[int, Ready], drawn: list[Case], cuts: tuple[int, int], shuffle: Random
) -> None:
    order = list(range(len(drawn)))
    shuffle.shuffle(order)
    first = answers(drawn, engines[1], cuts[0])
    second = answers([drawn[place] for place in order], engines[2], cuts[1])
    assert second == [first[place] for place in order]
