"""The chart of precision against share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SMALLEST_SHARE = 0.3


def curve(scored: Sequence[tuple[float, bool]]) -> list[tuple[float, float, float]]:
    """Return (score, share of rows at or above it, share of these that are right), from the highest score down."""
    ranked = sorted(scored, reverse=True)
    points, right = [], 0
    for position, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        last_of_score = position == len(ranked) or ranked[position][0] < score
        if last_of_score and score > 0:
            points.append((score, position / len(ranked), right / position))
    return points


def write_chart(path: Path, scored: Sequence[tuple[float, bool]], *, assign_at: float) -> None:
    """Draw how precision falls as more rows are assigned by a lower score, with the score that is used."""
    mpl.rcParams["svg.hashsalt"] = "hanoi-wards"
    points = [point for point in curve(scored) if point[1] >= SMALLEST_SHARE]
    used = [point for point in points if point[0] >= assign_at][-1]
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([100 * share for _, share, _ in points], [100 * right for *_, right in points], color="#1f5f99")
    axes.plot([100 * used[1]], [100 * used[2]], "o", color="#b34700")
    axes.annotate(
        f"score {assign_at}: {100 * used[1]:.1f} % of rows, {100 * used[2]:.1f} % right",
        (100 * used[1], 100 * used[2]),
        xytext=(-12, -28),
        textcoords="offset points",
        ha="right",
    )
    axes.axhline(98.5, linestyle=":", color="#555")
    axes.axvline(72, linestyle=":", color="#555")
    axes.set_xlabel("rows assigned, %")
    axes.set_ylabel("of these right, %")
    axes.set_ylim(90, 100.2)
    axes.grid(visible=True, alpha=0.3)
    figure.savefig(path, metadata={"Date": None})
