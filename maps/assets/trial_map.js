// The map of the trial: shows what the page's tables hold, for the figure, day and content group chosen. Every figure
// was worked out by the server; here it is looked up. Text is only ever put in as text. Colours are the style sheet's.
"use strict";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });

function trialMap(map, given) {
  const options = JSON.parse(document.getElementById(given.optionsFrom).textContent);
  const { words, lang } = options;
  const container = map.getContainer();
  const by = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const city = L.latLngBounds([]);
  const shapes = new Map();
  const ruler = document.createElement("canvas").getContext("2d");
  const written = lang === "vi" ? "vi-VN" : "en-GB";
  const whole = new Intl.NumberFormat(written, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(written, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const names = new Map(all("#pick option[value]").map((option) => [option.value, option.textContent]));
  const form = by("choose");
  const pick = by("pick");
  const state = { figure: form ? by("figure").value : "", day: form ? by("day").selectedIndex : 0, content: form ? by("content").selectedIndex : 0 };
  let data = null;
  let place = new Map();

  function element(tag, text, className = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    return made;
  }

  // ---- figures

  const figure = () => data.figures[state.figure];

  function text(value, unit, withUnit = true) {
    if (value === null || value === undefined) return "–";
    const end = { percent: " %", minutes: ` ${words.minutes}`, count: "" }[unit];
    return (unit === "count" ? whole : tenths).format(value) + (withUnit ? end : "");
  }

  const valueOf = (key, day, content, at) => data.figures[key].wards[day][content]?.[at] ?? null;
  const levelsOf = (key, day, content) => data.figures[key].levels[`${day ? 1 : 0}${content ? 1 : 0}`];

  function levelOf(value, levels) {
    if (value === null) return -1;
    const at = levels.bounds.findIndex((bound) => value <= bound);
    return at < 0 ? levels.bounds.length - 1 : at;
  }

  const className = (level) => (level < 0 ? "unknown" : `c${level}`);

  function classesOf(day, content) {
    const levels = levelsOf(state.figure, day, content);
    return data.codes.map((_, at) => levelOf(valueOf(state.figure, day, content, at), levels));
  }

  // ---- what is shown of a choice

  function paintPicture(svg, classes) {
    all("use", svg).forEach((use, at) => use.setAttribute("class", className(classes[at])));
  }

  function paintMap() {
    const classes = classesOf(state.day, state.content);
    shapes.forEach((layer, code) => {
      const at = place.get(code);
      layer.getElement().setAttribute("class", `ward leaflet-interactive ${className(classes[at])}${layer.chosen ? " chosen" : ""}`);
      const value = valueOf(state.figure, state.day, state.content, at);
      layer.says = value === null ? "" : text(value, figure().unit);
    });
    paintPicture(by("still"), classes);
    const { texts } = levelsOf(state.figure, state.day, state.content);
    const entries = [...texts.entries(), [-1, words.noValue]];
    by("legend").querySelector(".classes").replaceChildren(
      ...entries.map(([level, bounds]) => legendItem(level, bounds, classes.filter((one) => one === level).length)),
    );
    label();
  }

  function legendItem(level, bounds, held) {
    const item = document.createElement("li");
    const swatch = element("span", "", `swatch ${className(level)}`);
    swatch.setAttribute("aria-hidden", "true");
    item.append(swatch, element("span", bounds, "bounds"));
    if (held !== undefined) item.append(" ", element("span", `(${held} ${words.wards})`, "hint"));
    return item;
  }

  function paintRows() {
    all(".smalls").forEach((row, at) => {
      all(".small", row).forEach((small) => {
        const day = at ? state.day : Number(small.dataset.day);
        const content = at ? Number(small.dataset.content) : state.content;
        Object.assign(small.dataset, { day, content });
        paintPicture(small, classesOf(day, content));
        small.querySelector(".value").textContent = text(figure().city[day][content], figure().unit);
        small.querySelector(".count").textContent = data.reporting[day][content];
        if (small.getAttribute("href").startsWith("?")) small.href = query(day, content);
        if (day === state.day && content === state.content) small.setAttribute("aria-current", "true");
        else small.removeAttribute("aria-current");
      });
      const { texts } = levelsOf(state.figure, at ? state.day : 1, at ? 1 : state.content);
      const entries = [...texts.entries(), [-1, words.noValue]];
      all(".row-legend .classes")[at].replaceChildren(...entries.map(([level, bounds]) => legendItem(level, bounds)));
    });
  }

  function paintTables() {
    const keys = Object.keys(data.figures);
    const fill = (row, value) => all("td", row).forEach((cell, at) => {
      cell.textContent = text(value(keys[at]), data.figures[keys[at]].unit, false);
    });
    all("#wards tbody tr").forEach((row) => fill(row, (key) => valueOf(key, state.day, state.content, place.get(row.dataset.ward))));
    const days = all("#by-day tbody tr");
    days.forEach((row, at) => fill(row, (key) => data.figures[key].city[(at + 1) % days.length][state.content]));
    all("#by-content tbody tr").forEach((row, at) => fill(row, (key) => data.figures[key].city[state.day][at + 1]));
    all("#city dd").forEach((cell, at) => {
      const { unit, city: values } = data.figures[keys[at]];
      cell.textContent = text(values[state.day][state.content], unit);
    });
    by("reporting").textContent = data.reporting[state.day][state.content];
  }

  function paintGaps() {
    const reports = data.figures["bao-cao"].wards[state.day][state.content] ?? [];
    const missing = data.codes.filter((_, at) => !reports[at]).map((code) => names.get(code));
    if (missing.length) by("missing").replaceChildren(element("strong", missing.length), ` ${words.missing}: ${missing.join(", ")}`);
    else by("missing").textContent = words.allReport;
    const fits = ([, day, content]) => (!state.day || day === state.day) && (!state.content || content === state.content);
    const found = data.issues.filter(fits);
    const items = found.slice(0, options.shown_issues).map(([at, day, content, what]) => {
      const item = document.createElement("li");
      const said = element("span", what);
      said.lang = "vi";
      item.append(element("strong", `${names.get(data.codes[at])}, ${options.days[day]}, ${words.content} ${content}`), ": ", said);
      return item;
    });
    if (!items.length) items.push(element("li", words.noIssues));
    if (found.length > options.shown_issues) items.push(element("li", words.moreIssues.replace("{count}", found.length - options.shown_issues), "hint"));
    by("issues").replaceChildren(...items);
  }

  function query(day, content) {
    const asked = { "so-lieu": state.figure, ngay: by("day").options[day].value, "noi-dung": by("content").options[content].value, lang };
    return `?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value))}`;
  }

  // Show the choice everywhere; the address follows, so that it can be passed on.
  function show() {
    by("figure").value = state.figure;
    by("day").selectedIndex = state.day;
    by("content").selectedIndex = state.content;
    const said = { figure: by("figure").selectedOptions[0].textContent, day: options.days[state.day], content: options.contents[state.content] };
    all("[data-say]").forEach((one) => { one.textContent = said[one.dataset.say]; });
    const slide = by("slide");
    slide.value = state.day;
    slide.setAttribute("aria-valuetext", said.day);
    by("slide-text").textContent = said.day;
    all(".ticks span").forEach((tick, at) => tick.classList.toggle("now", at === state.day));
    by("before").setAttribute("aria-disabled", state.day === 0);
    by("after").setAttribute("aria-disabled", state.day === Number(slide.max));
    paintMap();
    paintRows();
    paintTables();
    paintGaps();
    tell();
    by("status").textContent = `${said.figure}, ${said.day}: ${words.city} ${text(figure().city[state.day][state.content], figure().unit)}`;
    const other = by("other-language");
    if (other) {
      history.replaceState(null, "", query(state.day, state.content));
      other.search = query(state.day, state.content).replace(/lang=\w+/, `lang=${other.lang}`);
    }
  }

  // ---- one ward

  const telling = (layer) => layer.says || (data ? words.noValue : words.tookPart);

  function choose(code) {
    pick.value = code;
    shapes.forEach((layer, one) => {
      layer.chosen = one === code;
      layer.getElement().classList.toggle("chosen", layer.chosen);
      if (layer.chosen) layer.bringToFront();
    });
    tell();
    label();
    by("status").textContent = code ? `${names.get(code)}: ${shapes.has(code) ? telling(shapes.get(code)) : words.tookPart}` : "";
  }

  // What the ward's row of the table says, as a card.
  function tell() {
    const box = by("ward");
    if (!pick.value) return box.replaceChildren();
    const heading = element("h3", names.get(pick.value));
    if (!data) return box.replaceChildren(heading, element("p", words.tookPart));
    const list = document.createElement("dl");
    Object.entries(data.figures).forEach(([key, { unit }], at) => {
      const line = document.createElement("div");
      line.append(element("dt", by("figure").options[at].textContent), element("dd", text(valueOf(key, state.day, state.content, place.get(pick.value)), unit)));
      list.append(line);
    });
    box.replaceChildren(heading, element("p", `${options.days[state.day]}, ${options.contents[state.content]}`, "hint"), list);
  }

  // ---- the map

  function draw(collection) {
    // One tooltip of our own: Leaflet's listens for focus, which makes 126 paths 126 tab stops.
    const tip = L.tooltip({ offset: [12, 0] });
    const wards = L.geoJSON(collection, {
      style: { className: "ward took-part" },
      onEachFeature: (feature, layer) => {
        const { code, name, full_name: fullName } = feature.properties;
        layer.says = "";
        layer.chosen = false;
        layer.room = roomForName(layer);
        layer.title = element("span", name);
        layer.name = L.marker(layer.room.at, { interactive: false, keyboard: false, icon: L.divIcon({ className: "name", html: layer.title, iconSize: null }) });
        shapes.set(code, layer);
        if (matchMedia("(hover: hover)").matches) {
          const says = () => element("span", `${fullName}: ${telling(layer)}`);
          layer.on("mouseover mousemove", (event) => tip.setContent(says()).setLatLng(event.latlng).addTo(map));
          layer.on("mouseout", () => tip.remove());
        }
        layer.on("click", () => choose(code));
      },
    }).addTo(map);
    city.extend(wards.getBounds());
    map.fitBounds(city, { padding: [8, 8], animate: false });
    map.on("zoomend", label);
    hatch();
    options.branches.forEach(mark);
    if (data) show();
    else label();
  }

  // The hatching of wards without a figure lies in the map's own picture.
  function hatch() {
    const svg = map.getPane("overlayPane").querySelector("svg");
    const make = (tag, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
      return made;
    };
    const pattern = make("pattern", { id: "no-figure", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(make("rect", { width: 7, height: 7 }), make("path", { d: "M0 0v7" }));
    svg.prepend(pattern);
  }

  function mark(branch) {
    const at = L.latLng(branch.lat, branch.lon);
    L.circle(at, { radius: branch.uncertainty_m, className: "reach", interactive: false }).addTo(map);
    const sign = element("span", branch.sign);
    L.marker(at, { icon: L.divIcon({ className: "branch", html: sign, iconSize: [34, 22] }), interactive: false, keyboard: false }).addTo(map);
    all(".branch-legend").forEach((entry) => {
      entry.hidden = false;
    });
  }

  // The widest level line through a ward, rather in its middle than at its rim: there a name fits best.
  function roomForName(layer) {
    const bounds = layer.getBounds();
    const parts = layer.getLatLngs();
    const rings = L.LineUtil.isFlat(parts[0]) ? parts : parts.flat();
    const [south, north] = [bounds.getSouth(), bounds.getNorth()];
    let best = { at: bounds.getCenter(), width: 0, worth: 0 };
    for (let step = 1; step < 24; step += 1) {
      const lat = south + ((north - south) * step) / 24;
      const cuts = rings.flatMap((ring) => ring.flatMap((a, i) => {
        const b = ring[(i + 1) % ring.length];
        return a.lat > lat === b.lat > lat ? [] : [a.lng + ((lat - a.lat) / (b.lat - a.lat)) * (b.lng - a.lng)];
      })).sort((x, y) => x - y);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const width = cuts[i + 1] - cuts[i];
        const worth = width * (1 - Math.abs(step - 12) / 24);
        if (worth > best.worth) best = { at: L.latLng(lat, (cuts[i] + cuts[i + 1]) / 2), width, worth };
      }
    }
    return best;
  }

  // Names with their figures, the widest wards first; what has no room waits for a larger zoom.
  function label() {
    const placed = [];
    const degree = (256 * 2 ** map.getZoom()) / 360;
    ruler.font = `600 12px ${getComputedStyle(container).fontFamily}`;
    [...shapes.values()].sort((a, b) => b.chosen - a.chosen || b.room.width - a.room.width).forEach((layer) => {
      const { name } = layer.feature.properties;
      const half = Math.max(ruler.measureText(name).width, ruler.measureText(layer.says).width) / 2 + 3;
      const { x, y } = map.project(layer.room.at);
      const tall = layer.says ? 31 : 16;
      const clear = placed.every((other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > tall);
      const fits = clear && 2 * half < layer.room.width * degree * 1.3;
      if (!fits && !layer.chosen) return layer.name.remove();
      if (fits) placed.push({ x, y, half });
      layer.title.replaceChildren(name, ...(layer.says ? [element("b", layer.says)] : []));
      const bounds = layer.getBounds();
      layer.name.setLatLng(fits ? layer.room.at : [bounds.getSouth(), bounds.getCenter().lng]);
      layer.name.setZIndexOffset(layer.chosen ? 1000 : 0).addTo(map);
      layer.name.getElement().classList.toggle("chosen", layer.chosen);
      layer.name.getElement().classList.toggle("below", !fits);
    });
  }

  // Buttons for who cannot drag: four ways, and back to the whole city.
  const steering = L.control({ position: "bottomright" });
  steering.onAdd = () => {
    const pad = element("div", "", "steer");
    const pan = (x, y) => () => map.panBy([x * 120, y * 120], { animate: !still });
    const whole = () => city.isValid() && map.fitBounds(city, { padding: [8, 8], animate: !still });
    [["↑", words.up, pan(0, -1)], ["←", words.left, pan(-1, 0)], ["⌂", words.whole, whole], ["→", words.right, pan(1, 0)], ["↓", words.down, pan(0, 1)]].forEach(([sign, title, act]) => {
      const button = element("button", sign);
      button.type = "button";
      button.title = title;
      button.setAttribute("aria-label", title);
      button.addEventListener("click", act);
      pad.append(button);
    });
    L.DomEvent.disableClickPropagation(pad);
    return pad;
  };
  steering.addTo(map);
  container.hidden = false;
  by("still").hidden = true;
  by("map-help").hidden = false;
  by("ward-choice").hidden = false;
  map.invalidateSize();
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", words.map);
  container.setAttribute("aria-describedby", "map-help");
  all(".leaflet-control-zoom a", container).forEach((link, i) => {
    link.title = [words.zoomIn, words.zoomOut][i];
    link.setAttribute("aria-label", link.title);
  });
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
  map.attributionControl.setPrefix("");
  if (options.tiles.url) {
    L.tileLayer(options.tiles.url, { attribution: element("span", options.tiles.attribution).innerHTML }).addTo(map);
    container.classList.add("tiled");
  }
  if (still) {
    const panBy = map.panBy;
    map.panBy = (offset, how) => panBy.call(map, offset, { ...how, animate: false });
  }
  pick.addEventListener("change", () => choose(pick.value));

  function say(message) {
    container.after(element("p", message, "notice"));
  }

  // With the figures here, the choices work at once; without them, by loading the page again.
  function take(figures) {
    data = figures;
    place = new Map(data.codes.map((code, at) => [code, at]));
    by("day-choice").hidden = true;
    by("day-slider").hidden = false;
    by("submit").hidden = true;
    const change = (name, value) => {
      state[name] = value;
      show();
    };
    by("figure").addEventListener("change", () => change("figure", by("figure").value));
    by("content").addEventListener("change", () => change("content", by("content").selectedIndex));
    by("slide").addEventListener("input", () => change("day", Number(by("slide").value)));
    by("before").addEventListener("click", () => change("day", Math.max(0, state.day - 1)));
    by("after").addEventListener("click", () => change("day", Math.min(Number(by("slide").max), state.day + 1)));
    form.addEventListener("submit", (event) => event.preventDefault());
    all(".small").forEach((small) => small.addEventListener("click", (event) => {
      event.preventDefault();
      Object.assign(state, { day: Number(small.dataset.day), content: Number(small.dataset.content) });
      show();
      by("map-heading").focus();
    }));
    if (shapes.size) show();
  }

  async function load(source) {
    if (typeof source !== "string") return source;
    const response = await fetch(source);
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  if (options.figures) load(options.figures).then(take).catch(() => say(words.noFigures));
  load(options.wards).then(draw).catch(() => say(words.noWards));
}
