// Draws the wards with their names, and marks on the map what an answer says.
// Colours and line widths are the style sheet's; here things only get their class.

export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });

export function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

// `onWard` hears of presses on wards, where somebody listens to wards and not to places.
export function wardMap(map, options, onWard) {
  const words = options.words;
  const container = map.getContainer();
  const shapes = new Map();
  const city = L.latLngBounds([]);
  const ruler = document.createElement("canvas").getContext("2d");
  const over = { pane: "lines", interactive: false, fill: false };
  let marks = [];
  let finely = false;
  // Borders stand over the streets, or the streets along them would hide them.
  Object.assign(map.createPane("lines").style, { zIndex: 420, pointerEvents: "none" });

  function draw(coverage) {
    // One tooltip of our own: Leaflet's listens for focus, which makes 126 paths 126 tab stops.
    const tip = L.tooltip({ offset: [12, 0] });
    const hovers = matchMedia("(hover: hover)").matches;
    coverage.wards.forEach((ward) => {
      const layer = L.polygon(corners(ward), { className: "ward" }).addTo(map);
      layer.ward = ward;
      layer.room = roomForName(layer);
      layer.name = L.marker(layer.room.at, {
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: "name", html: element("span", ward.name), iconSize: null }),
      });
      if (hovers) {
        layer.on("mouseover mousemove", (event) => tip.setContent(element("span", ward.fullName)).setLatLng(event.latlng).addTo(map));
        layer.on("mouseout", () => tip.remove());
      }
      if (onWard) layer.on("click", () => onWard(ward.code));
      shapes.set(ward.code, layer);
      city.extend(layer.getBounds());
    });
    if (options.tiles.url) container.classList.add("tiled");
    map.fitBounds(city, { padding: [8, 8], animate: false });
    map.on("zoomend", nameWards);
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
    nameWards();
  }

  // Names stand where they fit into their ward, or nearly, and cover no other; the chosen ward's always stands.
  function nameWards() {
    const placed = [];
    const degree = (256 * 2 ** map.getZoom()) / 360;
    ruler.font = `600 12px ${getComputedStyle(container).fontFamily}`;
    [...shapes.values()].sort((a, b) => b.chosen - a.chosen || b.room.width - a.room.width).forEach((layer) => {
      const half = ruler.measureText(layer.ward.name).width / 2 + 3;
      const { x, y } = map.project(layer.room.at);
      const clear = placed.every((other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > 16);
      const fits = clear && 2 * half < layer.room.width * degree * 1.3;
      if (!fits && !layer.chosen) return layer.name.remove();
      if (fits) placed.push({ x, y, half });
      const bounds = layer.getBounds();
      layer.name.setLatLng(fits ? layer.room.at : [bounds.getSouth(), bounds.getCenter().lng]);
      layer.name.setZIndexOffset(layer.chosen ? 1000 : 0).addTo(map);
      layer.name.getElement().classList.toggle("chosen", layer.chosen);
      layer.name.getElement().classList.toggle("below", !fits);
    });
  }

  addControls(map, options, city);
  return { draw, refine, show, drawn: () => shapes.size > 0 };
}

// The widest level line through a ward, rather in its middle than at its rim: there a name fits best.
function roomForName(layer) {
  const bounds = layer.getBounds();
  const rings = layer.getLatLngs();
  let best = { worth: -1, width: 0, at: bounds.getCenter() };
  for (let step = 1; step < 12; step++) {
    const lat = bounds.getSouth() + ((bounds.getNorth() - bounds.getSouth()) * step) / 12;
    const cuts = rings.flatMap((ring) => ring.flatMap((from, i) => {
      const to = ring[(i + 1) % ring.length];
      return from.lat > lat === to.lat > lat ? [] : [from.lng + ((lat - from.lat) / (to.lat - from.lat)) * (to.lng - from.lng)];
    })).sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const width = cuts[i + 1] - cuts[i];
      const worth = width * (1 - Math.abs(step / 6 - 1) / 2);
      if (worth > best.worth) best = { worth, width, at: L.latLng(lat, (cuts[i] + cuts[i + 1]) / 2) };
    }
  }
  return best;
}

function addControls(map, { words, tiles }, city) {
  const container = map.getContainer();
  // Buttons for who cannot drag: four ways, and back to the whole city.
  const steering = L.control({ position: "bottomright" });
  steering.onAdd = () => {
    const pad = element("div", "", "steer");
    const pan = (x, y) => () => map.panBy([x * 120, y * 120], { animate: !still });
    const whole = () => city.isValid() && map.fitBounds(city, { padding: [8, 8], animate: !still });
    [["↑", words.up, pan(0, -1)], ["←", words.left, pan(-1, 0)], ["⌂", words.whole, whole], ["→", words.right, pan(1, 0)], ["↓", words.down, pan(0, 1)]].forEach(([sign, text, act]) => {
      const button = element("button", sign);
      button.type = "button";
      button.title = text;
      button.setAttribute("aria-label", text);
      button.addEventListener("click", act);
      pad.append(button);
    });
    L.DomEvent.disableClickPropagation(pad);
    return pad;
  };
  steering.addTo(map);
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", words.map);
  container.querySelectorAll(".leaflet-control-zoom a").forEach((link, i) => {
    link.title = [words.zoomIn, words.zoomOut][i];
    link.setAttribute("aria-label", link.title);
  });
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
  map.attributionControl.setPrefix("");
  if (tiles.url) L.tileLayer(tiles.url, { attribution: element("span", tiles.attribution).innerHTML }).addTo(map);
  if (still) {
    const panBy = map.panBy;
    map.panBy = (offset, how) => panBy.call(map, offset, { ...how, animate: false });
  }
}
