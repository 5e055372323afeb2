// @ts-check
/**
 * What is on the paper, and the way back through it. Pure: a gesture in, a new state out.
 * Each gesture says all of its thing anew, so that any order of arrival gives one picture.
 *
 * @typedef {"region"|"stroke"|"shape"|"tie"|"figure"|"writing"} Kind
 * @typedef {Record<string, any>} Body
 * @typedef {{id: string, act: string, kind: Kind, thing: string, made_at: string, undoes: string|null, away: boolean, body: Body}} Gesture
 * @typedef {{kind: Kind, thing: string, body: Body|null}} Before what a thing was before a gesture; null: not there
 * @typedef {Before & {id: string, at?: string}} Way one step of the way back; those of one instant belong together
 * @typedef {{things: Map<string, {kind: Kind, body: Body}>, done: Way[], undone: Way[], earlier: string, further: string, latest: string}} Picture
 * `earlier` and `further` name the steps before which the way back, and the way on, were not brought yet
 * @typedef {{[list: string]: any, done?: Way[], undone?: Way[], earlier?: string, further?: string, latest?: string}} State
 */

/** What can be on the paper, from the lowest to the uppermost, and the list that holds it in a state. */
export const KINDS = /** @type {[Kind, string][]} */ ([
  ["region", "regions"], ["stroke", "strokes"], ["shape", "shapes"], ["tie", "ties"], ["figure", "figures"], ["writing", "writings"],
]);

/** @param {State} state @returns {Picture} */
export function opened(state) {
  const things = new Map();
  for (const [kind, list] of KINDS) {
    for (const { thing, ...body } of state[list] ?? []) things.set(thing, { kind, body });
  }
  const { done = [], undone = [], earlier = "", further = "", latest = "" } = state;
  return { things, done, undone, earlier, further, latest };
}

/** A picture as the plain values that it can be opened from again. @param {Picture} picture @returns {State} */
export function plain(picture) {
  const { things: _, ...rest } = picture;
  return { ...rest, ...Object.fromEntries(KINDS.map(([kind, list]) => [list, all(picture, kind)])) };
}

/** @param {Picture} picture @param {Gesture} gesture @returns {Picture} */
export function drawn(picture, gesture) {
  const way = { id: gesture.id, at: gesture.made_at, ...was(picture, gesture.kind, gesture.thing) };
  const things = new Map(picture.things);
  if (gesture.away) things.delete(gesture.thing);
  else things.set(gesture.thing, { kind: gesture.kind, body: gesture.body });
  return { things, ...walked(picture, gesture, way), earlier: picture.earlier, latest: gesture.made_at };
}

/** What undo would bring back, if anything. @param {Picture} picture @returns {Way|undefined} */
export function back(picture) {
  return picture.done[picture.done.length - 1];
}

/** What redo would bring back, if anything. @param {Picture} picture @returns {Way|undefined} */
export function again(picture) {
  return picture.undone[picture.undone.length - 1];
}

/** The last step of a way: all that was said at one instant. @param {Way[]} ways @returns {Way[]} */
export function together(ways) {
  const last = ways[ways.length - 1];
  return ways.filter((way) => way === last || (last?.at && way.at === last.at));
}

/**
 * Steps from before those that were there, once they are fetched.
 * @param {Picture} picture @param {"undo"|"redo"} act @param {string} before the step they were asked before
 * @param {{steps: Way[], more: string}} found @returns {Picture}
 */
export function reaching(picture, act, before, { steps, more }) {
  if (act === "undo" && picture.earlier === before) return { ...picture, done: [...steps, ...picture.done], earlier: more };
  if (act === "redo" && picture.further === before) return { ...picture, undone: [...steps, ...picture.undone], further: more };
  return picture;
}

/** The bodies of one kind, each with its thing. @param {Picture} picture @param {Kind} kind @returns {Body[]} */
export function all(picture, kind) {
  return [...picture.things].filter(([, item]) => item.kind === kind).map(([thing, item]) => ({ thing, ...item.body }));
}

/** Ties whose two figures are both on the paper. @param {Picture} picture */
export function ties(picture) {
  return all(picture, "tie").filter((tie) => picture.things.has(tie.a) && picture.things.has(tie.b));
}

/** @param {Picture} picture @param {Kind} kind @param {string} thing @returns {Before} */
function was(picture, kind, thing) {
  return { kind, thing, body: picture.things.get(thing)?.body ?? null };
}

/** @param {Picture} picture @param {Gesture} gesture @param {Way} way */
function walked(picture, gesture, way) {
  const without = (/** @type {Way[]} */ ways) => ways.filter(({ id }) => id !== gesture.undoes);
  const { done, undone, further } = picture;
  if (gesture.undoes === null) return { done: [...done, way], undone: [], further: "" };
  if (done.some(({ id }) => id === gesture.undoes)) return { done: without(done), undone: [...undone, way], further };
  return { done: [...done, way], undone: without(undone), further };
}
