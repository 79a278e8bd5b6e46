"""Unfinished projects of the old districts: which wards each touches, how much of it, and who may lead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.cases.projects.output import PROJECT_COLUMNS, check_target, write_answers
from geo.cases.projects.reading import ReadOptions, read_projects
from geo.cases.projects.shares import Piece, ProjectAnswer, Role, Shape, WardShapes

if TYPE_CHECKING:
    from pathlib import Path

    from geo.errors import Language
    from geo.locate import WardIndex

__all__ = [
    "PROJECT_COLUMNS",
    "Piece",
    "ProjectAnswer",
    "ProjectsReport",
    "ReadOptions",
    "Role",
    "Shape",
    "WardShapes",
    "answer_projects",
    "read_projects",
]


@dataclass(slots=True)
class ProjectsReport:
    """What was done: projects answered, rows written, projects by what came out of them."""

    projects: int = 0
    rows: int = 0
    outcomes: Counter[Role] = field(default_factory=Counter)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def answer_projects(
    source: Path,
    target: Path,
    *,
    index: WardIndex,
    options: ReadOptions | None = None,
    lang: Language = "vi",
    overwrite: bool = False,
) -> ProjectsReport:
    """Write, for every project of a file, each ward that it touches with its share.

    Raises
    ------
    TableError, InvalidCoordinate
        The file cannot be read or written, or its CRS is not known.
    """
    check_target(target, overwrite=overwrite)
    found = read_projects(source, options or ReadOptions())
    shapes = WardShapes(index)
    answers = [shapes.answer(project) for project in found.projects]
    version = f"{index.dataset.generation.id}/{index.dataset.data_version}"
    rows = write_answers(target, answers, found.attributes, version=version, lang=lang, overwrite=overwrite)
    # The first piece tells: the lead, those who may lead, or that there is none.
    firsts = [answer.pieces[0] for answer in answers]
    return ProjectsReport(
        projects=len(answers),
        rows=rows,
        outcomes=Counter(piece.role for piece in firsts),
        errors=[
            (answer.project.number, "; ".join(note.message(lang) for note in piece.notes))
            for answer, piece in zip(answers, firsts, strict=True)
            if piece.role is Role.ERROR
        ],
        notices=[notice.message(lang) for notice in found.notices],
    )
