// The map of the trial: shows what the page's tables hold, for the figure, day and content group chosen. Every figure
// was worked out by the server; here it is looked up. Text is only ever put in as text. Colours are the style sheet's.
import { dress, element, giveName, got, hoverTip, nameWards, optionsOf } from "./map_parts.js";

window.trialMap = (map, given) => {
  const options = optionsOf(given);
  const { words, lang } = options;
  const container = map.getContainer();
  const by = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const city = L.latLngBounds([]);
  const shapes = new Map();
  const written = lang === "vi" ? "vi-VN" : "en-GB";
  const whole = new Intl.NumberFormat(written, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(written, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const names = new Map(all("#pick option[value]").map((option) => [option.value, option.textContent]));
  const form = by("choose");
  const pick = by("pick");
  const state = { figure: form ? by("figure").value : "", day: form ? by("day").selectedIndex : 0, content: form ? by("content").selectedIndex : 0 };
  let data = null;
  let place = new Map();

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
    const entries = [...texts.entries(), [-1, words.no_value]];
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
    if (held !== undefined) item.append(" ", element("span", `(${held} ${words.wards_word})`, "hint"));
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
      const entries = [...texts.entries(), [-1, words.no_value]];
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
    if (missing.length) by("missing").replaceChildren(element("strong", missing.length), ` ${words.gap_wards}: ${missing.join(", ")}`);
    else by("missing").textContent = words.gap_none;
    const fits = ([, day, content]) => (!state.day || day === state.day) && (!state.content || content === state.content);
    const found = data.issues.filter(fits);
    const items = found.slice(0, options.shown_issues).map(([at, day, content, what]) => {
      const item = document.createElement("li");
      const said = element("span", what);
      said.lang = "vi";
      item.append(element("strong", `${names.get(data.codes[at])}, ${options.days[day]}, ${words.content} ${content}`), ": ", said);
      return item;
    });
    if (!items.length) items.push(element("li", words.issues_none));
    if (found.length > options.shown_issues) items.push(element("li", words.issues_more.replace("{count}", found.length - options.shown_issues), "hint"));
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

  const telling = (layer) => layer.says || (data ? words.no_value : words.legend_took_part);

  function choose(code) {
    pick.value = code;
    shapes.forEach((layer, one) => {
      layer.chosen = one === code;
      layer.getElement().classList.toggle("chosen", layer.chosen);
      if (layer.chosen) layer.bringToFront();
    });
    tell();
    label();
    by("status").textContent = code ? `${names.get(code)}: ${shapes.has(code) ? telling(shapes.get(code)) : words.legend_took_part}` : "";
  }

  // What the ward's row of the table says, as a card.
  function tell() {
    const box = by("ward");
    if (!pick.value) return box.replaceChildren();
    const heading = element("h3", names.get(pick.value));
    if (!data) return box.replaceChildren(heading, element("p", words.legend_took_part));
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
    const tip = hoverTip(map);
    const wards = L.geoJSON(collection, {
      style: { className: "ward took-part" },
      onEachFeature: (feature, layer) => {
        const { code, name, full_name: fullName } = feature.properties;
        layer.says = "";
        layer.chosen = false;
        giveName(layer, name);
        shapes.set(code, layer);
        tip(layer, () => `${fullName}: ${telling(layer)}`);
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

  // Names with their figures.
  function label() {
    shapes.forEach((layer) => {
      layer.lines = [layer.feature.properties.name, ...(layer.says ? [layer.says] : [])];
      layer.face.replaceChildren(layer.lines[0], ...layer.lines.slice(1).map((line) => element("b", line)));
    });
    nameWards(map, shapes.values());
  }

  dress(map, options, city);
  container.hidden = false;
  by("still").hidden = true;
  by("map-help").hidden = false;
  by("ward-choice").hidden = false;
  map.invalidateSize();
  map.getPane("markerPane").setAttribute("aria-hidden", "true");
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

  const load = async (source) => (typeof source === "string" ? got(source) : source);

  if (options.figures) load(options.figures).then(take).catch(() => say(words.noFigures));
  load(options.wards).then(draw).catch(() => say(words.noWards));
};
