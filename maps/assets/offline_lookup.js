// Says where a position lies, from the shapes that the page carries: nothing is sent anywhere.
// Its answers are the server's, except nearer to a border than the shapes' own tolerance: `near` is then true.
import { NOBODY } from "./coverage.js";

const DISC_CORNERS = 128;

export function locate(coverage, lon, lat) {
  const { wards, arcs, tolerance } = coverage;
  const ward = wards.findIndex((one) => covers(one, lon, lat));
  const scale = metresPerDegree(lat);
  let nearest = { distance: Infinity, arc: null };
  let doubted = false;
  arcs.forEach((arc) => {
    const reach = arc.sides.includes(ward) && arc.reach ? arc.reach + tolerance : 0;
    if (boxDistance(arc.box, lon, lat, scale) > Math.max(nearest.distance, reach)) return;
    const distance = lineDistance(arc.points, lon, lat, scale);
    if (distance < nearest.distance) nearest = { distance, arc };
    doubted ||= reach > 0 && distance <= reach;
  });
  const across = nearest.arc.sides.find((side) => side !== ward && side !== NOBODY);
  return {
    lon,
    lat,
    ward: wards[ward] ?? null,
    across: wards[across] ?? null,
    sides: nearest.arc.sides.filter((side) => side !== NOBODY).map((side) => wards[side]),
    distance: nearest.distance,
    doubted,
    near: nearest.distance <= tolerance,
    tolerance,
  };
}

// The wards under a disc, largest share first; the shares add up to less than 1 where the disc leaves the city.
export function shares(coverage, lon, lat, radius) {
  const [eastward, northward] = metresPerDegree(lat);
  const disc = Array.from({ length: DISC_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / DISC_CORNERS;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const whole = area(disc);
  return coverage.wards
    .filter(({ box }) => boxDistance(box, lon, lat, [eastward, northward]) < radius)
    .map((ward) => {
      const rings = ward.rings.map((ring) => ring.map(([x, y]) => [(x - lon) * eastward, (y - lat) * northward]));
      return { ward, share: rings.reduce((sum, ring) => sum + area(clipped(ring, disc)), 0) / whole };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

function covers({ box, rings }, lon, lat) {
  if (lon < box[0] || lat < box[1] || lon > box[2] || lat > box[3]) return false;
  let inside = false;
  rings.forEach((ring) => {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x, y] = ring[i];
      const [px, py] = ring[j];
      if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
    }
  });
  return inside;
}

// Lengths of a degree eastwards and northwards on WGS 84, metres.
function metresPerDegree(lat) {
  const angle = (lat * Math.PI) / 180;
  return [
    111412.84 * Math.cos(angle) - 93.5 * Math.cos(3 * angle) + 0.118 * Math.cos(5 * angle),
    111132.92 - 559.82 * Math.cos(2 * angle) + 1.175 * Math.cos(4 * angle),
  ];
}

function boxDistance(box, lon, lat, [eastward, northward]) {
  const x = Math.max(box[0] - lon, 0, lon - box[2]) * eastward;
  const y = Math.max(box[1] - lat, 0, lat - box[3]) * northward;
  return Math.hypot(x, y);
}

function lineDistance(points, lon, lat, [eastward, northward]) {
  let best = Infinity;
  let x = (points[0][0] - lon) * eastward;
  let y = (points[0][1] - lat) * northward;
  for (let i = 1; i < points.length; i++) {
    const nextX = (points[i][0] - lon) * eastward;
    const nextY = (points[i][1] - lat) * northward;
    const dx = nextX - x;
    const dy = nextY - y;
    const along = Math.min(1, Math.max(0, -(x * dx + y * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, (x + along * dx) ** 2 + (y + along * dy) ** 2);
    x = nextX;
    y = nextY;
  }
  return Math.sqrt(best);
}

// Sutherland and Hodgman: a ring cut by each edge of a convex, counter-clockwise polygon.
function clipped(ring, convex) {
  return convex.reduce((rest, from, i) => {
    const to = convex[(i + 1) % convex.length];
    const side = ([x, y]) => (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
    return rest.flatMap((point, j) => {
      const before = rest[(j || rest.length) - 1];
      const [a, b] = [side(before), side(point)];
      const cut = [before[0] + ((point[0] - before[0]) * a) / (a - b), before[1] + ((point[1] - before[1]) * a) / (a - b)];
      if (b >= 0) return a < 0 ? [cut, point] : [point];
      return a >= 0 ? [cut] : [];
    });
  }, ring);
}

function area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}
