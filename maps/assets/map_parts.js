// What all maps are made with: small tools, buttons for who cannot drag, names that stand where they fit.
// Colours and line widths are the style sheet's; here things only get their class.

export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });

export const optionsOf = (given) => JSON.parse(document.getElementById(given.optionsFrom).textContent);
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

// The form to compare: no diacritics, lower case, single spaces; as `fold` in geo/text.
export function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  return plain.replace(/[^0-9a-z]+/g, " ").trim();
}

export async function got(address, read = "json") {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return response[read]();
}

// Give a map its words, its buttons and the operator's background; `city` is what the middle button shows.
export function dress(map, { words, tiles }, city) {
  const container = map.getContainer();
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
  container.setAttribute("aria-describedby", "map-help");
  container.querySelectorAll(".leaflet-control-zoom a").forEach((link, i) => {
    link.title = [words.zoomIn, words.zoomOut][i];
    link.setAttribute("aria-label", link.title);
  });
  map.attributionControl.setPrefix("");
  if (tiles.url) {
    L.tileLayer(tiles.url, { attribution: element("span", tiles.attribution).innerHTML }).addTo(map);
    container.classList.add("tiled");
  }
  if (still) {
    const panBy = map.panBy;
    map.panBy = (offset, how) => panBy.call(map, offset, { ...how, animate: false });
  }
}

// One tooltip of our own for all wards, as text or as an element: Leaflet's listens for focus, which makes 126 paths 126 tab stops.
export function hoverTip(map) {
  const tip = L.tooltip({ offset: [12, 0] });
  const hovers = matchMedia("(hover: hover)").matches;
  return (layer, says) => {
    if (!hovers) return;
    const content = (said) => (typeof said === "string" ? element("span", said) : said);
    layer.on("mouseover mousemove", (event) => tip.setContent(content(says())).setLatLng(event.latlng).addTo(map));
    layer.on("mouseout", () => tip.remove());
  };
}

// Give a ward's layer its name to stand on the map; `lines` are what it says.
export function giveName(layer, name, pane = "markerPane") {
  layer.room = roomForName(layer);
  layer.lines = [name];
  layer.face = element("span", name);
  layer.name = L.marker(layer.room.at, { pane, interactive: false, keyboard: false, icon: L.divIcon({ className: "name", html: layer.face, iconSize: null }) });
}

// Names stand where they fit into their ward, or nearly, and cover no other; the chosen ward's always stands.
export function nameWards(map, layers) {
  const placed = [];
  const degree = (256 * 2 ** map.getZoom()) / 360;
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = `600 12px ${getComputedStyle(map.getContainer()).fontFamily}`;
  const order = [...layers].sort((a, b) => Boolean(b.chosen) - Boolean(a.chosen) || b.room.width - a.room.width);
  order.forEach((layer) => {
    const half = Math.max(...layer.lines.map((line) => ruler.measureText(line).width)) / 2 + 3;
    const { x, y } = map.project(layer.room.at);
    const tall = 1 + 15 * layer.lines.length;
    const clear = placed.every((other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > tall);
    const fits = clear && 2 * half < layer.room.width * degree * 1.3;
    if (!fits && !layer.chosen) return layer.name.remove();
    if (fits) placed.push({ x, y, half });
    const bounds = layer.getBounds();
    layer.name.setLatLng(fits ? layer.room.at : [bounds.getSouth(), bounds.getCenter().lng]);
    layer.name.setZIndexOffset(layer.chosen ? 1000 : 0).addTo(map);
    layer.name.getElement().classList.toggle("chosen", Boolean(layer.chosen));
    layer.name.getElement().classList.toggle("below", !fits);
  });
}

// The widest level line through a ward, rather in its middle than at its rim: there a name fits best.
function roomForName(layer) {
  const bounds = layer.getBounds();
  const parts = layer.getLatLngs();
  const rings = L.LineUtil.isFlat(parts[0]) ? parts : parts.flat();
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
