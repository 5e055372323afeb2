// @ts-check
/**
 * Ink: the outline of a stroke whose width is uneven, as a hand leaves it.
 * Pure functions.
 *
 * @typedef {[number, number, number]} Point x, y, and weight from 0 (light) to 1 (heavy)
 */

const LIGHTEST = 0.3;
const STEP = 6;

/**
 * The weight of ink at a new point: from the pen's pressure, else from the hand's speed
 * (a slow hand leaves more ink). It follows the hand with a little delay.
 * @param {Point} last the point before
 * @param {number} x @param {number} y where the hand is now, on paper of side 1
 * @param {number} pause milliseconds since the point before
 * @param {number|null} pressure 0 to 1, or null where the device knows none
 * @returns {number} 0 to 1
 */
export function weight(last, x, y, pause, pressure) {
  const speed = Math.hypot(x - last[0], y - last[1]) / Math.max(pause, 1);
  const wanted = pressure === null ? 1 / (1 + 500 * speed) : Math.sqrt(clamp(pressure));
  return last[2] + (wanted - last[2]) * 0.25;
}

/**
 * The item of a list that is known to be there; below zero it counts from the end.
 * @template T @param {readonly T[]} list @param {number} at @returns {T}
 */
export function nth(list, at) {
  return /** @type {T} */ (list[at < 0 ? list.length + at : at]);
}

/**
 * Fewer points that draw the same stroke: those are left out that lie within `tolerance` of
 * the line between their neighbours (Ramer 1972; Douglas and Peucker 1973).
 * @param {Point[]} points @param {number} tolerance
 * @returns {Point[]}
 */
export function thin(points, tolerance) {
  if (points.length < 3) return points;
  const kept = new Set([0, points.length - 1]);
  /** @type {[number, number][]} */
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const at = farthest(points, span[0], span[1], tolerance);
    if (at < 0) continue;
    kept.add(at);
    spans.push([span[0], at], [at, span[1]]);
  }
  return points.filter((_, index) => kept.has(index));
}

/**
 * As `thin`, and never more than `most` points, however long the hand went on.
 * @param {Point[]} points @param {number} tolerance @param {number} most @returns {Point[]}
 */
export function thinned(points, tolerance, most) {
  let fewer = thin(points, tolerance);
  for (let rough = tolerance * 2; fewer.length > most; rough *= 2) fewer = thin(fewer, rough);
  return fewer;
}

/**
 * The outline of a stroke as an SVG path.
 * @param {Point[]} points in the units of the drawing @param {number} width at full weight
 * @param {{start: boolean, end: boolean}} [runsThin] which of its ends run thin
 * @returns {string}
 */
export function outline(points, width, runsThin = { start: true, end: true }) {
  if (!points.length) return "";
  const line = smooth(spread(apart(points, width / 4)));
  if (line.length < 2) return dot(nth(points, 0), width);
  const widths = halves(line, width, runsThin);
  const there = side(line, widths, 1);
  const back = side(line, widths, -1).reverse();
  return closed([...there, tip(line, widths, -1), ...back, tip(line, widths, 0)]);
}

/**
 * The edge on one side of a line. Where the hand turned more tightly than the ink is wide, an edge
 * would run backwards on the inner side; such points are left out.
 * @param {Point[]} line @param {number[]} widths @param {1 | -1} sign @returns {[number, number][]}
 */
function side(line, widths, sign) {
  /** @type {[number, number][]} */
  const edge = [];
  line.forEach(([x, y], at) => {
    const [nx, ny] = across(line, at);
    const half = sign * nth(widths, at);
    const [ex, ey] = [x + nx * half, y + ny * half];
    const last = edge[edge.length - 1];
    const forward = !last || (ex - last[0]) * ny - (ey - last[1]) * nx > 0;
    if (forward || at === line.length - 1) edge.push([ex, ey]);
  });
  return edge;
}

/** The round end of a stroke: a little beyond its first or last point. @param {Point[]} line @param {number[]} widths @param {0 | -1} at @returns {[number, number]} */
function tip(line, widths, at) {
  const [end, before] = at ? [nth(line, -1), nth(line, -2)] : [nth(line, 0), nth(line, 1)];
  const far = nth(widths, at) / (distance(end, before) || 1);
  return [end[0] + (end[0] - before[0]) * far, end[1] + (end[1] - before[1]) * far];
}

/**
 * The direction across a line at one of its points, of length 1.
 * @param {Point[]} line @param {number} at @returns {[number, number]}
 */
export function across(line, at) {
  const before = nth(line, Math.max(0, at - 1));
  const after = nth(line, Math.min(line.length - 1, at + 1));
  const length = distance(before, after) || 1;
  return [-(after[1] - before[1]) / length, (after[0] - before[0]) / length];
}

/** @param {number} value */
function clamp(value) {
  return Math.min(1, Math.max(0, value));
}

/** (A root of squares: many times faster than Math.hypot.) @param {Point} a @param {Point} b */
function distance(a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  return Math.sqrt(dx * dx + dy * dy);
}

/** @param {Point[]} points @param {number} from @param {number} to @param {number} tolerance */
function farthest(points, from, to, tolerance) {
  let found = -1;
  let most = tolerance;
  for (let at = from + 1; at < to; at += 1) {
    const off = offLine(nth(points, at), nth(points, from), nth(points, to));
    if (off > most) [found, most] = [at, off];
  }
  return found;
}

/** @param {Point} p @param {Point} a @param {Point} b how far p lies from the stretch a to b */
function offLine(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length ? clamp(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length) : 0;
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy);
}

/** Leave out points that crowd the one before. @param {Point[]} points @param {number} least */
function apart(points, least) {
  /** @type {Point[]} */
  const kept = [];
  for (const point of points) {
    if (!kept.length || distance(nth(kept, -1), point) >= least) kept.push(point);
  }
  return kept;
}

/** Points at an even step on a curve through all of them. @param {Point[]} points */
function spread(points) {
  const out = points.slice(0, 1);
  for (let at = 0; at + 1 < points.length; at += 1) {
    const curve = between(points, at);
    const steps = Math.ceil(distance(nth(points, at), nth(points, at + 1)) / STEP);
    for (let step = 1; step <= steps; step += 1) out.push(curve(step / steps));
  }
  return out;
}

/** The slope of the curve at a point, by length along it. @param {Point[]} points @param {number} at */
function slope(points, at) {
  const here = nth(points, at);
  const before = nth(points, Math.max(0, at - 1));
  const after = nth(points, Math.min(points.length - 1, at + 1));
  const length = distance(before, here) + distance(here, after);
  return [(after[0] - before[0]) / length, (after[1] - before[1]) / length];
}

/**
 * A cubic Hermite curve from a point to the next, as a function of 0 to 1.
 * @param {Point[]} points @param {number} at @returns {(t: number) => Point}
 */
function between(points, at) {
  const [a, b] = [nth(points, at), nth(points, at + 1)];
  const [from, to] = [slope(points, at), slope(points, at + 1)];
  const length = distance(a, b);
  return (t) => {
    const [t2, t3] = [t * t, t * t * t];
    const mix = (/** @type {0 | 1} */ i) =>
      (2 * t3 - 3 * t2 + 1) * a[i] + (3 * t2 - 2 * t3) * b[i] +
      length * ((t3 - 2 * t2 + t) * nth(from, i) + (t3 - t2) * nth(to, i));
    return [mix(0), mix(1), a[2] + (b[2] - a[2]) * t];
  };
}

/** @param {Point[]} line @returns {Point[]} */
function smooth(line) {
  return line.map((point, at) => {
    const [before, after] = [line[at - 1], line[at + 1]];
    if (at === 0 || !before || !after) return point;
    const mean = (/** @type {0 | 1 | 2} */ i) => (before[i] + 2 * point[i] + after[i]) / 4;
    return [mean(0), mean(1), mean(2)];
  });
}

/** Half the width at each point. @param {Point[]} line @param {number} width @param {{start: boolean, end: boolean}} runsThin */
function halves(line, width, runsThin) {
  const gone = [0];
  line.slice(1).forEach((point, at) => gone.push(nth(gone, at) + distance(nth(line, at), point)));
  const whole = nth(gone, -1);
  return line.map((point, at) => {
    const [from, to] = [runsThin.start ? nth(gone, at) : Infinity, runsThin.end ? whole - nth(gone, at) : Infinity];
    const near = Math.min(from, to) / (3 * width);
    const taper = 0.4 + 0.6 * Math.sqrt(clamp(near));
    return (width / 2) * (LIGHTEST + (1 - LIGHTEST) * clamp(point[2])) * taper;
  });
}

/** A closed curve that bends at each point and passes half-way between. @param {[number, number][]} points */
function closed(points) {
  const round = [...points, ...points.slice(0, 2)];
  let path = "";
  for (let at = 0; at <= points.length; at += 1) {
    const [x, y] = nth(round, at);
    const [nx, ny] = nth(round, at + 1);
    if (at) path += `Q${short(x)} ${short(y)} `;
    else path += "M";
    path += `${short((x + nx) / 2)} ${short((y + ny) / 2)}`;
  }
  return `${path}Z`;
}

/** @param {Point} point @param {number} width */
function dot([x, y, w], width) {
  const r = (width / 2) * (LIGHTEST + (1 - LIGHTEST) * clamp(w)) + 0.5;
  return closed([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]]);
}

/** @param {number} value */
function short(value) {
  return String(Math.round(value * 10) / 10);
}
