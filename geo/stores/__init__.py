"""Where datasets come from: one port, and the stores behind it."""

from geo.stores.dataset import Dataset, GazetteerTables, NamedStreets, Store
from geo.stores.embedded import EmbeddedStore, embedded_data_dir, open_store

__all__ = ["Dataset", "EmbeddedStore", "GazetteerTables", "NamedStreets", "Store", "embedded_data_dir", "open_store"]
