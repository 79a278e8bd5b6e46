"""The page of whole layers to download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maps.frame import frame
from maps.page_parts import page_template, thousands
from maps.paths import DOWNLOADS
from maps.words import page_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import Language
    from geo.stores import Dataset

_KILO: Final = 1000
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Tải dữ liệu", "Download the data"),
    "lead": (
        "Mỗi lớp trọn vẹn trong từng định dạng: cùng số liệu như trang web, API và OGC API – Features.",
        "Each layer whole, in every format: the same figures as the pages, the API and OGC API – Features.",
    ),
    "none": (
        "Chưa có tệp nào được chuẩn bị để tải về. Dữ liệu vẫn đọc được qua OGC API – Features.",
        "No downloads are prepared. The data can still be read through OGC API – Features.",
    ),
    "features": ("Đọc qua OGC API – Features", "Read through OGC API – Features"),
    "file": ("Tệp", "File"),
    "format": ("Định dạng", "Format"),
    "size": ("Cỡ", "Size"),
    "day": ("Ngày", "Date"),
    "licence": ("Giấy phép và nguồn", "Licence and source"),
    "check": (
        "SHA-256 cho biết tệp tải về có nguyên vẹn không: so với kết quả của lệnh",
        "SHA-256 tells whether a file arrived whole: compare with the output of",
    ),
    "other_version": (
        "Các tệp này được làm từ phiên bản dữ liệu {version}, khác với dữ liệu đang dùng ở trang này.",
        "These files were made from data version {version}, which is not the one this site answers from.",
    ),
}


@dataclass(frozen=True, slots=True)
class DownloadLine:
    """One file as it is listed."""

    name: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """The files of one layer."""

    id: str
    title: str
    description: str
    licence: str
    day: str
    files: Sequence[DownloadLine]


def downloads_page(dataset: Dataset, groups: Sequence[DownloadGroup], lang: Language, *, version: str | None) -> str:
    """Render the page.

    Parameters
    ----------
    groups
        Empty where nothing is prepared.
    version
        Data version of the files; None where there are none.
    """
    words = page_words(_WORDS, lang)
    held = dataset.data_version
    stale = words["other_version"].format(version=version) if version not in {None, held} else ""
    return page_template("downloads.html").render(
        **frame(
            words,
            lang,
            generation=dataset.generation.id,
            data_version=dataset.data_version,
            page="unit_pages",
            path=DOWNLOADS,
            title=words["title"],
            description=words["lead"],
        ),
        groups=groups,
        stale=stale,
        root=DOWNLOADS,
        size_of=lambda size: _size(size, lang),
    )


def _size(size: int, lang: Language) -> str:
    if size < _KILO**2:
        return f"{thousands(size / _KILO, lang, 1)} kB"
    return f"{thousands(size / _KILO**2, lang, 1)} MB"
