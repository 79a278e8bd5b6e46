// The premises map: marks, filters and colours for what stands in the page's tables. The tables are the data: every
// text shown here is copied from one of their cells as text, never as HTML. Colours are the style sheet's.
import { dress, element, fill, fold, giveName, got, hoverTip, nameWards, optionsOf, still } from "./map_parts.js";
import { ASIDE, CLOSEST, gathered, sortable, textOf } from "./premises_parts.js";

window.premisesMap = (map, given) => {
  const options = optionsOf(given);
  const words = options.words;
  const container = map.getContainer();
  const by = (id) => document.getElementById(id);
  const form = by("filters");
  const figure = by("figure");
  const city = L.latLngBounds([]);
  const shapes = new Map();
  const wardRows = new Map([...document.querySelectorAll("#wards tbody tr")].map((row) => [row.dataset.ward, row]));
  let opener = null;
  let focused = null;
  let pinned = null;
  let groups = [];

  const premises = [...document.querySelectorAll("tr[data-premises]")].map((row) => ({
    ...row.dataset,
    row,
    name: textOf(row, "th"),
    // Not its sources: what they quote would be found in place of what stands in the row.
    search: fold(["th", ".address", ".role", ".quality", ".trust"].map((part) => textOf(row, part)).join(" ")),
    mark: null,
    disc: null,
    face: null,
    place: 0,
  }));

  // ---- marks

  function addMark(one) {
    const icon = element("span", one.outside === "yes" ? `${one.rank}!` : one.rank, `mark q${one.rank} ${one.status}`);
    const at = L.latLng(one.lat, one.lon);
    one.disc = L.circle(at, { radius: Number(one.uncertainty), className: "reach", interactive: false, pane: "reaches" });
    one.mark = L.marker(at, { icon: iconOf(icon, 0), riseOnHover: true });
    one.face = icon;
    one.mark.on("add", () => label(one));
    one.mark.bindPopup(() => card(one), { maxWidth: 300, minWidth: 200, autoPanPadding: [12, 12] });
    one.mark.on("popupopen", () => {
      pinned = one;
      one.row.classList.add("chosen");
    });
    one.mark.on("popupclose", () => {
      pinned = null;
      one.row.classList.remove("chosen");
      setTimeout(arrange); // not while Leaflet is taking the card down
    });
    const button = element("button", words.onMap, "show quiet");
    button.type = "button";
    button.title = words.showOnMap;
    button.append(element("span", `: ${one.name}`, "visually-hidden"));
    button.addEventListener("click", () => show(one, button));
    one.row.lastElementChild.append(button);
  }

  function label(one) {
    one.mark.getElement()?.setAttribute("aria-label", `${one.name}: ${textOf(one.row, ".address")}`);
  }

  // The icon of a mark that stands so many places to the right of its spot.
  function iconOf(face, place) {
    return L.divIcon({ className: "premises-mark", html: face, iconSize: [24, 24], iconAnchor: [12 - ASIDE * place, 12] });
  }

  // Marks that would hide each other stand as one until there is room: it says how many, and zooms in when pressed.
  // What shares a spot, or nearly, stands side by side once zooming helps no more.
  function arrange() {
    groups.forEach((group) => group.remove());
    groups = [];
    const shown = premises.filter((one) => one.mark && !one.row.hidden);
    const parts = gathered(shown.filter((one) => one !== pinned).map((one) => ({ members: [one], at: map.project(one.mark.getLatLng()) })));
    if (pinned && shown.includes(pinned)) parts.push({ members: [pinned] });
    parts.forEach(({ members, at }) => {
      const alone = members.length === 1 || map.getZoom() >= CLOSEST;
      if (!alone) groups.push(groupMark(members, map.unproject(at)).addTo(map));
      members.forEach((one, place) => {
        if (!alone) return one.mark.remove();
        if (one.place !== place) one.mark.setIcon(iconOf(one.face, place));
        one.place = place;
        one.mark.addTo(map);
        label(one);
      });
    });
  }

  function groupMark(members, at) {
    const face = element("span", `×${members.length}`, "group");
    const group = L.marker(at, { icon: L.divIcon({ className: "premises-mark", html: face, iconSize: [32, 26] }) });
    const names = members.map((one) => one.name).join("; ");
    group.on("add", () => group.getElement().setAttribute("aria-label", `${fill(words.group, { count: members.length })}: ${names}`));
    group.on("click keypress", (event) => {
      if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
      container.focus({ preventScroll: true });
      map.fitBounds(L.latLngBounds(members.map((one) => one.mark.getLatLng())), { padding: [50, 50], maxZoom: CLOSEST, animate: !still });
    });
    return group;
  }

  // What the row says, as a card.
  function card(one) {
    const made = element("div", "", "card");
    const heading = element("h3", one.name);
    heading.tabIndex = -1;
    made.append(heading, element("p", textOf(one.row, ".address"), "address"), element("p", textOf(one.row, ".role"), "hint"));
    one.row.querySelectorAll(".flag").forEach((flag) => made.append(element("p", flag.textContent, "flag")));
    const quality = element("p", "");
    quality.append(element("span", one.rank, `mark q${one.rank}`), ` ${textOf(one.row, ".quality").replace(/^\d\s*/, "")}`);
    made.append(quality, element("p", textOf(one.row, ".trust"), "hint"));
    made.append(element("p", `${textOf(one.row, "summary").split(":")[0]}: ${textOf(one.row, ".source")}`, "hint source"));
    if (textOf(one.row, ".note")) made.append(element("p", textOf(one.row, ".note"), "hint source"));
    return made;
  }

  function show(one, from) {
    map.closePopup();
    opener = from;
    pinned = one;
    arrange();
    map.setView(one.mark.getLatLng(), Math.max(map.getZoom(), 15), { animate: false });
    one.mark.openPopup();
    container.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    container.querySelector(".leaflet-popup h3")?.focus({ preventScroll: true });
  }

  map.on("popupopen", ({ popup }) => {
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", words.close);
    close.title = words.close;
    popup.getElement().querySelector(".leaflet-popup-content").tabIndex = 0;
  });
  // Who came from a button goes back to it; who came from a mark, to the mark. Without an animation the card is gone
  // by now and the focus with it, so what had it last is remembered.
  container.addEventListener("focusin", (event) => (focused = event.target));
  map.on("popupclose", ({ popup }) => {
    const held = [document.body, focused].includes(document.activeElement) && popup.getElement()?.contains(focused);
    const back = opener ?? popup._source?.getElement?.();
    if (held && back?.isConnected) back.focus({ preventScroll: !opener });
    opener = null;
  });
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });

  // ---- filters

  const tests = {
    ward: (one, value) => one.ward === value,
    district: (one, value) => one.districts.split("|").includes(value),
    known: (one, value) => {
      if (value.startsWith("said-")) return `said-${one.said}` === value;
      return value === "known-1" ? Number(one.known) === 1 : Number(one.known) > 1;
    },
    quality: (one, value) => (value === "outside" ? one.outside === "yes" : one.quality === value),
  };

  function filter() {
    const sought = fold(by("find").value).split(/\s+/).filter(Boolean);
    const asked = Object.entries(tests).filter(([name]) => by(name).value);
    premises.forEach((one) => {
      const fits = sought.every((word) => one.search.includes(word)) && asked.every(([name, test]) => test(one, by(name).value));
      one.row.hidden = !fits;
      if (!fits) [one.disc, one.mark].forEach((layer) => layer?.remove());
      else one.disc?.addTo(map);
    });
    arrange();
    const shown = premises.filter((one) => !one.row.hidden);
    const placed = shown.filter((one) => one.mark).length;
    const counts = { shown: shown.length, all: premises.length, placed, unplaced: shown.length - placed };
    by("shown").textContent = fill(words.shown, counts);
    document.querySelector("#placed-heading .count").textContent = counts.placed;
    document.querySelector("#unplaced-heading .count").textContent = counts.unplaced;
    wardRows.forEach((row, code) => {
      const out = by("ward").value && by("ward").value !== code;
      const elsewhere = by("district").value && !row.dataset.districts.split("|").includes(by("district").value);
      row.hidden = Boolean(out || elsewhere);
      shapes.get(code)?.getElement().classList.toggle("faded", row.hidden);
      shapes.get(code)?.getElement().classList.toggle("chosen", by("ward").value === code);
      if (by("ward").value === code) shapes.get(code)?.bringToFront();
    });
    countInView();
  }

  function countInView() {
    const bounds = map.getBounds();
    const count = premises.filter((one) => !one.row.hidden && one.mark && bounds.contains(one.mark.getLatLng())).length;
    by("in-view").textContent = fill(words.inView, { count });
  }

  // Choosing a ward or a district goes there; searching leaves the map where it is.
  function goTo() {
    const bounds = L.latLngBounds([]);
    wardRows.forEach((row, code) => !row.hidden && shapes.has(code) && bounds.extend(shapes.get(code).getBounds()));
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [12, 12], maxZoom: 15, animate: !still });
  }

  by("zoom-to").addEventListener("click", () => {
    const bounds = L.latLngBounds(premises.filter((one) => !one.row.hidden && one.mark).map((one) => one.mark.getLatLng()));
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], maxZoom: 16, animate: !still });
  });

  form.addEventListener("input", (event) => {
    filter();
    if (event.target === by("ward") || event.target === by("district")) goTo();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    filter();
    goTo();
  }));
  map.on("moveend", countInView);

  // ---- wards and their figures

  const cellOf = (code, place) => wardRows.get(code)?.cells[place + 1];
  const headings = [...document.querySelectorAll("#wards thead th")].map((th) => th.textContent);

  function paint() {
    const legend = [...document.querySelectorAll("[data-figure]")].find((one) => one.dataset.key === figure.value);
    document.querySelectorAll("[data-figure]").forEach((one) => (one.hidden = one !== legend));
    container.classList.toggle("painted", Boolean(legend));
    shapes.forEach((layer, code) => {
      const level = legend && cellOf(code, Number(legend.dataset.figure)).dataset.c;
      for (let i = 0; i < 5; i++) layer.getElement().classList.toggle(`c${i}`, level === String(i));
      layer.getElement().classList.toggle("unknown", Boolean(legend) && level === undefined);
    });
  }

  // A ward's name, and the figure it is coloured by in words.
  function caption(code) {
    const row = wardRows.get(code);
    const legend = document.querySelector(`[data-figure]:not([hidden])`);
    const made = element("span", textOf(row, "th"));
    if (legend) made.append(element("br", ""), `${headings[Number(legend.dataset.figure) + 1]}: ${cellOf(code, Number(legend.dataset.figure)).textContent}`);
    return made;
  }

  function wardCard(code) {
    const row = wardRows.get(code);
    const made = element("div", "", "card");
    const list = element("dl", "");
    [...row.cells].slice(1).forEach((cell, i) => {
      const line = element("div", "");
      line.append(element("dt", headings[i + 1]), element("dd", cell.textContent));
      list.append(line);
    });
    made.append(element("h3", textOf(row, "th")), list);
    return made;
  }

  function draw(collection) {
    const tip = hoverTip(map);
    L.geoJSON(collection, {
      style: { className: "ward" },
      pane: "wards",
      onEachFeature: (feature, layer) => {
        const { code, name } = feature.properties;
        shapes.set(code, layer);
        giveName(layer, name, "names");
        tip(layer, () => caption(code));
        layer.on("click", (event) => L.popup({ maxWidth: 300 }).setLatLng(event.latlng).setContent(wardCard(code)).openOn(map));
      },
    }).addTo(map);
    shapes.forEach((layer) => city.extend(layer.getBounds()));
    map.fitBounds(city, { padding: [8, 8], animate: false });
    map.on("zoomend", nameAll);
    map.on("zoomend", seeFromAfar);
    map.on("zoomend", arrange);
    nameAll();
    seeFromAfar();
    filter();
    paint();
  }

  const nameAll = () => nameWards(map, shapes.values());

  // From afar a circle of uncertainty is smaller than its mark.
  function seeFromAfar() {
    container.classList.toggle("far", map.getZoom() < 11.5);
  }

  // ---- the page comes alive

  [["wards", 300], ["reaches", 390], ["names", 420]].forEach(([name, height]) => (map.createPane(name).style.zIndex = height));
  map.getPane("names").setAttribute("aria-hidden", "true");
  map.getPane("names").style.pointerEvents = "none";
  dress(map, options, city);
  // Popups open upwards: at the top the buttons would lie over them.
  map.zoomControl.setPosition("bottomleft");
  premises.filter((one) => one.lat).forEach(addMark);
  sortable(by("wards"), words);
  by("filter-box").open = !matchMedia("(max-width: 40rem)").matches;
  [by("filter-box"), by("paint"), by("legends"), by("map-help")].forEach((part) => (part.hidden = false));
  // The browser keeps choices over a reload; what is shown has to agree with them.
  figure.addEventListener("change", paint);
  filter();
  if (typeof options.wards === "object") return draw(options.wards);
  got(options.wards).then(draw).catch(() => container.after(element("p", words.noWards, "hint")));
};
