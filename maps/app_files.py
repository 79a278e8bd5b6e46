"""What makes the page an app: icons, manifest, service worker. All drawn and written here."""

from __future__ import annotations

import hashlib
import json
import math
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely

from maps.finder_words import finder_words
from maps.page_assets import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.errors import Language
    from geo.locate import WardIndex
    from maps.page_assets import Asset

ICON_SIZES = (192, 512)

_GROUND, _LAND = (163, 40, 28), (253, 252, 249)
_ROOM = 0.68
"""How much of the icon the city fills: phones may cut everything outside a circle away."""

_SAMPLES = 2
_LATITUDE = math.radians(21.0)


def icon_png(index: WardIndex, size: int) -> bytes:
    """Draw the city's outline as a square picture."""
    count = size * _SAMPLES
    west, south, east, north = shapely.total_bounds(index.dataset.geometries)
    span = max((east - west) * math.cos(_LATITUDE), north - south) / _ROOM
    offset = ((np.arange(count) + 0.5) / count - 0.5) * span
    lons, lats = np.meshgrid((west + east) / 2 + offset / math.cos(_LATITUDE), (south + north) / 2 - offset)
    inside = index.locate_many(lons.ravel(), lats.ravel()).reshape(count, count) >= 0
    share = inside.reshape(size, _SAMPLES, size, _SAMPLES).mean(axis=(1, 3))[:, :, None]
    return _png(np.round(share * _LAND + (1 - share) * _GROUND).astype(np.uint8))


def icon_svg(shapes: NDArray[np.object_]) -> bytes:
    """Draw the city's outline as an SVG of a few hundred bytes."""
    city = shapely.simplify(shapely.coverage_union_all(shapes), 0.006)
    west, south, east, north = city.bounds
    scale = 100 * _ROOM / max((east - west) * math.cos(_LATITUDE), north - south)
    rings = []
    for part in shapely.get_parts(city):
        points = shapely.get_coordinates(part.exterior)[:-1]
        x = 50 + (points[:, 0] - (west + east) / 2) * math.cos(_LATITUDE) * scale
        y = 50 - (points[:, 1] - (south + north) / 2) * scale
        rings.append("M" + " ".join(f"{a:.0f},{b:.0f}" for a, b in zip(x, y, strict=True)) + "z")
    ground, land = ("#" + bytes(colour).hex() for colour in (_GROUND, _LAND))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="18" '
        f'fill="{ground}"/><path fill="{land}" d="{"".join(rings)}"/></svg>'
    ).encode()


def web_manifest(icons: Sequence[tuple[Asset, str]], lang: Language) -> bytes:
    """Describe the app to a phone; ``icons`` with their sizes."""
    words = finder_words(lang)
    manifest = {
        "name": words["title"],
        "short_name": words["short_title"],
        "description": words["lead"],
        "lang": lang,
        "start_url": f"/?lang={lang}",
        "id": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fdfcf9",
        "theme_color": "#a3281c",
        "icons": [
            {"src": icon.address, "sizes": sizes, "type": f"image/{'svg+xml' if sizes == 'any' else 'png'}"}
            for icon, sizes in icons
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()


def service_worker(pages: Sequence[str], kept: Iterable[Asset], data_version: str) -> bytes:
    """Write the worker that keeps pages and their files for use without a network.

    Its cache is named by everything in it, so a new version of anything is a new cache and the old one is dropped.
    """
    addresses = list(dict.fromkeys(asset.address for asset in kept))
    script = source("service_worker.js")
    digest = hashlib.sha256("\n".join([*pages, *addresses, data_version, script]).encode()).hexdigest()[:12]
    known = {"VERSION": digest, "PAGES": pages, "ASSETS": addresses}
    return "".join([*(f"const {name} = {json.dumps(value)};\n" for name, value in known.items()), script]).encode()


def _png(pixels: NDArray[np.uint8]) -> bytes:
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
