// Draws the wards with their names, and marks on the map what an answer says.
import { dress, giveName, hoverTip, nameWards, still } from "./map_parts.js";

// `onWard` hears of presses on wards, where somebody listens to wards and not to places.
export function wardMap(map, options, onWard) {
  const shapes = new Map();
  const city = L.latLngBounds([]);
  const over = { pane: "lines", interactive: false, fill: false };
  let marks = [];
  let finely = false;
  // Borders stand over the streets, or the streets along them would hide them.
  Object.assign(map.createPane("lines").style, { zIndex: 420, pointerEvents: "none" });

  function draw(coverage) {
    const tip = hoverTip(map);
    coverage.wards.forEach((ward) => {
      const layer = L.polygon(corners(ward), { className: "ward" }).addTo(map);
      giveName(layer, ward.name);
      tip(layer, () => ward.fullName);
      if (onWard) layer.on("click", () => onWard(ward.code));
      shapes.set(ward.code, layer);
      city.extend(layer.getBounds());
    });
    map.fitBounds(city, { padding: [8, 8], animate: false });
    map.on("zoomend", nameAll);
  }

  // Draw the same wards by finer lines; for high zooms, where the coarse ones would be seen to miss the streets.
  function refine(coverage) {
    if (finely || !shapes.size) return;
    finely = true;
    coverage.wards.forEach((ward) => {
      const layer = shapes.get(ward.code).setLatLngs(corners(ward));
      layer.outline?.setLatLngs(corners(ward));
    });
    L.polyline(coverage.arcs.map(({ points }) => points.map(([lon, lat]) => [lat, lon])), { ...over, className: "border" }).addTo(map).bringToBack();
  }

  const corners = (ward) => ward.rings.map((ring) => ring.map(([lon, lat]) => [lat, lon]));

  // Mark what the answer says: its wards, its place and how exactly that is known.
  function show(said, move) {
    marks.forEach((mark) => mark.remove());
    marks = [];
    shapes.forEach((layer) => (layer.outline = null));
    const codes = said ? said.dataset.codes.split(" ") : [];
    const close = said?.dataset.close; // a place between wards: show it and not all of them
    const bounds = L.latLngBounds([]);
    shapes.forEach((layer, code) => {
      layer.chosen = codes.includes(code);
      layer.getElement().classList.toggle("chosen", layer.chosen);
      if (!layer.chosen) return;
      layer.bringToFront();
      if (!close) bounds.extend(layer.getBounds());
      layer.outline = L.polygon(layer.getLatLngs(), { ...over, className: "outline" });
      marks.push(layer.outline);
    });
    if (said && !close && !bounds.isValid()) bounds.extend(city);
    if (said?.dataset.lon) {
      const at = L.latLng(said.dataset.lat, said.dataset.lon);
      const looks = { pane: "tooltipPane", interactive: false };
      if (said.dataset.accuracy) marks.push(L.circle(at, { ...looks, className: "disc", radius: Number(said.dataset.accuracy) }));
      marks.push(L.circleMarker(at, { ...looks, className: "spot", radius: 7 }));
      bounds.extend(at);
      move ||= !map.getBounds().contains(at);
    }
    marks.forEach((mark) => mark.addTo(map));
    if (said?.dataset.accuracy) bounds.extend(marks.find((mark) => mark.getRadius).getBounds());
    if (move && bounds.isValid()) map.fitBounds(bounds, { padding: map.getSize().divideBy(6), maxZoom: 16, animate: !still });
    nameAll();
  }

  const nameAll = () => nameWards(map, shapes.values());

  dress(map, options, city);
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
  return { draw, refine, show, drawn: () => shapes.size > 0 };
}
