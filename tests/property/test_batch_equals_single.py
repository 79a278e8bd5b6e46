"""A row of a table gets the answer it would get alone, wherever it stands and however the table is cut."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from random import Random

import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.cases import PointColumns, locate_table
from geo.cases.points import ADDED_COLUMNS
from geo.errors import InvalidCoordinate
from geo.locate import WardIndex
from geo.model import LookupResult

coordinates = st.one_of(
    st.tuples(st.floats(105.2, 106.1), st.floats(20.5, 21.5)),
    st.tuples(st.floats(105.84, 105.86), st.floats(21.02, 21.04)),
    st.tuples(st.floats(-200, 200), st.floats(-100, 100)),
)
vertices = st.integers(0, 10**9)
rows = st.lists(coordinates | vertices, min_size=1, max_size=40)


def points_of(index: WardIndex, drawn: list[tuple[float, float] | int]) -> list[tuple[float, float]]:
    """Return the points; a whole number stands for a corner of a ward, which lies exactly on borders."""
    corners = shapely.get_coordinates(index.dataset.geometries)
    return [
        (float(corners[one % len(corners)][0]), float(corners[one % len(corners)][1])) if isinstance(one, int) else one
        for one in drawn
    ]


def answers(index: WardIndex, points: list[tuple[float, float]], batch: int) -> list[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.cases.points._BATCH", batch)
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        text = "".join(f"{number},{lon!r},{lat!r}\n" for number, (lon, lat) in enumerate(points))
        source.write_text("stt,lon,lat\n" + text, encoding="utf-8")
        report = locate_table(source, target, index=index, named=PointColumns(), lang="vi")
        assert report.rows == sum(report.outcomes.values()) == len(points)
        out = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["stt"] for row in out] == [str(number) for number in range(len(points))]
    return out


def located(index: WardIndex, lon: float, lat: float) -> LookupResult | InvalidCoordinate:
    try:
        return index.locate(lon=lon, lat=lat)
    except InvalidCoordinate as error:
        return error


def assert_is_the_answer(row: dict[str, str], result: LookupResult) -> None:
    codes = [unit.code for unit in result.possible]
    assert row["kha_nang"] == ";".join(codes)
    assert f"{result.lon:.6f}, {result.lat:.6f}" in row["can_cu"]
    assert f"{result.border.distance_m:.0f} m" in row["can_cu"]
    assert row["phien_ban"] == f"{result.generation}/{result.data_version}"
    if not codes:
        assert row["ket_qua"] == "ngoai_ha_noi"
    elif result.certain:
        assert (row["ket_qua"], row["ma_phuong_xa"]) == ("da_xac_dinh", codes[0])
        assert row["ten_phuong_xa"] == result.units[0].full_name
    else:
        assert (row["ket_qua"], row["ma_phuong_xa"], row["ten_phuong_xa"]) == ("can_chon", "", "")
        assert all(unit.full_name in row["ly_do"] for unit in result.possible)


@settings(max_examples=60)
@given(drawn=rows, batch=st.integers(1, 50))
@example(drawn=[0, (105.8542, 21.0285), (21.0285, 105.8542), 12_345, (106.5, 20.5)], batch=2)
def test_each_row_gets_what_locate_says_of_it_alone(
    index: WardIndex, drawn: list[tuple[float, float] | int], batch: int
) -> None:
    points = points_of(index, drawn)
    for row, (lon, lat) in zip(answers(index, points, batch), points, strict=True):
        result = located(index, lon, lat)
        if isinstance(result, InvalidCoordinate):
            assert (row["ket_qua"], row["ly_do"]) == ("thieu_thong_tin", result.vi)
            assert row["kha_nang"] == row["can_cu"] == ""
        else:
            assert_is_the_answer(row, result)


@settings(max_examples=30)
@given(drawn=rows, batches=st.tuples(st.integers(1, 50), st.integers(1, 50)), shuffle=st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_batches_change_an_answer(
    index: WardIndex, drawn: list[tuple[float, float] | int], batches: tuple[int, int], shuffle: Random
) -> None:
    points = points_of(index, drawn)
    order = list(range(len(points)))
    shuffle.shuffle(order)
    first = answers(index, points, batches[0])
    second = answers(index, [points[i] for i in order], batches[1])
    for place, original in enumerate(order):
        assert [second[place][name] for name in ADDED_COLUMNS] == [first[original][name] for name in ADDED_COLUMNS]
