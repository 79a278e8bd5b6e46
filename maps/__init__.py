"""The maps: folium documents and the words on them. Knows no HTTP."""
