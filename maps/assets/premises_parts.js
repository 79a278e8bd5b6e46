// What the planners' map is made with: a table to sort, marks that gather.
import { element } from "./map_parts.js";

// Marks stand at least so many pixels apart; from this zoom on side by side if they must.
const APART = 34;
export const ASIDE = 26;
export const CLOSEST = 17;

// Text of a part of a row, on one line.
export function textOf(row, selector) {
  return (row.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
}

// Let the rows of a table be put in the order of any column; what is not known comes last, whichever way.
export function sortable(table, words) {
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

// Join the nearest two of some places on the screen until all are far enough apart; a joined place lies in the middle
// of its members.
export function gathered(places) {
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
