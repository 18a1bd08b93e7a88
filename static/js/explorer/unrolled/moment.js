// Access to the drawing of a moment of the player (playback.js), which is loaded after the first picture.

/** @typedef {typeof import("./playback.js").playbackShapes} DrawMoment */

/** @type {DrawMoment | null} */
let draw = null;

/** From now on moments are drawn. @param {DrawMoment} shapes */
export function usePlayback(shapes) {
  draw = shapes;
}

/** What draws a moment, once it is loaded. */
export const playback = () => draw;
