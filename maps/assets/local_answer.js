// Puts an answer that was found on this device into words, around the ward's card from the server's one template.
import { element } from "./map_parts.js";

export function localAnswer(found, { words, cards }, { lang, accuracy, near, candidates }) {
  const metres = (value) => inMetres(value, lang);
  const notes = [];
  if (near.length > 1) {
    const list = near.map(({ ward, share }) => `${ward.fullName} (${Math.round(100 * share)} %)`).join(", ");
    notes.push(notice("", fill(words.disc, metres(accuracy), list)));
  }
  if (candidates && !candidates.includes(found.ward?.code)) notes.push(notice(words.uncertain, words.notCandidate));
  const article = found.near ? undecided(found, words, metres) : decided(found, words, cards, metres, notes);
  article.dataset.lon = found.lon;
  article.dataset.lat = found.lat;
  if (accuracy) article.dataset.accuracy = accuracy;
  article.querySelector("h2").after(...notes);
  article.append(element("p", words.onPhone, "hint"));
  return article;
}

function decided(found, words, cards, metres, notes) {
  if (!found.ward) return outside(found, words, metres, notes);
  const template = document.createElement("template");
  template.innerHTML = cards[found.ward.code];
  const article = template.content.querySelector(".answer");
  article.querySelector(".eyebrow").textContent = words.belongs;
  const name = found.across?.fullName ?? words.otherProvince;
  if (found.doubted) notes.push(notice(words.uncertain, fill(words.near, name, metres(found.distance))));
  else if (!notes.length) notes.push(element("p", `✓ ${words.certain}`, "certain"));
  const row = element("div");
  row.append(element("dt", words.borderTerm), element("dd", fill(words.border, metres(found.distance), name)));
  article.querySelector(".facts").append(row);
  placeOffices(article.querySelector(".offices"), found, words, metres);
  return article;
}

function outside(found, words, metres, notes) {
  const article = articleFor([]);
  article.append(element("h2", words.outside));
  if (found.across) {
    const [name, distance] = [found.across.fullName, metres(found.distance)];
    if (found.doubted) notes.push(notice(words.uncertain, fill(words.nearOutside, name, distance)));
    article.append(element("p", fill(words.nearestWard, name, distance)));
  }
  return focusable(article);
}

// Nearer to a border than the shapes here are exact: say so, and ask before anything is sent.
function undecided(found, words, metres) {
  const article = articleFor(found.sides);
  const heading = element("h2");
  const names = found.sides.map((ward) => ward.fullName);
  if (names.length < 2) names.push(words.otherProvince);
  heading.append(element("span", words.tooNear, "eyebrow"), ...names.map((name) => element("span", name, "ward-name")));
  const button = element("button", words.send, "send");
  button.type = "button";
  const tolerance = metres(Math.ceil(found.tolerance));
  article.dataset.close = "yes";
  article.append(heading, element("p", fill(words.tooNearWhy, tolerance)), button, element("p", words.sent, "hint"));
  return focusable(article);
}

function articleFor(wards) {
  const article = element("article", "", "answer");
  article.dataset.codes = wards.map((ward) => ward.code).join(" ");
  return article;
}

function focusable(article) {
  article.querySelector("h2").tabIndex = -1;
  return article;
}

// Distances to the offices whose position is known, the nearest first.
function placeOffices(list, found, words, metres) {
  const known = [...list.querySelectorAll("[data-lon]")].map((item) => ({ item, away: distance(found, item.dataset) }));
  known.sort((a, b) => a.away - b.away);
  known.forEach(({ item, away }, i) => {
    const line = item.querySelector(".away");
    line.textContent = fill(words.distance, metres(away), metres(item.dataset.uncertainty));
    if (i === 0 && known.length > 1) line.prepend(element("strong", `${words.nearer}: `));
  });
  list.prepend(...known.map(({ item }) => item));
}

function distance({ lon, lat }, there) {
  const x = (there.lon - lon) * 111320 * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(x, (there.lat - lat) * 110700);
}

function notice(heading, text) {
  const made = element("div", "", "notice");
  if (heading) made.append(element("h3", heading));
  made.append(element("p", text));
  return made;
}

// Put values into a sentence: `{}` takes the next one, `{1}` that one.
function fill(sentence, ...values) {
  let next = 0;
  return sentence.replace(/\{(\d?)\}/g, (_, which) => values[which === "" ? next++ : which]);
}

// A distance as people say it; the same as `metres` in maps/page_parts.py.
function inMetres(value, lang) {
  if (value < 10) return `${Math.round(value)} m`;
  if (value < 1000) return `${Math.round(value / 10) * 10} m`;
  return `${(value / 1000).toLocaleString(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} km`;
}
