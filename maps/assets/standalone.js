// The map in the file that opens without a network: shapes and every ward's card are already in it.
import { readCoverage } from "./coverage.js";
import { optionsOf } from "./map_parts.js";
import { wardMap } from "./ward_map.js";

window.wardFinder = (map, given) => {
  const options = optionsOf(given);
  const answer = document.getElementById("answer");
  const status = document.getElementById("status");
  const pick = document.getElementById("pick");
  const bytes = Uint8Array.from(atob(options.wards), (character) => character.charCodeAt(0));
  const coverage = readCoverage(bytes.buffer);
  const names = new Map(coverage.wards.map((ward) => [ward.code, ward.fullName]));

  function choose(code, focus) {
    pick.value = code;
    answer.innerHTML = options.cards[code] ?? "";
    status.textContent = names.get(code) ?? "";
    wards.show(answer.querySelector(".answer"), !focus);
    if (focus) answer.querySelector("[tabindex='-1']").focus();
  }

  const wards = wardMap(map, options, (code) => choose(code, true));
  pick.addEventListener("change", () => choose(pick.value, false));
  wards.draw(coverage);
  wards.show(null, false);
};
