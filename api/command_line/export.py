"""``hanoi-wards data export``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.layers import layers_of
from geo.layers.export import LISTING, export_layers
from geo.layers.tables import PIECES_TOLERANCE_M
from geo.pieces import Pieces
from geo.premises import load_operator_register, overlaid
from geo.stores import open_store

if TYPE_CHECKING:
    import argparse

    from geo.errors import Language


def run(options: argparse.Namespace, lang: Language) -> int:
    """Write every layer in every format, with the operator's register of premises where there is one."""
    from api.settings import Settings  # noqa: PLC0415  (pydantic is slow to load, and few commands need it)

    settings = Settings()
    store = open_store(options.data_dir or settings.data_dir)
    register = load_operator_register(settings.premises_register) if settings.premises_register else None
    old, new = (overlaid(store.dataset(generation), register) for generation in store.generations())
    layers = layers_of(old, new, Pieces.open(store, tolerance_m=PIECES_TOLERANCE_M))
    listing = export_layers(layers, options.output, day=datetime.now(UTC).astimezone().date())
    for file in listing["files"]:
        print(f"{file['sha256']}  {file['name']}")
    count, size = len(listing["files"]), sum(file["size"] for file in listing["files"]) / 1e6
    if lang == "vi":
        print(f"{count} tệp, {size:.1f} MB; danh mục: {options.output / LISTING}")
    else:
        print(f"{count} files, {size:.1f} MB; listing: {options.output / LISTING}")
    return 0
