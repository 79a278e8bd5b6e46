// Suggests wards, old communes and streets while somebody types: an ARIA combobox with a list box.
// It looks in a published file of names, in the browser: what is typed is sent nowhere.
import { element, fold } from "./map_parts.js";

const MOST = 8;
const KINDS = ["newWard", "oldCommune", "street"];
const HOUSE = /^\s*(?:số\s+)?\d+[a-z]?(?:[/-]\d+[a-z]?)*\s+(?=\D)/i; // a house number before a street
const TYPE = /^(?:phuong|xa|thi tran|duong|pho|ngo) /;

const entry = (kind, label, hint, value) => ({ kind, label, hint, value, key: fold(label), all: fold(`${label} ${hint}`).split(" ") });
export const communeEntry = (name, district) => entry("oldCommune", name, district, `${name}, ${district}`);

export function readNames({ districts, wards, communes, streets }) {
  return [
    ...wards.map((name) => entry("newWard", name, "", `${name} mới`)),
    ...communes.map(([name, district]) => communeEntry(name, districts[district])),
    ...streets.flatMap(([name, where]) => where.map((district) => entry("street", name, districts[district], `${name}, ${districts[district]}`))),
  ];
}

// The entries that hold every typed word, or a word that begins with it: those that begin as typed first.
export function suggest(entries, typed) {
  const house = typed.match(HOUSE)?.[0] ?? "";
  const query = fold(typed.slice(house.length)).replace(/ (cu|moi)$/, "");
  if (query.length < 2) return [];
  const words = query.split(" ");
  const bare = query.replace(TYPE, "");
  const rank = ({ key, all }) => {
    if (key.startsWith(query) || key.replace(TYPE, "").startsWith(bare)) return 0;
    return words.every((word) => all.some((one) => one.startsWith(word))) ? 1 : 2;
  };
  return entries
    .filter(({ kind }) => !house || kind === "street")
    .map((entry) => ({ ...entry, rank: rank(entry), value: house + entry.value }))
    .filter((entry) => entry.rank < 2)
    .sort((a, b) => a.rank - b.rank || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.key.length - b.key.length)
    .slice(0, MOST);
}

// `onChosen` hears which entry was chosen. Returned is what shows the entries that fit now, and returns them.
export function combobox(field, names, words, onChosen) {
  const list = element("ul", "", "suggestions");
  const count = element("p", "", "visually-hidden");
  let shown = [];
  let active = -1;
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestions);
  count.setAttribute("aria-live", "polite");
  field.after(list, count);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }).forEach(([name, value]) => field.setAttribute(name, value));

  function close() {
    list.hidden = true;
    activate(-1);
    field.setAttribute("aria-expanded", "false");
    count.textContent = "";
  }

  function activate(which) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = which;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function open() {
    shown = suggest(names, field.value);
    activate(-1);
    list.replaceChildren(...shown.map(optionFor));
    list.hidden = !shown.length;
    field.setAttribute("aria-expanded", String(shown.length > 0));
    if (fold(field.value).length < 2) count.textContent = "";
    else count.textContent = shown.length ? words.found.replace("{}", shown.length) : words.foundNone;
    return shown;
  }

  function optionFor({ kind, label, hint }, i) {
    const option = element("li");
    option.id = `suggestion-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const more = kind === "oldCommune" ? `${words.oldCommune}, ${hint}` : kind === "street" ? `${words.street}, ${hint}` : words.newWard;
    option.append(element("span", label), " ", element("span", more, "hint"));
    option.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    option.addEventListener("click", () => choose(i));
    return option;
  }

  function choose(i) {
    const chosen = shown[i];
    field.value = chosen.value;
    close();
    onChosen(chosen);
  }

  const keys = {
    ArrowDown: () => (list.hidden ? open() : activate((active + 1) % shown.length)),
    ArrowUp: () => (list.hidden ? open() : activate((active < 0 ? shown.length : active) - 1)),
    Home: () => activate(0),
    End: () => activate(shown.length - 1),
    Escape: close,
    Enter: () => choose(active),
  };
  const inList = { Home: true, End: true, Enter: true }; // elsewhere these are the field's own
  field.addEventListener("keydown", (event) => {
    if (event.key === "Tab" || (event.key === "Enter" && active < 0)) return close();
    const act = keys[event.key];
    if (!act || event.isComposing || (inList[event.key] && active < 0) || (event.key === "Escape" && list.hidden)) return;
    event.preventDefault();
    act();
  });
  field.addEventListener("input", open);
  field.addEventListener("blur", close);
  if (document.activeElement === field && field.value) open();
  return open;
}
