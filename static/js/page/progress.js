// How far a reader has come, kept in this browser only.

const NAME = "bptt-explorer.lessons";

/** @typedef {{last: string, seen: string[]}} Progress moments by their numbers, 8.2 */

/** @returns {Progress} */
export function progress() {
  try {
    const { last, seen } = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    const isMoment = (/** @type {unknown} */ one) =>
      typeof one === "string" && /^\d{1,2}\.\d{1,2}$/.test(one);
    return { last: isMoment(last) ? last : "", seen: Array.isArray(seen) ? seen.filter(isMoment) : [] };
  } catch {
    return { last: "", seen: [] };
  }
}

/** @param {string} moment */
export function visited(moment) {
  const { seen } = progress();
  keep({ last: moment, seen: seen.includes(moment) ? seen : [...seen, moment] });
}

/** A lesson is over: it goes on here. @param {string} moment */
export function begun(moment) {
  keep({ ...progress(), last: moment });
}

/** @param {Progress} now */
function keep(now) {
  try {
    localStorage.setItem(NAME, JSON.stringify(now));
  } catch { /* the browser keeps nothing */ }
}
