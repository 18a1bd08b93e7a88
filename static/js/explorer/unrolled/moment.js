// Access to what is drawn after the first picture: a moment of the player (playback.js), and the gradients of the inputs
// (input-gradients.js).

/** @typedef {typeof import("./playback.js").playbackShapes} DrawMoment */
/** @typedef {typeof import("./input-gradients.js").inputGradientShapes} DrawInputGradients */

/** @type {DrawMoment | null} */
let draw = null;
/** @type {DrawInputGradients} */
let drawInputGradients = () => [];
/** Whether they are drawn. @type {(result: Result, view: View) => boolean} */
let hasInputGradients = () => false;
/** The request that they need. @type {(view: View) => string[]} */
let inputGradientsAsk = () => [];

/** From now on moments are drawn. @param {DrawMoment} shapes */
export function usePlayback(shapes) {
  draw = shapes;
}

/** From now on the gradients of the inputs are drawn. @param {DrawInputGradients} shapes @param {typeof hasInputGradients} has @param {typeof inputGradientsAsk} asks */
export function useInputGradients(shapes, has, asks) {
  drawInputGradients = shapes;
  hasInputGradients = has;
  inputGradientsAsk = asks;
}

/** What draws a moment, once it is loaded. */
export const playback = () => draw;

/** The gradients of the inputs, once what draws them is loaded. */
export const inputGradients = {
  shapes: (/** @type {Parameters<DrawInputGradients>} */ ...drawn) => drawInputGradients(...drawn),
  areDrawn: (/** @type {Result} */ result, /** @type {View} */ view) => hasInputGradients(result, view),
  asks: (/** @type {View} */ view) => inputGradientsAsk(view),
};
