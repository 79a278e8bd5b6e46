// Street lines and names at street zoom, fetched by square of some 4.6 km and drawn under the answer's marks.
import { element } from "./map_parts.js";

const SQUARES = 13; // the zoom that the squares are numbered by
const FROM_ZOOM = 14;
const NAMES_FROM = { street: 16, alley: 17.5 };
const MOST_NAMES = 60;

export function streetLines(map, address, credit) {
  const squares = new Map();
  const names = L.layerGroup().addTo(map);
  const pane = map.createPane("streets");
  pane.style.zIndex = 410; // over the wards, under everything that can be pressed
  pane.style.pointerEvents = "none";
  pane.setAttribute("aria-hidden", "true");
  const renderer = L.svg({ pane: "streets" });
  const looks = { pane: "streets", renderer, interactive: false };

  async function load(x, y) {
    const answer = await fetch(`${address}/${SQUARES}/${x}/${y}.json`);
    if (!answer.ok) throw new Error(answer.status);
    const { origin, quantum, streets } = await answer.json();
    const read = streets.map(([name, alley, lines]) => ({ name, alley, lines: lines.map((steps) => points(steps, origin, quantum)) }));
    if (read.length) map.attributionControl.addAttribution(element("span", credit).innerHTML);
    const kind = (alley) => read.filter((street) => street.alley === alley).flatMap((street) => street.lines);
    return {
      streets: read,
      layers: [L.polyline(kind(1), { ...looks, className: "alley" }), L.polyline(kind(0), { ...looks, className: "street" })],
    };
  }

  async function square(x, y) {
    const key = `${x}/${y}`;
    if (!squares.has(key)) {
      squares.set(key, null);
      try {
        squares.set(key, await load(x, y));
      } catch {
        squares.delete(key); // without a network there are no streets; the next move tries again
      }
    }
    return squares.get(key);
  }

  async function draw() {
    const wanted = map.getZoom() >= FROM_ZOOM ? inView(map) : [];
    const found = (await Promise.all(wanted.map(([x, y]) => square(x, y)))).filter(Boolean);
    const now = map.getZoom() >= FROM_ZOOM ? found : [];
    squares.forEach((one) => one?.layers.forEach((layer) => (now.includes(one) ? layer.addTo(map) : layer.remove())));
    label(now.flatMap((one) => one.streets));
  }

  // A name stands on its longest line in view, turned along it, where no other name is near.
  function label(streets) {
    names.clearLayers();
    const zoom = map.getZoom();
    const view = map.getBounds();
    const placed = [];
    const shown = streets.filter(({ alley }) => zoom >= NAMES_FROM[alley ? "alley" : "street"]);
    shown.map((street) => ({ street, spot: spotOn(map, street, view) }))
      .filter(({ spot }) => spot)
      .sort((a, b) => a.street.alley - b.street.alley || b.spot.length - a.spot.length)
      .forEach(({ street, spot }) => {
        const half = street.name.length * 3.4;
        const clear = placed.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > Math.max(other.half, half) + 14);
        if (!clear || placed.length >= MOST_NAMES || spot.length < 2 * half) return;
        placed.push({ ...spot, half });
        const text = element("span", street.name);
        text.style.rotate = `${spot.angle}rad`;
        const icon = L.divIcon({ className: "street-name", html: text, iconSize: null });
        names.addLayer(L.marker(map.containerPointToLatLng(spot), { icon, pane: "streets", interactive: false, keyboard: false }));
      });
  }

  map.on("moveend", draw);
  draw();
}

function points(steps, [x, y], quantum) {
  const found = [];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    found.push([y * quantum, x * quantum]);
  }
  return found;
}

function inView(map) {
  const { min, max } = map.getPixelBounds();
  const size = 256 * 2 ** (map.getZoom() - SQUARES);
  const found = [];
  for (let x = Math.floor(min.x / size); x <= Math.floor(max.x / size); x++) {
    for (let y = Math.floor(min.y / size); y <= Math.floor(max.y / size); y++) found.push([x, y]);
  }
  return found;
}

function spotOn(map, { lines }, view) {
  let best = null;
  lines.forEach((line) => {
    const seen = line.filter((point) => view.contains(point)).map((point) => map.latLngToContainerPoint(point));
    if (seen.length < 2) return;
    const length = seen.slice(1).reduce((sum, point, i) => sum + point.distanceTo(seen[i]), 0);
    if (best && length <= best.length) return;
    const at = Math.floor((seen.length - 1) / 2);
    const [from, to] = [seen[at], seen[at + 1]];
    const angle = Math.atan((to.y - from.y) / (to.x - from.x || 1e-9));
    best = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, angle, length };
  });
  return best;
}
