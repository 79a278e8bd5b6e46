"""``hanoi-wards crosswalk`` and ``hanoi-wards map crosswalk``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.command_line.arguments import add_subject
from geo.crosswalk import Crosswalk
from geo.errors import UnknownUnit
from geo.locate import WardIndex
from geo.model import Subject
from geo.pieces import Pieces
from geo.stores import open_store
from maps.words import share_wording

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.model import OldUnit


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command to the parser."""
    law = command(
        "crosswalk",
        run,
        say("xã cũ về đâu theo Nghị quyết 1656", "where an old commune went by Nghị quyết 1656"),
    )
    law.add_argument("unit", help=say("tên (không kèm loại) hoặc mã", "name (without its type) or code"))
    law.add_argument("--type", help=say("phường, xã hoặc thị trấn", "phường, xã or thị trấn"))
    law.add_argument("--district", help=say("quận, huyện, thị xã cũ", "old district"))
    add_subject(
        law,
        say(
            "resident: theo phần dân cư; parcel: theo phần diện tích",
            "resident: by the wording on the population; parcel: by that on the area",
        ),
    )


def run(options: argparse.Namespace, lang: Language) -> int:
    """Print what a code or name may mean, and where each old commune's residents or parcels went."""
    crosswalk = Crosswalk.open()
    if options.unit.isdigit():
        readings = crosswalk.readings_of_code(options.unit)
    else:
        readings = crosswalk.readings_of_name(options.unit, type_=options.type, district=options.district)
    if not (readings.wards or readings.old_units):
        raise UnknownUnit(
            vi=f"Không có đơn vị cũ hay mới nào tên hoặc mã {options.unit!r}.",
            en=f"No old or new unit has the name or code {options.unit!r}.",
            field="unit",
        )
    for ward in readings.wards:
        since = "từ 01/7/2025" if lang == "vi" else "since 1 July 2025"
        print(f"{ward.full_name} ({ward.code}, {since})")
    for unit in readings.old_units:
        _print_old(crosswalk, unit, Subject(options.subject), lang)
    if not readings.settled:
        print(
            "! Nhiều cách hiểu: hãy nêu thêm loại, quận huyện hoặc thời điểm."
            if lang == "vi"
            else "! Several readings: add a type, a district or a date."
        )
    return 0


def _print_old(crosswalk: Crosswalk, unit: OldUnit, subject: Subject, lang: Language) -> None:
    until = "đến 30/6/2025" if lang == "vi" else "until 30 June 2025"
    print(f"{unit.full_name}, {unit.district} ({unit.code}, {until})")
    for link, ward in crosswalk.destinations(unit.code, subject):
        clause = "khoản" if lang == "vi" else "clause"
        print(f"  → {ward.full_name} ({ward.code}): {share_wording(link.share, lang)}, {clause} {link.clause}")


def run_map(options: argparse.Namespace, lang: Language) -> int:
    """Write the old-to-new map as one file."""
    # folium is slow to load, and only this needs it
    from maps.crosswalk_map import FILE_TOLERANCE_M, crosswalk_file  # noqa: PLC0415
    from maps.unit_pages import UnitData  # noqa: PLC0415

    store = open_store()
    old, new = (WardIndex(store.dataset(generation)) for generation in store.generations())
    data = UnitData(
        index=new,
        crosswalk=Crosswalk.between(old.dataset, new.dataset),
        pieces=Pieces.open(store, tolerance_m=FILE_TOLERANCE_M),
    )
    html = crosswalk_file(data, old.dataset.districts, lang)
    options.output.write_text(html, encoding="utf-8")
    print(f"{options.output} ({len(html.encode()) / 1e6:.1f} MB)")
    return 0
