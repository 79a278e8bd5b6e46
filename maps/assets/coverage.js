// Reads the wards' shapes as maps/coverage_file.py writes them: arcs first, then each ward's rings of arcs.

export const NOBODY = -1; // the other side of the city border

export function readCoverage(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const bytes = new Uint8Array(buffer, 4 + length);
  let at = 0;

  function number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
  const signed = () => {
    const value = number();
    return (value >>> 1) ^ -(value & 1);
  };
  const list = (count, make) => Array.from({ length: count }, (_, i) => make(i));

  const arcs = list(number(), (i) => {
    let [x, y] = head.origin;
    const points = list(number(), () => {
      x += signed();
      y += signed();
      return [x * head.quantum, y * head.quantum];
    });
    return { points, sides: [], reach: head.doubt[i], box: boxOf(points) };
  });
  const wards = head.wards.map(([code, name, fullName], ward) => {
    const rings = list(number(), () => list(number(), signed).flatMap((reference) => {
      const arc = arcs[reference < 0 ? ~reference : reference];
      arc.sides.push(ward);
      return (reference < 0 ? [...arc.points].reverse() : arc.points).slice(1);
    }));
    return { code, name, fullName, rings, box: boxOf(rings[0]) };
  });
  arcs.forEach((arc) => arc.sides.length < 2 && arc.sides.push(NOBODY));
  wards.forEach((ward) => ward.rings.slice(1).forEach((ring) => widen(ward.box, boxOf(ring))));
  return { wards, arcs, tolerance: head.tolerance };
}

function boxOf(points) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  points.forEach(([x, y]) => widen(box, [x, y, x, y]));
  return box;
}

function widen(box, other) {
  box[0] = Math.min(box[0], other[0]);
  box[1] = Math.min(box[1], other[1]);
  box[2] = Math.max(box[2], other[2]);
  box[3] = Math.max(box[3], other[3]);
}
