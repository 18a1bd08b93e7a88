// Motion of the graph when the truncation changes: shapes go from where they were to where they are, numbers change at once.
// There is none while k is dragged, which moves by itself, nor for a reader who wants less motion; a frame that takes too long
// ends it.

const DURATION = 160; // ms, as --time-move
const PAUSE = 250; // ms without a change: sooner, k is being dragged
const MOST_PER_FRAME = 10; // ms of drawing: with more the motion would not be smooth

/** How often a motion has begun. */
let motions = 0;

let changedAt = -Infinity;

/** The truncation has changed: whether shapes may move. */
export function mayMove() {
  const before = changedAt;
  changedAt = performance.now();
  return changedAt - before > PAUSE && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** End the motion that is under way: something else is drawn. */
export function stop() {
  motions += 1;
}

/**
 * Draw the first part of a motion, and the others in the frames to come.
 * @param {(part: number) => Promise<unknown>} draw part: of the way that is done, 0 to 1
 */
export async function move(draw) {
  const mine = ++motions, start = performance.now();
  await draw(0);
  const next = async () => {
    if (mine !== motions) return;
    const began = performance.now(), done = Math.min(1, (began - start) / DURATION);
    await draw(eased(done));
    if (mine !== motions || done === 1) return;
    if (performance.now() - began > MOST_PER_FRAME) await draw(1);
    else requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** Fast first, then slower. @param {number} done */
const eased = (done) => 1 - (1 - done) ** 2;
