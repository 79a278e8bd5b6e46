"""The documentation tells the truth: commands parse, answers come out, tables match the code."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from api.app import create_app
from api.command_line.parser import build_parser
from api.settings import Settings
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.vi.md", *sorted((ROOT / "docs").glob("*.md"))]


def code_blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


COMMANDS = sorted(
    {
        line.strip()
        for page in PAGES
        for block in code_blocks(page, "sh")
        for line in block.splitlines()
        if line.startswith("hanoi-wards")
    }
)


def test_there_is_something_to_check() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shown_is_one_the_parser_takes(command: str) -> None:
    options = build_parser("en").parse_args(shlex.split(command)[1:])
    assert callable(options.run)


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert {"run", "test", "check", "bench"} <= shown <= targets


def test_the_python_example_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = code_blocks(ROOT / "README.md", "python")
    exec(example, {})
    said = re.findall(r"# (.+)$", example, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == said


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `HANOI_WARDS_(\w+)` \| (.+?) \|", (ROOT / "docs/api.md").read_text(), re.MULTILINE))
    assert {name.lower() for name in rows} == set(Settings.model_fields)
    for name, shown in rows.items():
        default = Settings.model_fields[name.lower()].default
        assert shown.strip("`") == (str(default) if default not in (None, "") else shown)


def test_every_route_is_documented() -> None:
    rows = set(re.findall(r"^\| `(GET|POST) (\S+)` \|", (ROOT / "docs/api.md").read_text(), re.MULTILINE))
    paths = create_app(Settings()).openapi()["paths"]
    served = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert rows == served


def test_every_room_is_described_and_every_described_room_exists() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `((?:geo|maps|api|data|tests)[\w/.]*)` \|", text, re.MULTILINE))
    rooms = {
        f"geo/{path.name}" + ("/" if path.is_dir() else "")
        for path in (ROOT / "geo").iterdir()
        if not path.name.startswith("_") and path.name != "embedded_data"
    }
    assert rooms == {room for room in described if room.startswith("geo/")}
    assert all((ROOT / room).exists() for room in described)


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_figures_of_the_readme_are_those_of_the_manifests() -> None:
    facts = json.loads((ROOT / "data/premises/MANIFEST.json").read_text())["facts"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert (
        f"{facts['premises_total']}\npremises {facts['known']} are known here, {facts['with_address']} with an address"
        in readme
    )
    assert f"{facts['with_position']} with a position" in readme


def test_the_accuracy_in_the_readme_is_the_accuracy_that_was_measured() -> None:
    measured = (ROOT / "docs/accuracy.md").read_text(encoding="utf-8")
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    far = re.search(r"more than 100 m from a ward's edge \| [\d,]+ \| ([\d.]+) % \| ([\d.]+) % \| ([\d.]+) %", measured)
    peer = re.search(r"vietnamadminunits, no network \| [\d.]+ % \| ([\d.]+) %", measured)
    assert far is not None
    assert peer is not None
    assigned, right, held = far.groups()
    assert (
        f"{assigned} % are assigned and {right} % of these are right, and the set holds the truth in {held} %" in readme
    )
    assert f"is right in {peer[1]} % of what it answers there" in readme


def test_nothing_names_a_machine_or_a_registry() -> None:
    """No absolute path of a machine and no package index in anything that is committed as text."""
    forbidden = re.compile(
        r"(/home/|/root/|/work/|/tmp/|pypi\.org|pythonhosted|registry\.npmjs|--index-url|find-links)"
    )
    for page in [*PAGES, *ROOT.glob("*.toml"), *ROOT.glob("*.lock"), ROOT / "Makefile", ROOT / ".ci/run"]:
        assert not forbidden.search(page.read_text(encoding="utf-8")), page.name
