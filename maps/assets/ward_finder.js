// The ward finder: draws the wards, asks the server about a point, puts its answer in place.
// The answer is HTML rendered and escaped by the server's one template; nothing else is ever put in as HTML.
"use strict";

function wardFinder(map, given) {
  const options = JSON.parse(document.getElementById(given.optionsFrom).textContent);
  const words = options.words;
  const answer = document.getElementById("answer");
  const styles = getComputedStyle(document.documentElement);
  const colour = (name) => styles.getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const quiet = { color: colour("--line"), weight: 1, fillColor: colour("--land"), fillOpacity: 0.5 };
  const chosen = { color: colour("--accent"), weight: 3, fillColor: colour("--accent"), fillOpacity: 0.25 };
  const shapes = new Map();
  let marks = [];

  function say(text) {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    answer.replaceChildren(line);
  }

  async function ask(fields) {
    say(words.asking);
    try {
      const response = await fetch(options.ask, { method: "POST", body: new URLSearchParams(fields) });
      if (!response.ok) throw new Error(String(response.status));
      answer.innerHTML = await response.text();
      show(true);
      (answer.querySelector("[tabindex='-1']") || answer).focus();
    } catch {
      say(words.failed);
    }
  }

  // Mark on the map what the answer in the page says.
  function show(move) {
    marks.forEach((mark) => mark.remove());
    marks = [];
    shapes.forEach((layer) => layer.setStyle(quiet));
    const field = document.getElementById("q");
    const problem = document.getElementById("problem");
    if (field) field.toggleAttribute("aria-invalid", Boolean(problem));
    const said = answer.querySelector(".answer");
    if (!said) return;
    const layers = said.dataset.codes.split(" ").map((code) => shapes.get(code)).filter(Boolean);
    layers.forEach((layer) => layer.setStyle(chosen).bringToFront());
    if (said.dataset.lon) {
      const point = [Number(said.dataset.lat), Number(said.dataset.lon)];
      marks.push(L.circleMarker(point, { radius: 7, color: colour("--paper"), weight: 2, fillColor: colour("--accent"), fillOpacity: 1, interactive: false }));
      if (said.dataset.accuracy) {
        marks.push(L.circle(point, { radius: Number(said.dataset.accuracy), color: colour("--accent"), weight: 1, interactive: false }));
      }
      marks.forEach((mark) => mark.addTo(map));
      if (move && !map.getBounds().pad(-0.1).contains(point)) map.setView(point, Math.max(map.getZoom(), 13), { animate: !still });
    } else if (layers.length && move) {
      map.fitBounds(L.featureGroup(layers).getBounds().pad(0.2), { animate: !still });
    }
  }

  function draw(collection) {
    const wards = L.geoJSON(collection, {
      style: quiet,
      // Named by text, never by HTML: a name is data.
      onEachFeature: (feature, layer) => {
        shapes.set(feature.properties.code, layer);
        const label = document.createElement("span");
        label.textContent = feature.properties.full_name;
        layer.bindTooltip(label, { sticky: true });
        layer.on("click", (event) => {
          if (options.cards) choose(feature.properties.code);
          else return;
          L.DomEvent.stop(event);
        });
      },
    }).addTo(map);
    map.fitBounds(wards.getBounds());
    label();
    map.on("zoomend", label);
    show(true);
  }

  // Names on the map once there is room for them.
  function label() {
    const roomy = map.getZoom() >= 12;
    shapes.forEach((layer) => {
      if (roomy === Boolean(layer.named)) return;
      if (roomy) {
        const name = document.createElement("span");
        name.textContent = layer.feature.properties.name;
        layer.named = L.marker(layer.getBounds().getCenter(), {
          interactive: false, keyboard: false,
          icon: L.divIcon({ className: "name", html: name, iconSize: null }),
        }).addTo(map);
      } else {
        layer.named.remove();
        layer.named = null;
      }
    });
  }

  function choose(code) {
    answer.innerHTML = options.cards[code] || "";
    show(true);
  }

  const container = map.getContainer();
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", words.map);
  container.setAttribute("aria-describedby", "map-help");
  const zoom = container.querySelectorAll(".leaflet-control-zoom a");
  if (zoom.length === 2) {
    [words.zoomIn, words.zoomOut].forEach((text, i) => { zoom[i].title = text; zoom[i].setAttribute("aria-label", text); });
  }
  map.attributionControl.setPrefix("");
  if (options.tiles.url) L.tileLayer(options.tiles.url, { attribution: options.tiles.attribution }).addTo(map);

  if (options.cards) {
    document.getElementById("pick").addEventListener("change", (event) => choose(event.target.value));
    draw(options.wards);
    return;
  }

  map.on("click", (event) => ask({ lon: event.latlng.wrap().lng.toFixed(6), lat: event.latlng.lat.toFixed(6) }));
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    const centre = map.getCenter();
    ask({ lon: centre.lng.toFixed(6), lat: centre.lat.toFixed(6) });
  });
  document.getElementById("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ q: document.getElementById("q").value });
  });
  const here = document.getElementById("here");
  if ("geolocation" in navigator) {
    here.hidden = false;
    here.addEventListener("click", () => {
      say(words.asking);
      navigator.geolocation.getCurrentPosition(
        (fix) => ask({ lon: fix.coords.longitude, lat: fix.coords.latitude, accuracy: Math.max(1, Math.round(fix.coords.accuracy)) }),
        (failure) => say(failure.code === failure.PERMISSION_DENIED ? words.denied : words.noGeolocation),
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
  fetch(options.wards)
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .then(draw)
    .catch(() => {
      const line = document.createElement("p");
      line.className = "hint";
      line.textContent = words.noWards;
      container.after(line);
    });
  show(true);
}
