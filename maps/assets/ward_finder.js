// The ward finder: draws the wards, asks the server about a point, puts its answer in place.
// The answer is HTML rendered and escaped by the server's one template; nothing else is ever put in as HTML.
// Colours and line widths are the style sheet's; here things only get their class.
"use strict";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });

function wardFinder(map, given) {
  const options = JSON.parse(document.getElementById(given.optionsFrom).textContent);
  const words = options.words;
  const container = map.getContainer();
  const answer = document.getElementById("answer");
  const summary = document.getElementById("summary");
  const status = document.getElementById("status");
  const field = document.getElementById("q");
  const pick = document.getElementById("pick");
  const shapes = new Map();
  const city = L.latLngBounds([]);
  const ruler = document.createElement("canvas").getContext("2d");
  let marks = [];
  let asked = 0;

  function element(tag, text, className = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    return made;
  }

  function say(text, trouble = false) {
    status.textContent = text;
    status.classList.toggle("problem", trouble);
    if (trouble) status.scrollIntoView({ block: "nearest" });
  }

  // The position travels in the body of a POST, never in an address; only the last question is answered.
  async function ask(fields, move) {
    const turn = ++asked;
    let html = "";
    let trouble = "";
    say(words.asking);
    answer.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(fields);
      const response = await fetch(options.ask, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      if (response.ok) html = await response.text();
      else trouble = words.refused;
    } catch {
      trouble = words.failed;
    }
    if (turn !== asked) return;
    answer.removeAttribute("aria-busy");
    answer.innerHTML = html;
    summary.replaceChildren(...answer.querySelectorAll("#problem"));
    say(trouble, Boolean(trouble));
    show(move);
    document.querySelector("#summary [tabindex], #answer [tabindex]")?.focus();
  }

  // Ask about a place that was shown, not typed; the field then says which.
  function askAt(latlng, move, accuracy) {
    const at = latlng.wrap();
    const fields = { lon: at.lng.toFixed(6), lat: at.lat.toFixed(6) };
    field.value = `${fields.lat}, ${fields.lon}`;
    ask(accuracy ? { ...fields, accuracy } : fields, move);
  }

  // Mark in the field and on the map what the answer says.
  function show(move) {
    const problem = document.getElementById("problem");
    if (field) {
      field.setAttribute("aria-describedby", problem ? "problem q-hint" : "q-hint");
      if (problem) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    marks.forEach((mark) => mark.remove());
    marks = [];
    const said = answer.querySelector(".answer");
    const codes = said ? said.dataset.codes.split(" ") : [];
    const bounds = L.latLngBounds([]);
    shapes.forEach((layer, code) => {
      layer.chosen = codes.includes(code);
      layer.getElement().classList.toggle("chosen", layer.chosen);
      if (layer.chosen) bounds.extend(layer.bringToFront().getBounds());
    });
    if (said && !bounds.isValid()) bounds.extend(city);
    if (said?.dataset.lon) {
      const at = L.latLng(said.dataset.lat, said.dataset.lon);
      const looks = { pane: "tooltipPane", interactive: false };
      if (said.dataset.accuracy) marks.push(L.circle(at, { ...looks, className: "disc", radius: Number(said.dataset.accuracy) }));
      marks.push(L.circleMarker(at, { ...looks, className: "spot", radius: 7 }));
      marks.forEach((mark) => bounds.extend(mark.addTo(map).getBounds?.() ?? at));
      move ||= !map.getBounds().contains(at);
    }
    if (move && bounds.isValid()) map.fitBounds(bounds, { padding: map.getSize().divideBy(6), maxZoom: 16, animate: !still });
    nameWards();
  }

  function draw(collection) {
    // One tooltip of our own: Leaflet's listens for focus, which makes 126 paths 126 tab stops.
    const tip = L.tooltip({ offset: [12, 0] });
    const wards = L.geoJSON(collection, {
      style: { className: "ward" },
      onEachFeature: (feature, layer) => {
        const { code, name, full_name: fullName } = feature.properties;
        shapes.set(code, layer);
        layer.room = roomForName(layer);
        layer.name = L.marker(layer.room.at, {
          interactive: false,
          keyboard: false,
          icon: L.divIcon({ className: "name", html: element("span", name), iconSize: null }),
        });
        if (matchMedia("(hover: hover)").matches) {
          layer.on("mouseover mousemove", (event) => tip.setContent(element("span", fullName)).setLatLng(event.latlng).addTo(map));
          layer.on("mouseout", () => tip.remove());
        }
        if (options.cards) layer.on("click", () => choose(code, true));
      },
    }).addTo(map);
    if (options.tiles.url) container.classList.add("tiled");
    city.extend(wards.getBounds());
    map.fitBounds(city, { padding: [8, 8], animate: false });
    map.on("zoomend", nameWards);
    show(true);
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

  // Names stand where they fit into their ward, or nearly, and cover no other; the chosen ward's always stands.
  function nameWards() {
    const placed = [];
    const degree = (256 * 2 ** map.getZoom()) / 360;
    ruler.font = `600 12px ${getComputedStyle(container).fontFamily}`;
    [...shapes.values()].sort((a, b) => b.chosen - a.chosen || b.room.width - a.room.width).forEach((layer) => {
      const half = ruler.measureText(layer.feature.properties.name).width / 2 + 3;
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

  // In the file that opens without a network every card is already here.
  function choose(code, focus) {
    pick.value = code;
    answer.innerHTML = options.cards[code] ?? "";
    say(shapes.get(code)?.feature.properties.full_name ?? "");
    show(!focus);
    if (focus) answer.querySelector("[tabindex='-1']").focus();
  }

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
  if (options.tiles.url) L.tileLayer(options.tiles.url, { attribution: element("span", options.tiles.attribution).innerHTML }).addTo(map);
  if (still) {
    const panBy = map.panBy;
    map.panBy = (offset, how) => panBy.call(map, offset, { ...how, animate: false });
  }

  if (options.cards) {
    pick.addEventListener("change", () => choose(pick.value, false));
    draw(options.wards);
    return;
  }

  container.setAttribute("aria-describedby", "map-help");
  container.append(element("div", "", "crosshair"));
  map.on("click", (event) => askAt(event.latlng, false));
  container.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === container) askAt(map.getCenter(), false);
  });
  document.getElementById("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ q: field.value }, true);
  });
  const here = document.getElementById("here");
  if (isSecureContext && navigator.geolocation) {
    here.hidden = false;
    here.addEventListener("click", () => {
      const turn = ++asked;
      say(words.locating);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          if (turn !== asked) return;
          askAt(L.latLng(coords.latitude, coords.longitude), true, Math.max(1, Math.round(coords.accuracy)));
        },
        (failure) => {
          if (turn !== asked) return;
          say(failure.code === failure.PERMISSION_DENIED ? words.denied : words.noGeolocation, true);
        },
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
  show(true);
  fetch(options.wards)
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .then(draw)
    .catch(() => container.after(element("p", words.noWards, "hint")));
}
