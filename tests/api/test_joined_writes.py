"""What is written during one turn of the loop goes out together, in order, and never after the end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from api.connections import JoinedWrites

if TYPE_CHECKING:
    from collections.abc import Callable


class Wire:
    """A transport that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.told.append(data)

    def close(self) -> None:
        self.told.append("close")

    def is_closing(self) -> bool:
        return "close" in self.told

    def get_write_buffer_size(self) -> int:
        return 7


def told(use: Callable[[JoinedWrites], None]) -> list[bytes | str]:
    """Use a transport during one turn; return what the wire was told by the end of the next."""
    wire = Wire()

    async def turn() -> None:
        use(JoinedWrites(cast("asyncio.Transport", wire), asyncio.get_running_loop()))
        await asyncio.sleep(0)

    asyncio.run(turn())
    return wire.told


def written(*parts: bytes, close: bool = False) -> Callable[[JoinedWrites], None]:
    def use(transport: JoinedWrites) -> None:
        for part in parts:
            transport.write(part)
        if close:
            transport.close()

    return use


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (written(), []),
        (written(b"head"), [b"head"]),
        (written(b"head ", b"body"), [b"head body"]),
        (written(b"head ", b"body", close=True), [b"head body", "close"]),
        (written(close=True), ["close"]),
    ],
)
def test_a_turn_is_one_write(use: Callable[[JoinedWrites], None], expected: list[bytes | str]) -> None:
    assert told(use) == expected


def test_much_goes_out_at_once_and_the_rest_later() -> None:
    much = bytes(70_000)
    assert told(written(b"head ", much, b"tail")) == [b"head " + much, b"tail"]


def test_nothing_is_written_to_who_is_gone() -> None:
    def use(transport: JoinedWrites) -> None:
        transport.write(b"late")
        transport._transport.close()

    assert told(use) == ["close"]


def test_what_is_not_about_writing_is_the_transports_own() -> None:
    sizes: list[int] = []
    told(lambda transport: sizes.append(transport.get_write_buffer_size()))
    assert sizes == [7]
