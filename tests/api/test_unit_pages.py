"""Pages of wards and old communes, their lists, and the old-to-new map, as they come without any script."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from maps.paths import old_unit_path, ward_path
from tests.api.problems import assert_problem
from tests.api.test_pages import NASTY, Elements

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex

EVERY_KIND = (
    "/phuong-xa",
    "/phuong-xa/00070-hoan-kiem",
    "/don-vi-cu",
    "/don-vi-cu/00118-ngoc-thuy",
    "/ban-do/sap-xep",
    "/ban-do/sap-xep?xa=00118",
    "/ban-do/sap-xep?huyen=004",
    "/ban-do/sap-xep?phuong=00070",
)


def in_english(path: str) -> str:
    return path + ("&" if "?" in path else "?") + "lang=en"


def rows(html: str) -> list[str]:
    """Return the text of every row in the body of the page's table."""
    body = html.partition("<tbody")[2].partition("</tbody>")[0]
    return [
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip()
        for row in re.split(r"<tr\b[^>]*>", body)[1:]
    ]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_page_can_be_shared_and_read(client: TestClient, path: str) -> None:
    titles = set()
    for lang, address in (("vi", path), ("en", in_english(path))):
        response = client.get(address)
        assert response.status_code == 200
        page = Elements(response.text)
        assert ("html", {"lang": lang}) in page.tags
        links = [attributes for tag, attributes in page.tags if tag == "link"]
        assert [link["href"] for link in links if link.get("rel") == "canonical"] == [address]
        assert {link["hreflang"] for link in links if link.get("rel") == "alternate"} == {"vi", "en"}
        metas = {one.get("name") or one.get("property"): one.get("content") for tag, one in page.tags if tag == "meta"}
        title = re.findall(r"<title>(.*?)</title>", response.text)[0]
        titles.add(title)
        assert unescape(title) == metas["og:title"]
        assert len(metas["description"] or "") > 40
        assert metas["description"] == metas["og:description"]
        assert [tag for tag, _ in page.tags].count("h1") == 1
        assert "1656/NQ-UBTVQH15" in page.text
        assert re.search(r"(phiên bản dữ liệu|data version) [0-9a-f]{12}", page.text)
        for tag, attributes in page.tags:
            loaded = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
            if loaded and loaded.startswith("/assets/"):
                assert client.get(loaded).status_code == 200
    assert len(titles) == 2, "each language has its own title"


@pytest.mark.parametrize("path", EVERY_KIND)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get(in_english(path), headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_every_unit_has_one_address(client: TestClient, index: WardIndex, crosswalk: Crosswalk) -> None:
    for path in (
        *(ward_path(crosswalk.wards[ward.code]) for ward in index.wards[::9]),
        *(old_unit_path(unit) for unit in list(crosswalk.old_units.values())[::40]),
    ):
        assert client.get(path, follow_redirects=False).status_code == 200
        for wrong in (path + "x", path.rpartition("-")[0] + "-nothing", re.sub(r"(\d{5}).*", r"\1", path)):
            moved = client.get(f"{wrong}?lang=en", follow_redirects=False)
            assert (moved.status_code, moved.headers["location"]) == (308, f"{path}?lang=en")


def test_a_ward_tells_everything_known(client: TestClient) -> None:
    html = client.get("/phuong-xa/00070-hoan-kiem").text
    page = Elements(html)
    assert page.codes == "00070"
    for said in (
        "Phường Hoàn Kiếm",
        "00070, từ 01/7/2025",
        "mã này là của Phường Hàng Trống (Quận Hoàn Kiếm)",
        "105.301 người",
        "Số 126 Hàng Trống",
        "xác định theo đường phố, sai số khoảng 230 m; dấu A trên hình",
        "được lập từ 14 đơn vị cũ, theo khoản 1",
        "một phần diện tích tự nhiên, quy mô dân số",
        "toàn bộ diện tích tự nhiên, quy mô dân số",
        "gần đúng",
    ):
        assert said in page.text, said
    assert len(rows(html)) == 14
    linked = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert {
        "/phuong-xa/00082-cua-nam?lang=vi",
        "/don-vi-cu/00070-hang-trong?lang=vi",
        "/ban-do/sap-xep?phuong=00070&lang=vi",
    } <= linked
    assert "105,301 people" in Elements(client.get("/phuong-xa/00070-hoan-kiem?lang=en").text).text


def test_a_ward_without_a_position_or_an_address_says_so(client: TestClient, index: WardIndex) -> None:
    unplaced = next(one for one in index.dataset.premises if one.position is None and one.address)
    text = Elements(client.get(f"/phuong-xa/{unplaced.ward_code}").text).text
    assert "Vị trí: chưa xác định, nên không có trên hình" in text
    nameless = next(one for one in index.dataset.premises if one.address is None)
    text = Elements(client.get(f"/phuong-xa/{nameless.ward_code}").text).text
    assert "Địa chỉ chưa được công bố dạng văn bản" in text
    assert "có thể còn trụ sở chưa nêu ở đây" in text


def test_all_wards_say_whose_code_they_reuse(client: TestClient, index: WardIndex, crosswalk: Crosswalk) -> None:
    for ward in index.wards[::5]:
        old = crosswalk.old_units[ward.code]
        assert (
            f"mã này là của {old.full_name} ({old.district})"
            in Elements(client.get(f"/phuong-xa/{ward.code}").text).text
        )


def test_a_retired_code_is_answered_with_its_successors(client: TestClient) -> None:
    response = client.get("/phuong-xa/00001-phuc-xa")
    assert response.status_code == 404
    assert "00001 là mã của Phường Phúc Xá (Quận Ba Đình)" in Elements(response.text).text
    (row,) = rows(response.text)
    assert "Phường Hồng Hà" in row
    assert "khoản 14" in row
    assert 'href="/phuong-xa/00097-hong-ha?lang=vi"' in response.text
    assert "It is now in" in client.get("/phuong-xa/00001?lang=en").text


def test_an_old_commune_tells_where_it_went(client: TestClient) -> None:
    html = client.get("/don-vi-cu/00118-ngoc-thuy").text
    first, second = rows(html)
    assert first == (
        "1 Phường Hồng Hà một phần diện tích tự nhiên (không có dân cư) Dân cư: không có · khoản 14 khoảng 37 %"
    )
    assert second.startswith("2 Phường Bồ Đề phần còn lại sau khi sắp xếp Dân cư: toàn bộ · khoản 40 khoảng 63")
    text = Elements(html).text
    assert "ai cư trú ở đây thì nay thuộc Phường Bồ Đề" in text
    assert "vẽ bằng nét đứt" in text
    assert "mã này là của Phường Bồ Đề" in text
    assert 'href="/ban-do/sap-xep?xa=00118&amp;lang=vi"' in html
    assert "được chia về 2 nơi" in Elements(client.get("/don-vi-cu/00040").text).text


def test_every_old_commune_names_its_links(client: TestClient, crosswalk: Crosswalk) -> None:
    for code in list(crosswalk.old_units)[::25]:
        links = crosswalk.successors(code)
        told = rows(client.get(f"/don-vi-cu/{code}?lang=en").text)
        assert len(told) == len(links)
        for (link, ward), row in zip(links, told, strict=True):
            assert ward.full_name in row
            assert f"clause {link.clause}" in row


@pytest.mark.parametrize("path", ["/phuong-xa", "/don-vi-cu"])
def test_an_unknown_code_is_a_page_and_a_malformed_one_a_problem(client: TestClient, path: str) -> None:
    response = client.get(f"{path}/99999?lang=en")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "99999" in Elements(response.text).text
    assert_problem(client.get(f"{path}/hoan-kiem"), 422, field="code")


def test_lists_hold_every_unit(client: TestClient) -> None:
    assert len(rows(client.get("/phuong-xa").text)) == 126
    assert len(rows(client.get("/don-vi-cu").text)) == 526
    page = Elements(client.get("/phuong-xa").text)
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert {head.get("scope") for head in heads} == {"col", "row"}
    assert [head.get("aria-sort") for head in heads if head.get("scope") == "col"] == ["ascending"] + [None] * 4
    assert "caption" in [tag for tag, _ in page.tags]


def test_lists_are_sorted_by_addresses(client: TestClient) -> None:
    def first(query: str) -> str:
        return rows(client.get(f"/phuong-xa?{query}").text)[0]

    assert first("").startswith("Xã An Khánh")
    assert first("xep=-ten").startswith("Xã Yên Xuân")
    populations = [int(row.split()[-3].replace(".", "")) for row in rows(client.get("/phuong-xa?xep=dan").text)]
    assert populations == sorted(populations)
    assert rows(client.get("/phuong-xa?xep=nothing").text) == rows(client.get("/phuong-xa").text)
    page = Elements(client.get("/phuong-xa?xep=dan&huyen=004").text)
    addresses = [a["href"] for tag, a in page.tags if tag == "a" and (a["href"] or "").startswith("?")]
    assert "?huyen=004&xep=-dan&lang=vi" in addresses


def test_lists_are_filtered_by_name_and_district(client: TestClient, crosswalk: Crosswalk) -> None:
    assert [row.partition(" 0")[0] for row in rows(client.get("/phuong-xa?ten=HOAN kiem").text)] == ["Phường Hoàn Kiếm"]
    dan_phuong = {unit.district_code for unit in crosswalk.old_units.values() if unit.district == "Huyện Đan Phượng"}
    found = rows(client.get(f"/don-vi-cu?ten=tân&huyen={dan_phuong.pop()}").text)
    assert [row.partition(" Huyện")[0] for row in found] == ["Xã Tân Hội", "Xã Tân Lập"]
    wards = rows(client.get("/phuong-xa?huyen=004").text)
    assert {row.split(" 0")[0] for row in wards} >= {"Phường Bồ Đề", "Phường Hồng Hà"}
    assert "Không có đơn vị nào khớp" in client.get("/phuong-xa?ten=zzz").text
    assert "Không có đơn vị nào khớp" in client.get("/phuong-xa?ten=!!!").text


@pytest.mark.parametrize(
    "path",
    ["/phuong-xa?ten={}", "/phuong-xa?xep={}", "/don-vi-cu?huyen={}", "/ban-do/sap-xep?xa={}", "/phuong-xa/00070-{}"],
)
def test_what_stands_in_an_address_is_never_markup(client: TestClient, path: str) -> None:
    for text in (NASTY, "x" * 3000):
        html = client.get(path.format(quote(text, safe=""))).text
        assert "<img" not in html
        assert not [attributes for _, attributes in Elements(html).tags if "onerror" in attributes]


def test_the_map_answers_without_a_script(client: TestClient) -> None:
    html = client.get("/ban-do/sap-xep").text
    page = Elements(html)
    assert [a["method"] for tag, a in page.tags if tag == "form"] == ["get"] * 3
    assert sum(tag == "option" for tag, _ in page.tags) == 526 + 30 + 126 + 3
    assert not rows(html)
    for query, links in (("xa=00118", 2), ("phuong=00070", 14), ("huyen=004", 31)):
        html = client.get(f"/ban-do/sap-xep?{query}").text
        assert len(rows(html)) == links, query
        assert "<svg" in html
        assert len([a for tag, a in Elements(html).tags if tag == "option" and "selected" in a]) == 1
    assert "Phường Long Biên" in html


@pytest.mark.parametrize("query", ["xa=99999", "huyen=999", "phuong=00001", "phuong=x"])
def test_the_map_says_what_it_does_not_know(client: TestClient, query: str) -> None:
    response = client.get(f"/ban-do/sap-xep?{query}&lang=en")
    assert response.status_code == 404
    assert "No unit has the code" in Elements(response.text).text
    assert Elements(response.text).by_id("problem")
