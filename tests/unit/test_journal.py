"""The journal: what is whole in it counts, whatever stands behind; and it only serves the work it was begun for."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cases.journal import MAGIC, Journal
from geo.cases.route_chunk import pack, unpack
from geo.errors import TableError

BINDING = {"input_sha256": "ab", "columns": [[0], None], "options": {"lang": "vi"}, "data_version": "1"}
CHUNKS = [(2, b"first"), (1, b""), (3, b"third" * 1000)]


def opened(path: Path, **options: Any) -> Journal:
    return Journal.open(path, options.pop("binding", BINDING), **options)


def begun(path: Path) -> Path:
    with opened(path) as journal:
        for rows, answers in CHUNKS:
            journal.append(rows, answers)
    return path


def kept(path: Path, **options: Any) -> tuple[int, list[tuple[int, bytes]]]:
    with opened(path, **options) as journal:
        return journal.rows, list(journal.answers())


def test_what_was_kept_is_read_back_and_can_be_added_to(tmp_path: Path) -> None:
    path = begun(tmp_path / "o.journal")
    assert kept(path) == (6, CHUNKS)
    with opened(path) as journal:
        assert list(journal.answers()) == CHUNKS
        journal.append(4, b"fourth")
        assert journal.rows == 10
    assert kept(path) == (10, [*CHUNKS, (4, b"fourth")])


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(begun(tmp_path / "o.journal").stat().st_mode) == 0o600


def test_every_torn_end_is_found_and_dropped(tmp_path: Path) -> None:
    whole = begun(tmp_path / "o.journal").read_bytes()
    path = tmp_path / "torn.journal"
    found = set()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        rows, chunks = kept(path)
        assert chunks == CHUNKS[: len(chunks)]
        assert rows == sum(rows for rows, _ in chunks)
        found.add(rows)
        if rows:
            with opened(path) as journal:
                journal.append(1, b"after")
            assert kept(path) == (rows + 1, [*chunks, (1, b"after")])
    assert found == {0, 2, 3}


@given(place=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_costs_what_follows_and_gives_no_wrong_answer(tmp_path: Path, place: int, bit: int) -> None:
    (tmp_path / "o.journal").unlink(missing_ok=True)  # of the example before
    whole = bytearray(begun(tmp_path / "o.journal").read_bytes())
    whole[place % len(whole)] ^= 1 << bit
    path = tmp_path / "flipped.journal"
    path.write_bytes(whole)
    try:
        _, chunks = kept(path)
    except TableError:
        assert place % len(whole) < len(MAGIC)
    else:
        assert chunks == CHUNKS[: len(chunks)]
    path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("part", "value", "vi", "en"),
    [
        ("input_sha256", "cd", "nội dung tệp vào", "the input's content"),
        ("columns", [[1], None], "các cột được đọc", "the columns read"),
        ("options", {"lang": "en"}, "lựa chọn của lệnh", "options of the command"),
        ("data_version", "2", "phiên bản dữ liệu", "the data version"),
        ("program_version", "9", "phiên bản chương trình", "the program version"),
    ],
)
def test_other_work_is_refused_and_kept_until_told_to_restart(
    tmp_path: Path, part: str, value: Any, vi: str, en: str
) -> None:
    path = begun(tmp_path / "o.journal")
    other = {**BINDING, part: value}
    with pytest.raises(TableError) as caught:
        opened(path, binding=other)
    for said, word in ((caught.value.vi, vi), (caught.value.en, en)):
        assert f"{word})" in said
        assert "o.journal" in said
        assert "--restart" in said
    assert kept(path) == (6, CHUNKS)
    assert kept(path, binding=other, restart=True) == (0, [])


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "o.journal"
    path.write_text("my diary", encoding="utf-8")
    for restart in (False, True):
        with pytest.raises(TableError, match="no journal of this program"):
            opened(path, restart=restart)
    assert path.read_text(encoding="utf-8") == "my diary"
    with pytest.raises(TableError, match=r"Cannot write “o.journal”"):
        opened(tmp_path / "none" / "o.journal")


def test_two_runs_cannot_hold_the_same_journal(tmp_path: Path) -> None:
    path = begun(tmp_path / "o.journal")
    with opened(path):
        for restart in (False, True):
            with pytest.raises(TableError, match="Another run") as caught:
                opened(path, restart=restart)
        assert "Một lần chạy khác" in caught.value.vi
    assert kept(path) == (6, CHUNKS)


def test_a_journal_without_answers_or_with_its_work_done_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "o.journal"
    with opened(path):
        assert path.exists()
    assert not path.exists()
    with opened(begun(path)) as journal:
        journal.finish({"output": {"sha256": "ef"}})
    with opened(path) as journal:
        assert journal.manifest == {"output": {"sha256": "ef"}}
        journal.remove()
        assert journal.removed
    assert not path.exists()


def test_answers_survive_packing(tmp_path: Path) -> None:
    answers = [("a", "phường Trúc Bạch", "", '"', "\n"), ("\ud800", "😀", "x" * 10_000, "", "")]
    with opened(tmp_path / "o.journal") as journal:
        journal.append(2, pack(answers))
        ((rows, packed),) = journal.answers()
    assert (rows, unpack(packed)) == (2, answers)
