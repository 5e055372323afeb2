// @ts-check
/**
 * What is on the paper, and the way back through it. Pure: a gesture in, a new state out.
 * Each gesture says all of its thing anew, so that any order of arrival gives one picture.
 *
 * @typedef {"figure"|"tie"|"stroke"} Kind
 * @typedef {Record<string, any>} Body
 * @typedef {{id: string, act: string, kind: Kind, thing: string, made_at: string, undoes: string|null, away: boolean, body: Body}} Gesture
 * @typedef {{kind: Kind, thing: string, body: Body|null}} Before what a thing was before a gesture; null: not there
 * @typedef {Before & {id: string, at?: string}} Way one gesture of the way back, and when it was made
 * @typedef {{things: Map<string, {kind: Kind, body: Body}>, done: Way[], undone: Way[], latest: string}} Picture
 */

/** @param {{figures?: Body[], ties?: Body[], strokes?: Body[], done?: Way[], undone?: Way[], latest?: string}} state @returns {Picture} */
export function opened(state) {
  const things = new Map();
  const put = (/** @type {Kind} */ kind, /** @type {Body[]} */ bodies = []) => {
    for (const { thing, ...body } of bodies) things.set(thing, { kind, body });
  };
  put("stroke", state.strokes);
  put("tie", state.ties);
  put("figure", state.figures);
  return { things, done: state.done ?? [], undone: state.undone ?? [], latest: state.latest ?? "" };
}

/** @param {Picture} picture @param {Gesture} gesture @returns {Picture} */
export function drawn(picture, gesture) {
  const way = { id: gesture.id, at: gesture.made_at, ...was(picture, gesture.kind, gesture.thing) };
  const things = new Map(picture.things);
  if (gesture.away) things.delete(gesture.thing);
  else things.set(gesture.thing, { kind: gesture.kind, body: gesture.body });
  return { things, ...walked(picture, gesture, way), latest: gesture.made_at };
}

/** What undo would bring back, if anything. @param {Picture} picture @returns {Way|undefined} */
export function back(picture) {
  return picture.done[picture.done.length - 1];
}

/** The last step of a way: all that was said at one instant. @param {Way[]} ways @returns {Way[]} */
export function together(ways) {
  const last = ways[ways.length - 1];
  return ways.filter((way) => way === last || (last?.at && way.at === last.at));
}

/** What redo would bring back, if anything. @param {Picture} picture @returns {Way|undefined} */
export function again(picture) {
  return picture.undone[picture.undone.length - 1];
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
  if (gesture.undoes === null) return { done: [...picture.done, way], undone: [] };
  if (picture.done.some(({ id }) => id === gesture.undoes)) {
    return { done: without(picture.done), undone: [...picture.undone, way] };
  }
  return { done: [...picture.done, way], undone: without(picture.undone) };
}
