"""The register of premises: what is known, what the sources say, and an operator's rows laid over it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.errors import DataDamaged, DataMissing
from geo.locate import WardIndex
from geo.model import PositionMethod, Premises, PremisesStatus
from geo.premises import (
    Arrangement,
    OperatorRegister,
    OperatorRow,
    Register,
    RowStatus,
    WardPremises,
    load_operator_register,
    open_register,
    overlaid,
)
from geo.premises.operator_register import register_bytes
from geo.premises.register import arrangement_said
from geo.stores import EmbeddedStore

ROW = OperatorRow(
    ward_code="00070",
    number=2,
    role="HĐND, UBND (khối chính quyền)",
    bodies=("HĐND", "UBND"),
    status=RowStatus.LISTED,
    address="Số 1 Lê Thái Tổ",
    lon=105.8504,
    lat=21.0296,
    method=PositionMethod.BUILDING,
    uncertainty_m=20.0,
    confidence="B",
    source="Thông báo 729/TB-UBND, trang 3",
    valid_from=date(2025, 7, 1),
    note="",
    imported_on=date(2026, 1, 2),
)


@pytest.fixture(scope="module")
def register(index: WardIndex) -> Register:
    return open_register(index.dataset)


def line_of(register: Register, code: str) -> WardPremises:
    (found,) = [line for line in register.wards if line.ward.code == code]
    return found


def premises(number: int, role: str, *bodies: str, **changes: Any) -> Premises:
    made = Premises(
        id=f"00070-{number}",
        ward_code="00070",
        number=number,
        role=role,
        bodies=bodies,
        status=PremisesStatus.LISTED,
        address="a",
        position=None,
        confidence="A",
        source="s",
        note="",
        valid_from=None,
    )
    return replace(made, **changes)


def written(path: Path, *rows: OperatorRow) -> Path:
    path.write_bytes(register_bytes(OperatorRegister(rows=rows)))
    return path


def test_counts_add_up(register: Register, store: EmbeddedStore) -> None:
    facts = store.manifests["premises"]["facts"]
    assert register.total == facts["premises_total"] == 232
    assert len(register.wards) == 126
    assert len(register.premises) == facts["known"]
    assert len(register.placed) == facts["with_position"]
    assert len(register.in_use) + len(register.planned) == len(register.premises)
    assert sum(register.wards_said(arrangement) for arrangement in Arrangement) == 126
    assert all(line.premises for line in register.wards)
    assert register.imported == {}


def test_a_number_is_expected_only_where_a_source_says_it(register: Register) -> None:
    for line in register.wards:
        assert (line.expected is None) is (line.arrangement in {Arrangement.NOT_SAID, Arrangement.CONTRADICTORY})
        assert bool(line.said_by) is (line.arrangement is not Arrangement.NOT_SAID)
    assert line_of(register, "00070").expected == 1, "“tập trung” in its role"
    assert line_of(register, "00160").expected == 2, "two blocs, each with premises of its own"
    assert line_of(register, "00004").expected is None, "a table without bodies"
    assert line_of(register, "00082").expected is None, "plans of May 2025 settle nothing"
    assert line_of(register, "10015").expected is None, "“dự kiến” is a plan"


GOVERNMENT = premises(1, "UBND (khối chính quyền)", "UBND")
PARTY = premises(2, "Đảng ủy, MTTQ, đoàn thể", "Đảng ủy", "MTTQ", "đoàn thể")
CENTRAL = premises(1, "Đảng ủy, HĐND, UBND, MTTQ (tập trung)", "Đảng ủy", "HĐND", "UBND", "MTTQ")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([], Arrangement.NOT_SAID),
        ([GOVERNMENT], Arrangement.NOT_SAID),
        ([GOVERNMENT, PARTY], Arrangement.DISPERSED),
        ([GOVERNMENT, premises(2, "UBND", "UBND")], Arrangement.NOT_SAID),
        ([CENTRAL], Arrangement.CENTRAL),
        ([CENTRAL, premises(2, "điểm phục vụ hành chính công")], Arrangement.CENTRAL),
        ([CENTRAL, GOVERNMENT, PARTY], Arrangement.CONTRADICTORY),
        ([GOVERNMENT, replace(PARTY, status=PremisesStatus.PLANNED)], Arrangement.NOT_SAID),
        ([GOVERNMENT, replace(PARTY, note="May 2025 plan only")], Arrangement.NOT_SAID),
        ([replace(CENTRAL, role="Đảng ủy, UBND (tập trung, dự kiến)")], Arrangement.NOT_SAID),
    ],
)
def test_what_sources_say_of_a_ward(known: list[Premises], said: Arrangement) -> None:
    assert arrangement_said(known)[0] is said


def test_temporary_premises_count_and_plans_do_not(register: Register) -> None:
    hung_dao, yen_so = line_of(register, "09931"), line_of(register, "00340")
    assert [one.status for one in hung_dao.in_use] == [PremisesStatus.TEMPORARY]
    assert len(yen_so.premises) == 2
    assert len(yen_so.in_use) == 1
    assert [one.id for one in yen_so.outside] == ["00340-1"]


def test_an_operators_row_adds_replaces_and_removes(index: WardIndex) -> None:
    rows = (
        ROW,
        replace(ROW, number=1, address="Số 9", lon=None, lat=None, method=None, uncertainty_m=None),
        replace(ROW, ward_code="00097", number=3, status=RowStatus.WITHDRAWN),
    )
    before = {one.id: one for one in index.dataset.premises}
    after = {one.id: one for one in overlaid(index.dataset, OperatorRegister(rows=rows)).premises}
    assert set(after) - set(before) == {"00070-2"}
    assert set(before) - set(after) == {"00097-3"}
    assert after["00070-1"].address == "Số 9"
    assert after["00070-1"].position is None
    assert after["00070-2"].source == ROW.source
    assert after["00070-2"].confidence == "B"
    assert list(after) == sorted(after)
    assert {key: one for key, one in after.items() if key not in {"00070-1", "00070-2"}} == {
        key: one for key, one in before.items() if key not in {"00070-1", "00097-3"}
    }


def test_inside_its_ward_is_told_from_the_shapes(index: WardIndex) -> None:
    elsewhere = replace(ROW, ward_code="00004")
    found = {one.id: one for one in overlaid(index.dataset, OperatorRegister(rows=(ROW, elsewhere))).premises}
    inside, outside = found["00070-2"].position, found["00004-2"].position
    assert inside is not None
    assert outside is not None
    assert (inside.inside_ward, outside.inside_ward) == (True, False)


def test_communes_have_no_premises_to_lay_over(old_index: WardIndex) -> None:
    assert overlaid(old_index.dataset, OperatorRegister(rows=(ROW,))) is old_index.dataset


def test_a_row_of_an_unknown_ward_is_damage(index: WardIndex) -> None:
    with pytest.raises(DataDamaged, match="99999"):
        overlaid(index.dataset, OperatorRegister(rows=(replace(ROW, ward_code="99999"),)))


def test_the_file_comes_back_as_it_went(tmp_path: Path) -> None:
    bare = replace(ROW, number=1, lon=None, lat=None, method=None, uncertainty_m=None, valid_from=None)
    held = load_operator_register(written(tmp_path / "r.json", bare, ROW))
    assert held.rows == (bare, ROW)
    assert len(held.version) == 12
    assert held.imported == {"00070-1": date(2026, 1, 2), "00070-2": date(2026, 1, 2)}
    assert register_bytes(held) == (tmp_path / "r.json").read_bytes()


def test_no_file_is_missing_data(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="premises import"):
        load_operator_register(tmp_path / "none.json")


@pytest.mark.parametrize(
    "damage",
    [
        {"status": "open"},
        {"lon": None},
        {"lon": "105.8"},
        {"lat": float("nan")},
        {"confidence": "Z"},
        {"address": None},
        {"imported_on": "yesterday"},
        {"extra": 1},
    ],
)
def test_a_damaged_row_is_refused(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = written(tmp_path / "r.json", ROW)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"][0] |= damage
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataDamaged):
        load_operator_register(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"schema_version": 2, "rows": [], "history": []}'])
def test_what_is_no_register_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataDamaged):
        load_operator_register(path)
