"""What a router still knows of the addresses that it was asked about."""

from __future__ import annotations

from geo.routing import Router


def remembered(router: Router) -> int:
    """Count the parts, names and units of addresses, and the streets cut for them, that are kept in memory."""
    parser = router.knowledge.parser
    caches = (parser._read_part, parser._read_names, router.units.resolve)
    return sum(cache.cache_info().currsize for cache in caches) + len(router.streets._remembered)
