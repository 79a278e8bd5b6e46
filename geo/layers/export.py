"""Every layer in every format, into a folder with a list of what is in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.layers.files import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from geo.layers.files import Format
    from geo.layers.layer import Layer

LISTING: Final = "downloads.json"
LISTING_VERSION: Final = 1


def export_layers(layers: Mapping[str, Layer], folder: Path, *, day: date) -> dict[str, Any]:
    """Write the files and their listing.

    The files are finished beside the folder's own and then put in place, the listing last: who reads meanwhile finds
    files that do not match the old listing, and says so, rather than halves.

    Parameters
    ----------
    folder
        Made where it is missing. Other files in it are left alone.
    day
        Date to give the files.

    Returns
    -------
    dict
        What ``downloads.json`` holds: ``data_version``, ``day``, and of each file its name, layer, format, size in
        bytes, sha256 and licence.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".export-", dir=folder))
    try:
        files = [_written(layer, form, work) for layer, form in _wanted(layers)]
        listing = {
            "schema_version": LISTING_VERSION,
            "data_version": next(iter(layers.values())).data_version,
            "day": day.isoformat(),
            "files": files,
        }
        text = json.dumps(listing, ensure_ascii=False, indent=1)
        (work / LISTING).write_text(text + "\n", encoding="utf-8")
        for name in (*(file["name"] for file in files), LISTING):
            (work / name).replace(folder / name)
    finally:
        shutil.rmtree(work)
    return listing


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wanted(layers: Mapping[str, Layer]) -> Iterator[tuple[Layer, Format]]:
    return ((layer, form) for layer in layers.values() for form in FORMATS if form.only in {"", layer.id})


def _written(layer: Layer, form: Format, folder: Path) -> dict[str, Any]:
    path = folder / f"{layer.id}.{form.suffix}"
    form.write(layer, path)
    return {
        "name": path.name,
        "layer": layer.id,
        "format": form.suffix,
        "size": path.stat().st_size,
        "sha256": file_sha256(path),
        "licence": {"vi": layer.licence.vi, "en": layer.licence.en},
    }
