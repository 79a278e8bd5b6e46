// The ward finder: asks the server about what is typed, answers places on the map and the device's position by itself.
// The server's answer is HTML rendered and escaped by its one template; nothing else is ever put in as HTML.
import { readCoverage } from "./coverage.js";
import { element, got, optionsOf } from "./map_parts.js";
import { wardMap } from "./ward_map.js";

const FINE_ZOOM = 13;
const LARGEST_RADIUS_M = 20000; // beyond this a position says nothing about a ward

const once = (make) => {
  let made = null;
  return () => (made ??= make().catch((failure) => ((made = null), Promise.reject(failure))));
};

window.wardFinder = (map, given) => {
  const options = optionsOf(given);
  const { words } = options;
  const lang = document.documentElement.lang;
  const container = map.getContainer();
  const [answer, summary, status, field, form, here] = ["answer", "summary", "status", "q", "ask", "here"].map((id) => document.getElementById(id));
  const wards = wardMap(map, options);
  const fine = once(async () => readCoverage(await got(options.fine, "arrayBuffer")));
  const cards = once(() => got(options.cards));
  let asked = 0;
  let pinned = null; // the wards that a pin should settle between

  function say(text, trouble = false) {
    status.textContent = text;
    status.classList.toggle("problem", trouble);
    if (trouble) status.scrollIntoView({ block: "nearest" });
  }

  function put(content, move) {
    answer.removeAttribute("aria-busy");
    answer.replaceChildren(...content);
    summary.replaceChildren(...answer.querySelectorAll("#problem"));
    settle(move);
    document.querySelector("#summary [tabindex], #answer [tabindex]")?.focus();
  }

  // What the answer in place means for the field and the map.
  function settle(move) {
    const problem = document.getElementById("problem");
    const said = answer.querySelector(".answer");
    const wrong = problem?.querySelector("a").hash === "#q";
    field.setAttribute("aria-describedby", wrong ? "problem q-hint" : "q-hint");
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.value = (problem ?? said)?.dataset.q ?? field.value;
    answer.querySelectorAll(".pin").forEach((pin) => (pin.hidden = false));
    pinned = null;
    wards.show(said, move);
  }

  // What is asked travels in the body of a POST, never in an address; only the last question is answered.
  async function ask(fields, move) {
    const turn = ++asked;
    const template = document.createElement("template");
    let trouble = "";
    say(words.asking);
    answer.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(fields);
      const response = await fetch(options.ask, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      if (response.ok) template.innerHTML = await response.text();
      else trouble = words.refused;
    } catch {
      trouble = navigator.onLine ? words.failed : words.offline;
    }
    if (turn !== asked) return;
    say(trouble, Boolean(trouble));
    put(template.content.childNodes, move);
  }

  // A place that was shown, not typed, is looked up here and not sent; the field then says which.
  async function askAt(latlng, move, accuracy) {
    const turn = ++asked;
    const candidates = pinned;
    const at = latlng.wrap();
    const [lon, lat] = [Number(at.lng.toFixed(6)), Number(at.lat.toFixed(6))];
    field.value = `${lat.toFixed(6)}, ${lon.toFixed(6)}`;
    say(words.asking);
    answer.setAttribute("aria-busy", "true");
    try {
      const [{ locate, shares }, { localAnswer }, coverage, texts] = await Promise.all([import("./offline_lookup.js"), import("./local_answer.js"), fine(), cards()]);
      if (turn !== asked) return;
      const rough = accuracy > LARGEST_RADIUS_M;
      say(rough ? texts.words.tooRough.replace("{}", `${Math.round(accuracy / 1000)} km`) : "", rough);
      if (rough) return put([], false);
      const near = accuracy ? shares(coverage, lon, lat, accuracy) : [];
      put([localAnswer(locate(coverage, lon, lat), texts, { lang, accuracy, near, candidates })], move);
    } catch {
      if (turn !== asked) return;
      say(words.noShapes, true);
      put([], false);
    }
  }

  answer.addEventListener("click", ({ target }) => {
    const said = answer.querySelector(".answer");
    if (target.matches(".send")) {
      const { lon, lat, accuracy } = said.dataset;
      ask(accuracy ? { lon, lat, accuracy } : { lon, lat }, false);
    }
    if (target.matches(".pin")) {
      pinned = said.dataset.codes.split(" ");
      say(words.pinNow);
      container.scrollIntoView({ block: "nearest" });
      container.focus();
    }
  });
  answer.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(event.target);
    if (event.submitter?.name) fields.set(event.submitter.name, event.submitter.value);
    ask(fields, true);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ q: field.value }, true);
  });
  field.addEventListener("focus", async () => {
    try {
      const [{ combobox, readNames }, names] = await Promise.all([import("./combobox.js"), got(options.names)]);
      combobox(field, readNames(names), words, () => form.requestSubmit());
    } catch {
      // without the names the field is a plain one
    }
  }, { once: true });

  container.append(element("div", "", "crosshair"));
  map.on("click contextmenu", (event) => askAt(event.latlng, false)); // a long press is a contextmenu
  container.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === container) askAt(map.getCenter(), false);
  });
  if (isSecureContext && navigator.geolocation) {
    here.hidden = false;
    here.addEventListener("click", () => locateDevice());
  }

  function locateDevice() {
    const turn = ++asked;
    say(words.locating);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (turn === asked) askAt(L.latLng(coords.latitude, coords.longitude), true, Math.max(1, Math.round(coords.accuracy)));
      },
      (failure) => {
        if (turn === asked) say(failure.code === failure.PERMISSION_DENIED ? words.denied : words.noGeolocation, true);
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  }

  async function drawClosely() {
    if (map.getZoom() < FINE_ZOOM || !wards.drawn()) return;
    map.off("zoomend", drawClosely);
    try {
      const [{ streetLines }, coverage] = await Promise.all([import("./street_lines.js"), fine()]);
      wards.refine(coverage);
      streetLines(map, options.streets, words.streetCredit);
    } catch {
      map.on("zoomend", drawClosely);
    }
  }

  settle(true);
  got(options.coarse, "arrayBuffer")
    .then((buffer) => {
      wards.draw(readCoverage(buffer));
      map.on("zoomend", drawClosely);
      settle(true);
      drawClosely();
    })
    .catch(() => container.after(element("p", words.noWards, "hint")));
  if (isSecureContext && "serviceWorker" in navigator) {
    addEventListener("load", () => navigator.serviceWorker.register(options.worker).catch(() => {}));
  }
};
