// Access to what is drawn after the first picture: a moment of the player (playback.js), the gradients of the inputs
// (input-gradients.js), and the initial state (initial-state.js).

/** @typedef {typeof import("./playback.js").playbackShapes} DrawMoment */
/** @typedef {typeof import("./input-gradients.js").inputGradientShapes} DrawInputGradients */

/** @typedef {typeof import("./initial-state.js").initialStateShapes} DrawInitialState */

const LEAD = { phone: 42, wide: 60 }; // px before the first column

/** @type {DrawMoment | null} */
let draw = null;
/** @type {DrawInputGradients} */
let drawInputGradients = () => [];
/** Whether they are drawn. @type {(result: Result, view: View) => boolean} */
let hasInputGradients = () => false;
/** @type {DrawInitialState | null} */
let drawInitialState = null;
/** The request that they need. @type {(result: Result, view: View) => string[]} */
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

/** From now on the initial state is drawn. @param {DrawInitialState} shapes */
export function useInitialState(shapes) {
  drawInitialState = shapes;
}

/** The initial state, once what draws it is loaded. */
export const initialState = {
  shapes: (/** @type {Parameters<DrawInitialState>} */ ...drawn) =>
    drawInitialState?.(...drawn) ?? { behind: [], above: [] },
  isDrawn: (/** @type {Pick<Result, "forward">} */ result) =>
    drawInitialState !== null && leadOf(result, false) > 0,
};

/** The room that the picture needs for an initial state that is not zero. @param {Pick<Result, "forward">} result @param {boolean} phone */
export const leadOf = ({ forward: { h0, c0 } }, phone) =>
  h0.some(Boolean) || c0?.some(Boolean) ? LEAD[phone ? "phone" : "wide"] : 0;

/** What draws a moment, once it is loaded. */
export const playback = () => draw;

/** The gradients of the inputs, once what draws them is loaded. */
export const inputGradients = {
  shapes: (/** @type {Parameters<DrawInputGradients>} */ ...drawn) => drawInputGradients(...drawn),
  areDrawn: (/** @type {Result} */ result, /** @type {View} */ view) => hasInputGradients(result, view),
  asks: (/** @type {Result} */ result, /** @type {View} */ view) => inputGradientsAsk(result, view),
};
