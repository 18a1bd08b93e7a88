// What a page that follows a lecture knows and shows: the latest value of the room, and one line that says where one is.
//
// Pure: states and events, without a page. A revision never goes back. A room that was known and is not found is away.

const PATIENCE = 600_000; // ms that a lecture may be away before it has ended

/** @typedef {import("../page/live/connection.js").Link} Link */
/**
 * @typedef {object} State
 * @property {Api.Room | null} room its latest value; null before the first
 * @property {boolean} isKnown whether there has been such a room
 * @property {boolean} isOwn the reader explores alone
 * @property {boolean} isMoved the lecture has shown something else since
 * @property {Link} link
 * @property {number | null} missing since when the room is not found, in ms
 * @property {{address: Api.Address | null} | null} ended
 */
/**
 * @typedef {object} Strip
 * @property {string} kind
 * @property {"explore" | "back" | "now" | "talk" | null} action
 * @property {number} [seconds]
 * @property {number | string | null} [limit]
 */

/** @param {boolean} [isKnown] @returns {State} */
export const begun = (isKnown = false) => ({
  ...{
    room: null,
    isKnown,
    isOwn: false,
    isMoved: false,
    link: { kind: "waiting" },
    missing: null,
    ended: null,
  },
});

/** The room's value has come; of an older one nothing is taken. @param {State} state @param {Api.Room} room @returns {State} */
export function take(state, room) {
  const before = state.room;
  if (before && room.revision < before.revision) return state;
  const isElsewhere = before !== null && JSON.stringify(before.address) !== JSON.stringify(room.address);
  return {
    ...state,
    room,
    isKnown: true,
    missing: null,
    isMoved: state.isOwn && (state.isMoved || isElsewhere),
  };
}

/** @param {State} state @param {{revision: number, listeners: number, count: number}} counts @returns {State} */
export function count(state, { revision, listeners, count }) {
  const { room } = state;
  if (!room || room.revision !== revision) return state;
  return { ...state, room: { ...room, listeners, vote: room.vote && { ...room.vote, count } } };
}

/** @param {State} state @param {Link} link @param {number} now in ms @returns {State} */
export function linked(state, link, now) {
  if (link.kind !== "unknown") {
    return { ...state, link, missing: link.kind === "open" ? null : state.missing };
  }
  const missing = state.missing ?? now;
  const ended = state.isKnown && now - missing > PATIENCE ? { address: null } : state.ended;
  return { ...state, link, missing, ended };
}

/** @param {State} state @param {Api.Address | null} address @returns {State} */
export const end = (state, address) => ({ ...state, ended: { address }, isOwn: true });
/** @param {State} state @returns {State} */
export const explore = (state) => ({ ...state, isOwn: true, isMoved: false });
/** @param {State} state @returns {State} */
export const back = (state) => ({ ...state, isOwn: false, isMoved: false });

/** Whether the page shows a field for another number instead. @param {State} state */
export function isNoRoom({ isKnown, link, ended, room }) {
  if (room) return false;
  return Boolean(ended) || (!isKnown && ["unknown", "often", "off"].includes(link.kind));
}

/** Whether the picture is led by the lecture. @param {State} state */
export const isLed = ({ isOwn, ended }) => !isOwn && !ended;

/** Who could answer: all who follow but the lecturer's own page. @param {Api.Room} room */
export const audience = ({ listeners, vote }) => Math.max(listeners - 1, vote?.count ?? 0, 0);

/** Whether the room has no place for this page, whose picture is the reader's then. @param {State} state */
export const isCrowded = ({ link, ended }) => link.kind === "full" && !ended;

/** The question of the room while there is one to look at. @param {State} state @returns {Api.Asked | null} */
export const question = ({ room, ended }) => (room && !ended && room.phase !== "show" ? room.vote : null);

/** The line at the bottom. @param {State} state @returns {Strip} */
export function stripOf({ room, isOwn, isMoved, link, missing, ended }) {
  if (ended) return { kind: "ended", action: ended.address ? "talk" : null };
  const way = isOwn ? /** @type {const} */ ("back") : /** @type {const} */ ("explore");
  if (link.kind === "full") return { kind: "crowded", limit: link.limit, action: null };
  if (missing !== null || room?.away) return { kind: "away", action: room ? way : null };
  if (link.kind === "lost") return { kind: "lost", seconds: link.seconds, action: "now" };
  if (!room) return { kind: "joining", action: null };
  if (!room.address) return { kind: "waiting", action: null };
  if (isOwn) {
    return { kind: room.phase === "vote" ? "called" : isMoved ? "moved" : "own", action: "back" };
  }
  if (room.paused) return { kind: "paused", action: way };
  if (room.phase === "vote") return { kind: "open", action: null };
  return { kind: link.kind === "slow" ? "slow" : "follow", action: way };
}
