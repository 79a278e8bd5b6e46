"""OGC API – Features: Part 1 (Core, GeoJSON, HTML, OpenAPI 3.0) and Part 2 (reference systems) over the layers.

::

    request ─▶ negotiation ─▶ query ─▶ features ─▶ documents (JSON) or pages (HTML)
"""
