// What the planners' map is made with: small tools, a table to sort, buttons for who cannot drag, marks that gather.
"use strict";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false, inertia: false });

// Marks stand at least so many pixels apart; from this zoom on side by side if they must.
const APART = 34;
const ASIDE = 26;
const CLOSEST = 17;

// Letters without their marks, so that "tru so" finds "trụ sở".
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

// Text of a part of a row, on one line.
function textOf(row, selector) {
  return (row.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
}

// Let the rows of a table be put in the order of any column; what is not known comes last, whichever way.
function sortable(table, words) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((th, place) => {
    const button = element("button", th.textContent, "sort");
    button.type = "button";
    button.title = `${words.sortBy}: ${th.textContent}`;
    th.replaceChildren(button);
    button.addEventListener("click", () => {
      const rising = th.getAttribute("aria-sort") === "descending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", rising ? "ascending" : "descending");
      body.append(...[...body.rows].sort((a, b) => order(a.cells[place], b.cells[place], rising)));
    });
  });
}

function order(a, b, rising) {
  const [known, other] = [a, b].map((cell) => cell.dataset.v !== undefined);
  if (known !== other) return known ? -1 : 1;
  const [left, right] = rising ? [a, b] : [b, a];
  return left.dataset.v - right.dataset.v || left.textContent.trim().localeCompare(right.textContent.trim(), "vi");
}

// Buttons for who cannot drag: four ways, and back to the whole city.
function steering(map, words, city) {
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => {
    const pad = element("div", "", "steer");
    const pan = (x, y) => () => map.panBy([x * 120, y * 120], { animate: !still });
    const whole = () => city.isValid() && map.fitBounds(city, { padding: [8, 8], animate: !still });
    const buttons = [
      ["↑", words.up, pan(0, -1)],
      ["←", words.left, pan(-1, 0)],
      ["⌂", words.whole, whole],
      ["→", words.right, pan(1, 0)],
      ["↓", words.down, pan(0, 1)],
    ];
    buttons.forEach(([sign, text, act]) => {
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
  return control;
}

// Join the nearest two of some places on the screen until all are far enough apart; a joined place lies in the middle
// of its members.
function gathered(places) {
  for (let pair = closest(places); pair; pair = closest(places)) {
    const [left, right] = pair;
    const weight = right.members.length / (left.members.length + right.members.length);
    left.at = left.at.add(right.at.subtract(left.at).multiplyBy(weight));
    left.members.push(...right.members);
    places.splice(places.indexOf(right), 1);
  }
  return places;
}

function closest(places) {
  let best = null;
  let least = APART;
  places.forEach((one, i) => {
    for (let j = i + 1; j < places.length; j++) {
      const apart = one.at.distanceTo(places[j].at);
      if (apart < least) [least, best] = [apart, [one, places[j]]];
    }
  });
  return best;
}
