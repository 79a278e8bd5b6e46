"""The measuring itself: what counts as right, as held by the set, and as a point of the chart."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from geo.model import RouteQuery
from geo.routing import Router
from geo.routing.decide import ASSIGN_AT, KEEP_ABOVE, MOST_CHOICES, STREET_ALONE_AT
from tests.accuracy import measure
from tests.accuracy.chart import curve, write_chart
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


def answer(router: Router, address: str, truth: str, peer: str | None = None) -> measure.Answer:
    return measure.Answer(truth, "made up", 500.0, router.route(RouteQuery(address=address)), peer)


def test_right_wrong_and_held_are_told_apart(router: Router) -> None:
    right = answer(router, "phường Hàng Bạc, Hoàn Kiếm", "00070", "00070")
    wrong = answer(router, "phường Hàng Bạc, Hoàn Kiếm", "00004", "00070")
    held = answer(router, "phường Thịnh Liệt, Hoàng Mai", "00316")
    assert (right.assigned, right.right, right.contained) == (True, True, True)
    assert (wrong.assigned, wrong.right, wrong.contained) == (True, False, False)
    assert (held.assigned, held.right, held.contained) == (False, False, True)
    assert held.score == 0.0  # a name alone earns nothing
    assert measure.figures([right, wrong, held]) == ["3", "66.7 %", "50.0 %", "66.7 %", "4.00"]


def test_the_page_holds_figures_and_no_address(router: Router) -> None:
    found = [answer(router, "12 phố Bí Mật, phường Hàng Bạc, Hoàn Kiếm", "00070", "00070")]
    written = measure.page(found)
    assert "| all rows | 1 |" in written
    assert "Bí Mật" not in written


def test_without_the_data_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measure, "SOURCE", ROOT / "no/such/file.csv")
    assert measure.main() == 0
    assert "nothing is measured" in capsys.readouterr().out


def test_the_curve_counts_ties_together() -> None:
    points = curve([(1.0, True), (1.0, False), (0.9, True), (0.0, False)])
    assert points == [(1.0, 0.5, 0.5), (0.9, 0.75, pytest.approx(2 / 3))]


def test_the_chart_is_the_same_each_time(tmp_path: Path) -> None:
    scored = [(1.0, True)] * 60 + [(0.98, True)] * 30 + [(0.8, False)] * 10
    for name in ("a.svg", "b.svg"):
        write_chart(tmp_path / name, scored, assign_at=ASSIGN_AT)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
    assert first == second
    assert ET.fromstring(first).tag.endswith("svg")


def test_the_documents_state_the_thresholds_that_are_used() -> None:
    routing = (ROOT / "docs/routing.md").read_text(encoding="utf-8")
    for figure in (
        f"at least {ASSIGN_AT}",
        f"({STREET_ALONE_AT} where",
        f"up to {MOST_CHOICES} wards",
        f"below {KEEP_ABOVE}",
    ):
        assert figure in routing
    assert f"assigned from {ASSIGN_AT}" in (ROOT / "docs/accuracy.md").read_text(encoding="utf-8")
