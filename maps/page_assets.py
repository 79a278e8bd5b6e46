"""The scripts, styles and files that pages load, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal

from xstatic.pkg import leaflet

from maps.folium_map import start_script

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ASSET_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".bin": "application/octet-stream",
}

_MODULES: Final = (
    "coverage.js",
    "map_parts.js",
    "ward_map.js",
    "combobox.js",
    "offline_lookup.js",
    "local_answer.js",
    "street_lines.js",
    "ward_finder.js",
    "crosswalk_map.js",
    "premises_parts.js",
    "premises_map.js",
    "trial_map.js",
)
"""Our ES modules, each after those that it imports."""

PageName = Literal["ward_finder", "ward_file", "unit_pages", "crosswalk_map", "premises_map", "trial_map", "annex"]

_STYLES: Final[Mapping[PageName, Sequence[str]]] = {
    "ward_finder": ("map.css", "pages.css", "ward_finder.css"),
    "ward_file": ("map.css", "pages.css", "ward_finder.css"),
    "unit_pages": ("pages.css", "unit_pages.css"),
    "crosswalk_map": ("map.css", "pages.css", "unit_pages.css"),
    "premises_map": ("map.css", "pages.css", "figures.css", "premises_map.css"),
    "trial_map": ("map.css", "pages.css", "figures.css", "trial_map.css"),
    "annex": ("trial_annex.css",),
}

_MAPS: Final[Mapping[PageName, tuple[str, str, str]]] = {
    "ward_finder": ("ward_finder.js", "wards", "wardFinder"),
    "ward_file": ("standalone.js", "wards", "wardFinder"),
    "crosswalk_map": ("crosswalk_map.js", "pieces", "piecesMap"),
    "premises_map": ("premises_map.js", "premises", "premisesMap"),
    "trial_map": ("trial_map.js", "trial", "trialMap"),
}
"""The module of each page with a map, the map's name, and the function of the module that takes the map."""

_STATIC_IMPORT: Final = re.compile(r'^import .*"\./([a-z_]+\.js)";\n', re.MULTILINE)
_NEIGHBOUR: Final = re.compile(r'"\./([a-z_]+\.js)"')
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a page needs, under an address that changes with its content."""

    name: str
    content: bytes
    path: str = field(init=False, repr=False, compare=False)
    """The address of the asset below ``/assets/``."""

    def __post_init__(self) -> None:
        stem, dot, suffix = self.name.rpartition(".")
        path = f"{stem}.{hashlib.sha256(self.content).hexdigest()[:12]}{dot}{suffix}"
        object.__setattr__(self, "path", path)

    @property
    def address(self) -> str:
        """The address of the asset on its server."""
        return f"/assets/{self.path}"

    @property
    def is_module(self) -> bool:
        """Whether it is an ES module."""
        return self.name in _MODULES


@dataclass(frozen=True, slots=True)
class PageAssets:
    """What one page loads.

    Parameters
    ----------
    styles, scripts
        In their order.
    imported
        The modules that the page's own imports at once; the browser may fetch them without waiting for it.
    later
        The modules that come when they are first used.
    """

    styles: Sequence[Asset] = ()
    scripts: Sequence[Asset] = ()
    imported: Sequence[Asset] = ()
    later: Sequence[Asset] = ()

    @property
    def every(self) -> Sequence[Asset]:
        """All of them."""
        return (*self.styles, *self.scripts, *self.imported, *self.later)


@cache
def assets() -> Mapping[str, Asset]:
    """Return the scripts and styles of all pages by name: Leaflet's from its package, and our own.

    A module names its neighbours as they lie in ``maps/assets``; here it gets their addresses instead, so that all of
    them may be kept for ever.
    """
    texts = {"leaflet.js": _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")}
    texts |= {name: source(name) for styles in _STYLES.values() for name in styles}
    texts["map.css"] = _leaflet("leaflet.css") + texts["map.css"]
    texts |= {f"start-{name}.js": start_script(name, function) for _, name, function in _MAPS.values()}
    found = {name: Asset(name, text.encode()) for name, text in texts.items()}
    for name in _MODULES:
        linked = _NEIGHBOUR.sub(lambda match: f'"./{found[match[1]].path}"', source(name))
        found[name] = Asset(name, linked.encode())
    return found


@cache
def page_assets(page: PageName) -> PageAssets:
    """Return what a page loads from the service."""
    found = assets()
    styles = [found[name] for name in _STYLES[page]]
    if page not in _MAPS:
        return PageAssets(styles)
    module, name, _ = _MAPS[page]
    at_once = _with_imports(_STATIC_IMPORT, module)
    return PageAssets(
        styles=styles,
        scripts=[found["leaflet.js"], found[module], found[f"start-{name}.js"]],
        imported=[found[one] for one in at_once[:-1]],
        later=[found[one] for one in _with_imports(_NEIGHBOUR, module) if one not in at_once],
    )


def inline_styles(page: PageName) -> list[str]:
    """Return the styles of a page that is one file."""
    return [assets()[name].content.decode() for name in _STYLES[page]]


def inline_scripts(page: PageName) -> list[str]:
    """Return the scripts of a page that is one file: its modules as one, for from disk modules may not be there."""
    module, name, _ = _MAPS[page]
    parts = (_EXPORT.sub("", _STATIC_IMPORT.sub("", source(one))) for one in _with_imports(_STATIC_IMPORT, module))
    joined = '"use strict";\n{\n' + "\n".join(parts) + "}\n"
    return [assets()["leaflet.js"].content.decode(), joined, assets()[f"start-{name}.js"].content.decode()]


def source(name: str) -> str:
    """Return the text of one of our own assets."""
    return (resources.files("maps") / "assets" / name).read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    return (resources.files(leaflet) / "data" / name).read_text(encoding="utf-8")


def _with_imports(kind: re.Pattern[str], module: str) -> list[str]:
    """Return a module and all that it imports, each after those that it imports itself."""
    needed = [one for name in kind.findall(source(module)) for one in _with_imports(kind, name)]
    return list(dict.fromkeys([*needed, module]))
