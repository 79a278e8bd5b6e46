"""The committed facts of the trial: whole, sourced, and nothing inferred."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.integrity import Severity, check_store
from geo.model import PhaseKey
from geo.model.trial import Participation
from tests.conftest import ROOT

if TYPE_CHECKING:
    from geo.model import TrialFacts
    from geo.stores import EmbeddedStore


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> TrialFacts:
    return store.trial()


def test_the_plan(facts: TrialFacts) -> None:
    assert [(phase.key, phase.first_day, phase.last_day) for phase in facts.phases] == [
        (PhaseKey.TRAINING, date(2025, 6, 19), date(2025, 6, 19)),
        (PhaseKey.OPERATION, date(2025, 6, 20), date(2025, 6, 26)),
        (PhaseKey.REVIEW, date(2025, 6, 27), date(2025, 6, 27)),
    ]
    assert facts.days == tuple(date(2025, 6, day) for day in range(20, 27))
    assert [content.number for content in facts.contents if content.our_reading] == [8, 9, 10]


def test_all_126_wards_took_part_and_a_source_says_so(facts: TrialFacts, store: EmbeddedStore) -> None:
    units = store.dataset(store.generations()[1]).units
    assert [one.ward_code for one in facts.participation] == [unit.code for unit in units]
    assert all(one.source.url and one.source.url.startswith("https://") for one in facts.participation)
    names = {unit.code: unit.name for unit in units}
    named = {names[one.ward_code] for one in facts.participation if one.named}
    assert named == {"Tây Mỗ", "Cửa Nam", "Hoàn Kiếm", "Hồng Hà", "Quốc Oai", "Kiều Phú", "Hưng Đạo", "Phú Cát"}
    assert all(one.named_source for one in facts.participation if one.named)


def test_branches_and_groups_are_placed_only_where_a_source_places_them(facts: TrialFacts) -> None:
    assert [branch.number for branch in facts.branches if branch.address] == [1, 2, 7]
    assert [branch.number for branch in facts.branches if not branch.sources] == [4, 5, 8, 9, 10, 11, 12]
    assert {group.number: [d.name for d in group.districts] for group in facts.groups if group.districts} == {
        1: ["Huyện Quốc Oai", "Quận Ba Đình"],
        5: ["Quận Long Biên", "Huyện Gia Lâm"],
    }
    assert {group.number for group in facts.groups if group.head} == {1, 5}, "no number is taken from the list's order"
    assert len(facts.heads) == 11
    everything = [*facts.phases, *facts.contents]
    assert all(one.source.url for one in everything)


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda facts: {"participation": facts.participation[1:]}, "trial-wards"),
        (lambda facts: {"participation": [*facts.participation[1:], facts.participation[1]]}, "trial-wards"),
        (
            lambda facts: {
                "participation": [
                    *facts.participation[1:], Participation("99999", facts.participation[0].source, None, None),
                ]
            },
            "trial-wards",
        ),
        (lambda facts: {"branches": facts.branches[:11]}, "trial"),
        (
            lambda facts: {
                "branches": [dataclasses.replace(facts.branches[0], ward_codes=("00001",)), *facts.branches[1:]]
            },
            "trial-wards",
        ),
        (
            lambda facts: {
                "branches": [dataclasses.replace(facts.branches[0], premises_id="00070-9"), *facts.branches[1:]]
            },
            "trial-wards",
        ),
        (lambda facts: {"groups": facts.groups[1:]}, "trial"),
        (lambda facts: {"contents": facts.contents[::-1]}, "trial"),
    ],
)  # fmt: skip
def test_each_check_can_fail(store: EmbeddedStore, facts: TrialFacts, change: object, check: str) -> None:
    class Tampered:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def trial(self) -> TrialFacts:
            return dataclasses.replace(facts, **change(facts))  # type: ignore[operator]

    found = {finding.check for finding in check_store(Tampered()) if finding.severity is Severity.ERROR}  # type: ignore[arg-type]
    assert found == {check}


def test_the_folder_names_its_sources_and_holds_no_figure_of_a_ward() -> None:
    text = (ROOT / "data/trial/SOURCES.md").read_text(encoding="utf-8")
    assert text.count("- Licence: ") == text.count("\n## ") == 3
    assert "received" not in "".join(path.name for path in (ROOT / "data/trial").iterdir())
