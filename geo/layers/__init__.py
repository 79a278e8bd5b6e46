"""The data as layers: one table with shapes for each kind of thing, the same for every way of handing it out.

::

    datasets, pieces ──▶ layers_of ──▶ Layer ──▶ OGC API – Features
                                           └───▶ export_layers: GeoParquet, FlatGeobuf, GeoPackage, GeoJSON, CSV …
"""

from geo.layers.layer import Column, Kind, Layer
from geo.layers.tables import LAYER_IDS, layers_of, open_layers

__all__ = ["LAYER_IDS", "Column", "Kind", "Layer", "layers_of", "open_layers"]
