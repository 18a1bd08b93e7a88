// Steering of a room: what the lecturer's page sends, how often, and what it does when the server cannot be reached.
//
// At most five changes a second, the last one always, one at a time; the same again every 15 s, since a silent page is
// away after 40 s. A room that a restart has lost is opened again by the next of these. A page that sees another one
// steer after it falls silent.

import { lengthOf } from "./room-address.js";
import { throttled } from "./throttle.js";

const PAUSE = 200; // ms between two changes
const BEAT = 15_000; // ms after which the same is said again
const EARLY = 12_000; // ms after which it is said again where something else wakes the page, whose timers may be slow
const FIRST = 1_000, LONGEST = 15_000; // ms between two tries
export const MAX_LENGTH = 32 * 1024; // bytes of an address

/** @typedef {import("../../server/rooms.js").Reply} Reply */
/** @typedef {{address: Required<Api.Address>, phase: Api.Room["phase"], paused: boolean, vote: Api.Question | null}} Wanted */
/**
 * @typedef {{kind: "fine" | "again" | "denied" | "ended" | "moved"}
 *   | {kind: "silent", seconds: number}
 *   | {kind: "long", n: number, limit: number}
 *   | {kind: "full", limit: number | string | null, seconds: number}} Told
 *   moved: another device steers
 */
/** @typedef {import("./throttle.js").Clock & {put: (change: Api.Change) => Promise<Reply>, random: () => number}} World */

/**
 * @param {{sender: string, wanted: Wanted}} begin
 * @param {(told: Told) => void} tell
 * @param {World} world
 */
export function steering({ sender, wanted }, tell, world) {
  const { put, now, set, clear, random } = world;
  let isStopped = false, isSending = false, isStale = false, isSteering = false, isLong = false;
  let failures = 0, revision = 0, sentAt = 0;
  /** @type {any} */
  let timer = null;
  const sending = throttled(PAUSE, transmit, world);

  /** Change what everybody sees. @param {Partial<Wanted>} over */
  function change(over) {
    const address = over.address ?? wanted.address, n = lengthOf(address);
    const fits = n <= MAX_LENGTH;
    if (!fits && !isLong) tell({ kind: "long", n, limit: MAX_LENGTH });
    if (fits && isLong) tell({ kind: "fine" });
    isLong = !fits;
    const next = { ...wanted, ...over, address: fits ? address : wanted.address };
    if (JSON.stringify(next) === JSON.stringify(wanted)) return;
    wanted = next;
    isStale = true;
    sending.ask();
  }

  async function transmit() {
    if (isStopped || isSending) return; // it is sent when the last one has arrived
    clear(timer);
    isSending = true;
    isStale = false;
    const reply = await put({ ...wanted, sender, revision });
    isSending = false;
    if (isStopped) return;
    sentAt = now();
    heard(reply);
    if (isStale && !failures) sending.ask();
  }

  /** @param {Reply} reply */
  function heard({ status, code, limit, seconds }) {
    if (status === 204 || status === 201) {
      if (status === 201) tell({ kind: "again" });
      else if (failures) tell({ kind: "fine" });
      failures = 0;
      timer = set(transmit, BEAT);
    } else if (status === 401 || status === 403) end("denied");
    else if (status === 410) end("ended");
    else {
      failures += 1;
      const pause = Math.max(
        Math.min(LONGEST, FIRST * 2 ** (failures - 1)) * (1 + random() / 2),
        1000 * seconds,
      );
      const told = { seconds: Math.ceil(pause / 1000) };
      tell(code === "too_many_rooms" ? { kind: "full", limit, ...told } : { kind: "silent", ...told });
      timer = set(transmit, pause);
    }
  }

  /** @param {"denied" | "ended" | "moved"} kind */
  function end(kind) {
    stop();
    tell({ kind });
  }

  function stop() {
    isStopped = true;
    sending.cancel();
    clear(timer);
  }

  /** What the room is now: of this page, or of another that steers. @param {Api.Room} room */
  function saw(room) {
    if (room.revision < revision || isStopped) return;
    const isNewer = room.revision > revision;
    revision = room.revision;
    if (room.sender === sender) isSteering = true;
    else if (isSteering && isNewer) end("moved");
  }

  /** The network is back, or the page is seen again. */
  function wake() {
    if (!isStopped && (failures || now() - sentAt > EARLY)) transmit();
  }

  transmit();
  return { change, stop, saw, wake, wanted: () => wanted, isStopped: () => isStopped };
}
