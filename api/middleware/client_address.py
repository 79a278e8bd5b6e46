"""Who asks, where a proxy stands between: its word is taken only when it is one of the operator's."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class ClientAddress:
    """Put the client's address and scheme in the place of the trusted proxy's.

    Parameters
    ----------
    trusted
        Networks in CIDR form, separated by commas or spaces.
    """

    def __init__(self, app: ASGIApp, *, trusted: str) -> None:
        self.app = app
        self._networks = [ipaddress.ip_network(network) for network in trusted.replace(",", " ").split()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope.get("client") and self._trusts(_address(scope["client"][0])):
            forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
            scope["client"] = (self._client(scope["client"][0], b",".join(forwarded).decode("latin-1")), 0)
            schemes = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
            if schemes and schemes[-1] in (b"http", b"https"):
                scope["scheme"] = schemes[-1].decode()
        await self.app(scope, receive, send)

    def _client(self, peer: str, forwarded: str) -> str:
        """Walk from the nearest hop outwards, to the first that is not a trusted proxy: beyond it anything is claim."""
        client = peer
        for part in reversed(forwarded.split(",")):
            address = _address(part.strip())
            if address is None:
                break
            client = str(address)
            if not self._trusts(address):
                break
        return client

    def _trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self._networks)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
