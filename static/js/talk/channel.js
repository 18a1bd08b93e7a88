// Messages between the window that presents a talk and its speaker's window.

/** @typedef {{tab: string, text: string, place: number, begun: number | null, isAway: boolean}} Told what the presenting window says; isAway: it shows another page */
/** @typedef {{to: string, by: number}} Asked what the speaker's window asks for: steps on, or back; 0: to be told */

const NAME = "bptt-explorer.talk";

/** @type {BroadcastChannel | null} */
let channel = null;

/** @param {(message: any) => void} heard */
export function listen(heard) {
  if (typeof BroadcastChannel === "undefined") return;
  channel ??= new BroadcastChannel(NAME);
  channel.addEventListener("message", ({ data }) => heard(data));
}

/** @param {Told | Asked} message */
export function send(message) {
  channel?.postMessage(message);
}

/** Open the speaker's window. @param {string} language @param {string} tab the window that presents */
export function openSpeaker(language, tab) {
  globalThis.open(`/${language}/talk#view=speaker&of=${tab}`, `speaker-${tab}`, "popup,width=720,height=560");
}
