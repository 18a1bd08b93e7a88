// Course progress, stored in this browser only (localStorage).

const NAME = "bptt-explorer.lessons";

/** @typedef {{last: string, seen: string[]}} Progress step numbers such as 8.2 */

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

/** A lesson is finished: reading continues here. @param {string} moment */
export function begun(moment) {
  keep({ ...progress(), last: moment });
}

/** @param {Progress} now */
function keep(now) {
  try {
    localStorage.setItem(NAME, JSON.stringify(now));
  } catch { /* the browser keeps nothing */ }
}
