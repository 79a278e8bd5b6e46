"""`/v1/trial` with and without reports. All figures of wards are made up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from api.trial_reports import TrialReports
from api.trial_schemas import Trial
from api.trial_schemas import TrialReports as Listing
from geo.trial import Figure, TrialFigures
from tests.api.problems import assert_problem
from tests.api.with_settings import app_with
from tests.made_up_trial import AT, made_up_folder, made_up_reports

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore

TRIAL, REPORTS = "/v1/trial", "/v1/trial/reports"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore, index: WardIndex) -> Path:
    codes = [unit.code for unit in index.wards]
    return made_up_folder(tmp_path_factory.mktemp("trial"), store.trial(), codes)


@pytest.fixture(scope="module")
def loaded(app: FastAPI, folder: Path, store: EmbeddedStore, index: WardIndex) -> TestClient:
    reporting = app_with(app)
    trial = TrialReports(store.trial(), index.dataset, folder)
    reporting.state.services = replace(reporting.state.services, trial=trial)
    return TestClient(reporting)


@pytest.fixture(scope="module")
def figures(store: EmbeddedStore, index: WardIndex) -> TrialFigures:
    facts, codes = store.trial(), [unit.code for unit in index.wards]
    return TrialFigures(facts, codes, made_up_reports(facts, codes))


def get(client: TestClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_answers_are_the_declared_models(client: TestClient, loaded: TestClient) -> None:
    for one in (client, loaded):
        for url, model in ((TRIAL, Trial), (f"{REPORTS}?ward=00070", Listing)):
            body = get(one, url)
            assert model.model_validate(body).model_dump(mode="json") == body


def test_the_facts_are_those_of_the_data_each_with_its_source(client: TestClient, store: EmbeddedStore) -> None:
    body, facts = get(client, f"{TRIAL}?lang=en"), store.trial()
    assert body["days"] == [f"2025-06-{day}" for day in range(20, 27)]
    assert [phase["name"] for phase in body["phases"]] == [phase.name.en for phase in facts.phases]
    assert [one["number"] for one in body["contents"]] == list(range(1, 11))
    assert [one["our_reading"] for one in body["contents"]] == [one.our_reading for one in facts.contents]
    assert [one["code"] for one in body["participation"]] == [one.ward_code for one in facts.participation]
    assert sum(one["named"] is not None for one in body["participation"]) == 8
    assert (len(body["branches"]), len(body["groups"]), len(body["participation"])) == (12, 11, 126)
    assert sum(branch["address"] is not None for branch in body["branches"]) == 3
    sources = [one["source"] for name in ("phases", "contents", "participation") for one in body[name]]
    assert all(source["title"] and source["url"] for source in sources)
    assert body["branches_source"]["url"] == facts.branches_source.url
    assert get(client, f"{TRIAL}?lang=vi")["contents"][0]["name"] == facts.contents[0].short.vi


def test_the_answer_says_which_data_it_is_from(client: TestClient, store: EmbeddedStore) -> None:
    for url in (TRIAL, REPORTS):
        body = get(client, url)
        assert (body["generation"], body["data_version"]) == ("2025-07-01", store.data_version)
        assert body["attribution"]


def test_without_reports_it_says_so_and_shows_no_figure(client: TestClient) -> None:
    nothing = {"loaded": False, "version": 0, "imported_at": None}
    assert get(client, TRIAL)["reports"] == nothing
    body = get(client, REPORTS)
    assert {name: body[name] for name in nothing} == nothing
    assert (body["count"], body["wards_reporting"]) == (0, 0)
    assert body["items"] == body["figures"] == body["gaps"] == []


def test_reports_are_those_loaded(loaded: TestClient, figures: TrialFigures) -> None:
    assert get(loaded, TRIAL)["reports"] == {"loaded": True, "version": 1, "imported_at": AT.isoformat()}
    body = get(loaded, REPORTS)
    assert body["count"] == len(body["items"]) == len(figures.reports)
    assert body["wards_reporting"] == figures.reporting()
    for item, report in zip(body["items"], figures.reports, strict=True):
        assert (item["ward_code"], item["day"], item["content"]) == (
            report.ward_code, report.day.isoformat(), report.content,
        )  # fmt: skip
        for name in ("scenarios", "received", "resolved", "on_time", "median_minutes", "satisfaction_pct", "issues"):
            assert item[name] == getattr(report, name)
    values = {one["key"]: one["value"] for one in body["figures"]}
    assert values == {figure.name.lower(): figures.value(figure) for figure in Figure}
    missing = Counter({gap["ward_code"]: 0 for gap in body["gaps"]})
    for gap in body["gaps"]:
        missing[gap["ward_code"]] += len(gap["contents"])
    assert missing.total() == 126 * 7 * 10 - body["count"]
    assert {count for code, count in missing.items() if code not in figures.missing()} == {1}


@pytest.mark.parametrize(
    "asked",
    [{"ward": "00070"}, {"day": "2025-06-22"}, {"content": 6}, {"ward": "00070", "day": "2025-06-22", "content": 6}],
)
def test_filters(loaded: TestClient, figures: TrialFigures, asked: dict[str, Any]) -> None:
    body = loaded.get(REPORTS, params=asked).json()

    def fits(ward: str, day: str, content: int) -> bool:
        return all({"ward": ward, "day": day, "content": content}[name] == value for name, value in asked.items())

    expected = [one.key for one in figures.reports if fits(one.ward_code, one.day.isoformat(), one.content)]
    assert [(one["ward_code"], one["day"], one["content"]) for one in body["items"]] == [
        (ward, day.isoformat(), content) for ward, day, content in expected
    ]
    days = {} if "day" not in asked else {"day": figures.facts.days[2]}
    chosen = {**asked, **days}
    assert {one["key"]: one["value"] for one in body["figures"]} == {
        figure.name.lower(): figures.value(figure, **chosen) for figure in Figure
    }
    assert all(fits(gap["ward_code"], gap["day"], content) for gap in body["gaps"] for content in gap["contents"])
    wards, on, contents = (126, 1)["ward" in asked], (7, 1)["day" in asked], (10, 1)["content" in asked]
    assert sum(len(gap["contents"]) for gap in body["gaps"]) == wards * on * contents - body["count"]


def test_what_is_not_there(client: TestClient) -> None:
    retired = assert_problem(client.get(f"{REPORTS}?ward=00001"), 404, field="ward")
    assert retired["successors"] == client.get("/v1/wards/00001").json()["successors"] != []
    assert_problem(client.get(f"{REPORTS}?ward=99999"), 404, field="ward")
    assert_problem(client.get(f"{REPORTS}?ward=70"), 422, field="ward")
    assert_problem(client.get(f"{REPORTS}?day=2025-06-27"), 404, field="day")
    assert_problem(client.get(f"{REPORTS}?day=x"), 422, field="day")
    assert_problem(client.get(f"{REPORTS}?content=11"), 422, field="content")
    for url in (TRIAL, REPORTS):
        assert_problem(client.get(f"{url}?x=1"), 400, field="x")
        assert_problem(client.get(f"{url}?as_of=2025-06-30"), 404, field="as_of")


@pytest.mark.parametrize("url", [TRIAL, REPORTS])
def test_an_etag_saves_the_second_answer_until_reports_change(client: TestClient, loaded: TestClient, url: str) -> None:
    first = loaded.get(url)
    assert first.headers["cache-control"] == "no-cache"
    again = loaded.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "no-cache")
    assert client.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_reports_that_cannot_be_read_are_not_taken_for_none(
    app: FastAPI, tmp_path: Path, store: EmbeddedStore, index: WardIndex
) -> None:
    made_up_folder(tmp_path, store.trial(), [unit.code for unit in index.wards[:1]])
    (tmp_path / "versions/0001.csv").write_text("x")
    damaged = app_with(app)
    trial = TrialReports(store.trial(), index.dataset, tmp_path)
    damaged.state.services = replace(damaged.state.services, trial=trial)
    answer = TestClient(damaged).get(REPORTS)
    assert_problem(answer, 503)
    assert str(tmp_path) not in answer.text
