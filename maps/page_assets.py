"""The scripts, styles and files that pages load, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from xstatic.pkg import leaflet

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSET_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".bin": "application/octet-stream",
}

MODULES = (
    "coverage.js",
    "ward_map.js",
    "combobox.js",
    "offline_lookup.js",
    "local_answer.js",
    "street_lines.js",
    "ward_finder.js",
)
"""The ward finder's ES modules, each after those that it imports."""

FIRST_MODULES = ("coverage.js", "ward_map.js")
"""What ``ward_finder.js`` needs at once; the rest comes when it is first used."""

_STANDALONE_MODULES = ("coverage.js", "ward_map.js", "standalone.js")

_NEIGHBOUR = re.compile(r'"\./([a-z_]+\.js)"')
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the page needs, under an address that changes with its content."""

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """The address of the asset below ``/assets/``."""
        stem, dot, suffix = self.name.rpartition(".")
        return f"{stem}.{hashlib.sha256(self.content).hexdigest()[:12]}{dot}{suffix}"

    @property
    def address(self) -> str:
        """The address of the asset on its server."""
        return f"/assets/{self.path}"


@cache
def assets() -> Mapping[str, Asset]:
    """Return the scripts and styles of the ward finder by name: Leaflet's from its package, and our own.

    A module names its neighbours as they lie in ``maps/assets``; here it gets their addresses instead, so that all of
    them may be kept for ever.
    """
    found = {}
    for name in ("leaflet.js", "leaflet.css"):
        content = (resources.files(leaflet) / "data" / name).read_bytes()
        found[name] = Asset(name, content.replace(b"//# sourceMappingURL=leaflet.js.map", b""))
    found["ward_finder.css"] = Asset("ward_finder.css", source("ward_finder.css").encode())
    for name in MODULES:
        linked = _NEIGHBOUR.sub(lambda match: f'"./{found[match[1]].path}"', source(name))
        found[name] = Asset(name, linked.encode())
    return found


def standalone_script() -> str:
    """Return the map's modules as one plain script, for a file that is opened from disk: modules may not be there."""
    parts = (_EXPORT.sub("", _IMPORT.sub("", source(name))) for name in _STANDALONE_MODULES)
    return '"use strict";\n{\n' + "\n".join(parts) + "}\n"


def source(name: str) -> str:
    """Return the text of one of our own assets."""
    return (resources.files("maps") / "assets" / name).read_text(encoding="utf-8")
