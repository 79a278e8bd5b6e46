// The old-to-new map. What is said stands in the page's table, rendered and escaped by the server's one template; here
// it is drawn. Names reach the map as text only; colours and line styles are the style sheet's.
import { combobox, communeEntry } from "./combobox.js";
import { dress, element, fill, fold, got, hoverTip, optionsOf, still } from "./map_parts.js";

window.piecesMap = (map, given) => {
  const options = optionsOf(given);
  const words = options.words;
  const container = map.getContainer();
  const by = (id) => document.getElementById(id);
  const answer = by("answer");
  const status = by("status");
  const choosers = [...document.querySelectorAll(".chooser")];
  const compare = by("compare");
  const opacity = by("opacity");
  const city = L.latLngBounds([]);
  const shapes = new Map();
  const ruler = document.createElement("canvas").getContext("2d");
  const NEW = ["overlayPane", "pieces", "borders", "numbers", "names"];
  const OLD = ["old", "oldnames"];
  const names = [];
  let drawn = [];
  let labels = [];
  let frame = null;
  let asked = 0;
  let painting = 0;

  const said = () => answer.querySelector(".answer");

  // ---- choosing

  async function choose(kind, code, focus, remember = true) {
    const turn = ++asked;
    const select = by(`pick-${kind}`);
    const address = `${options.page ?? ""}&${select.name}=${code}`;
    status.textContent = "";
    if (options.cards) {
      answer.innerHTML = options.cards[`${kind}-${code}`] ?? "";
    } else {
      status.textContent = words.loading;
      const text = await fetch(address).then((response) => (response.ok ? response.text() : ""), () => "");
      if (turn !== asked) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const found = page.getElementById("answer");
      if (!found?.querySelector(".answer")) {
        status.textContent = words.failed;
        return;
      }
      status.textContent = "";
      answer.replaceChildren(...found.childNodes);
      document.title = page.title;
      by("other-language").href = said().dataset.other;
      if (remember) history.pushState({ kind, code }, "", address);
    }
    select.value = code;
    commune.value = kind === "old" ? nameOf(select.selectedOptions[0]) : "";
    choosers.forEach((form) => form.dataset.kind !== kind && form.querySelector("select").selectedIndex && (form.querySelector("select").value = ""));
    await show();
    if (focus) answer.querySelector("h2")?.focus();
    else status.textContent = answer.querySelector("h2")?.textContent ?? "";
  }

  // In place of the list of 526, a field that finds a commune by its name; the list stays where there is no script.
  function communeField() {
    const select = by("pick-old");
    const field = element("input");
    const hint = element("p", words.typeName, "hint");
    const entries = [...select.querySelectorAll("optgroup option")].map((option) => ({
      ...communeEntry(option.textContent, option.parentElement.label),
      code: option.value,
    }));
    Object.assign(field, { id: "find-old", type: "text", autocomplete: "off", spellcheck: false, maxLength: 200 });
    hint.id = "find-old-hint";
    field.setAttribute("aria-describedby", hint.id);
    select.form.querySelector("label").htmlFor = field.id;
    select.form.querySelector(".row").after(hint);
    select.hidden = true;
    select.before(field);
    const find = combobox(field, entries, words, ({ code }) => choose("old", code, true));
    select.form.addEventListener("submit", () => {
      const found = entries.filter((entry) => fold(entry.value) === fold(field.value));
      const near = found.length ? found : find();
      if (near.length === 1) return choose("old", near[0].code, true);
      status.textContent = near.length ? "" : words.foundNone;
      field.focus();
    });
    document.querySelector("#problem a")?.setAttribute("href", `#${field.id}`);
    return field;
  }

  const nameOf = (option) => (option?.value ? `${option.textContent}, ${option.parentElement.label}` : "");
  const commune = communeField();
  commune.value = nameOf(by("pick-old").selectedOptions[0]);

  choosers.forEach((form) => {
    const select = form.querySelector("select");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (select.value && !select.hidden) choose(form.dataset.kind, select.value, true);
    });
    select.addEventListener("change", () => select.value && choose(form.dataset.kind, select.value, false));
  });
  addEventListener("popstate", (event) => {
    if (event.state?.kind) choose(event.state.kind, event.state.code, false, false);
    else if (!options.cards) location.reload();
  });

  // ---- drawing

  // Only the last of several drawings that wait for their shapes is drawn.
  async function show() {
    const turn = ++painting;
    drawn.forEach((layer) => layer.remove());
    drawn = [];
    labels.forEach((one) => one.mark?.remove());
    labels = [];
    frame = null;
    const article = said();
    compare.hidden = !article;
    shapes.forEach((layer) => layer.getElement().classList.remove("into"));
    if (!article) return nameAll();
    const features = await piecesOf(article);
    if (turn !== painting) return;
    draw(article, features);
    map.fitBounds(frame ?? city, { padding: [16, 16], maxZoom: 16, animate: !still });
    nameAll();
  }

  async function piecesOf(article) {
    if (options.pieces) {
      const olds = new Set(rowsOf(article).map((row) => row.dataset.old));
      return options.pieces.features.filter((one) => olds.has(one.properties.old_code));
    }
    try {
      return (await got(article.dataset.pieces)).features;
    } catch {
      status.textContent = words.failed;
      return [];
    }
  }

  const rowsOf = (article) => [...article.querySelectorAll("tr[data-old]")];

  function add(layer) {
    drawn.push(layer.addTo(map));
    return layer;
  }

  // Neighbours share their dashed line: drawn twice it would look solid, so each covers what lies below it first.
  function outline(one) {
    add(L.geoJSON(one, { pane: "old", interactive: false, style: { className: "casing" } }));
    return add(L.geoJSON(one, { pane: "old", interactive: false, style: { className: "old" } }));
  }

  function draw(article, features) {
    const { kind, code } = article.dataset;
    const rows = new Map(rowsOf(article).map((row) => [`${row.dataset.old} ${row.dataset.ward}`, row]));
    const ends = new Set(rowsOf(article).map((row) => row.dataset.ward));
    frame = L.latLngBounds([]);
    features.filter((one) => one.geometry).forEach((one) => {
      const { kind: what, old_code: old, ward_code: ward, label } = one.properties;
      if (what === "old-unit") {
        if (kind !== "ward") {
          frame.extend(outline(one).getBounds());
          labels.push({ at: L.latLng(label[1], label[0]), name: one.properties.name, rank: "old" });
        }
        return;
      }
      const row = rows.get(`${old} ${ward}`);
      if (!row) return;
      const number = row.dataset.number;
      const layer = add(L.geoJSON(one, { pane: "pieces", interactive: false, style: { className: `piece k${number % 6}` } }));
      if (kind === "ward") {
        outline(one);
        frame.extend(layer.getBounds());
      }
      labels.push({ at: L.latLng(label[1], label[0]), number, name: row.dataset.name, rank: "number" });
    });
    ends.forEach((ward) => {
      const layer = shapes.get(ward);
      if (!layer) return;
      layer.getElement().classList.add("into");
      add(L.geoJSON(layer.feature, { pane: "borders", interactive: false, style: { className: "new-border" } }));
    });
    if (kind === "ward" && shapes.has(code)) frame.extend(shapes.get(code).getBounds());
    if (!frame.isValid()) frame = null;
  }

  // A number always stands. Names stand where they cover nothing, what is looked at first, each name once.
  function nameAll() {
    [...labels, ...names].forEach((one) => one.mark?.remove());
    const placed = [];
    const told = new Set();
    const free = (box) => placed.every((other) => box.x1 < other.x0 || box.x0 > other.x1 || box.y1 < other.y0 || box.y0 > other.y1);
    const order = Number(opacity.value) < 50 ? ["old", "number", "ward"] : ["number", "old", "ward"];
    const box = (at, left, right) => {
      const { x, y } = map.latLngToContainerPoint(at);
      return { x0: x - left, x1: x + right, y0: y - 11, y1: y + 11 };
    };
    labels.filter((one) => one.number).forEach((one) => placed.push(box(one.at, 11, 11)));
    ruler.font = `600 13px ${getComputedStyle(container).fontFamily}`;
    const chosen = new Set(said() ? rowsOf(said()).map((row) => row.dataset.ward) : []);
    const wards = names.filter((one) => !chosen.has(one.code));
    [...labels, ...wards].sort((a, b) => order.indexOf(a.rank) - order.indexOf(b.rank)).forEach((one) => {
      const width = ruler.measureText(one.name).width + 8;
      const room = one.number ? box(one.at, -12, 12 + width) : box(one.at, width / 2, width / 2);
      const fits = width < 220 && !told.has(one.rank + one.name) && free(room) && (one.rank !== "ward" || width < one.room());
      if (!fits && !one.number) return;
      const tag = element("span", "", { number: "with-number", old: "old-label", ward: "ward-label" }[one.rank]);
      if (one.number) tag.append(element("b", one.number));
      if (fits) {
        placed.push(room);
        told.add(one.rank + one.name);
        tag.append(element("span", one.name));
      }
      one.mark = L.marker(one.at, { pane: { number: "numbers", old: "oldnames", ward: "names" }[one.rank], interactive: false, keyboard: false, icon: L.divIcon({ className: "tag", html: tag, iconSize: null }) }).addTo(map);
    });
  }

  function drawWards(collection) {
    const tip = hoverTip(map);
    const layer = L.geoJSON(collection, {
      style: { className: "ward" },
      onEachFeature: (feature, ward) => {
        const { code, name } = feature.properties;
        shapes.set(code, ward);
        const reach = ward.getBounds();
        const room = () => map.latLngToContainerPoint(reach.getNorthEast()).x - map.latLngToContainerPoint(reach.getSouthWest()).x;
        names.push({ at: reach.getCenter(), code, name, rank: "ward", room });
        tip(ward, () => feature.properties.full_name);
        ward.on("click", () => choose("ward", code, false));
      },
    }).addTo(map);
    city.extend(layer.getBounds());
    map.fitBounds(city, { padding: [8, 8], animate: false });
  }

  // ---- comparing

  function strengthen(value) {
    opacity.value = value;
    const share = { old: Math.min(1, 2 - value / 50), new: Math.min(1, value / 50) };
    NEW.forEach((name) => (map.getPane(name).style.opacity = share.new));
    OLD.forEach((name) => (map.getPane(name).style.opacity = share.old));
    opacity.setAttribute("aria-valuetext", fill(words.strength, { old: Math.round(share.old * 100), new: Math.round(share.new * 100) }));
    compare.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.opacity === String(value))));
    nameAll();
  }

  opacity.addEventListener("input", () => strengthen(Number(opacity.value)));
  compare.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => strengthen(Number(button.dataset.opacity))));

  // ---- the map itself

  [["pieces", 410], ["old", 420], ["borders", 430], ["names", 610], ["oldnames", 620], ["numbers", 630]].forEach(([name, level]) => {
    const pane = map.createPane(name);
    pane.style.zIndex = level;
    pane.style.pointerEvents = "none";
  });
  ["numbers", "oldnames", "names"].forEach((name) => map.getPane(name).setAttribute("aria-hidden", "true"));

  dress(map, options, city);
  map.on("zoomend moveend", nameAll);

  document.body.classList.add("scripted");
  by("map-side").hidden = false;
  map.invalidateSize({ animate: false });
  strengthen(50);
  const first = said();
  if (first && !options.cards) history.replaceState({ kind: first.dataset.kind, code: first.dataset.code }, "");
  const wards = options.cards ? Promise.resolve(options.wards) : got(options.wards);
  wards
    .then(drawWards)
    .catch(() => { status.textContent = words.failed; })
    .then(show);
};
