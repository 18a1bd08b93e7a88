// Links of a lesson's step: the address of its lab, with covered and highlighted parts.

/** @typedef {{page: string, search: string, hash: string}} Place page: "" the explorer, "training", "graph" */

/** @param {string} link such as training?v=1&k=2#at=1.0.3 @returns {Place} */
export function placeOf(link) {
  const [rest, hash = ""] = link.split("#"), [page, query = ""] = rest.split("?");
  return { page, search: `?${query}`, hash: hash && `#${hash}` };
}

/**
 * A fragment with some values replaced; null or an empty string removes a key.
 * @param {string} hash
 * @param {Record<string, string | null>} over
 */
export function laid(hash, over) {
  const keys = new URLSearchParams(hash.replace(/^#/, ""));
  for (const [name, value] of Object.entries(over)) {
    if (value) keys.set(name, value);
    else keys.delete(name);
  }
  const written = [...keys].map(([name, value]) =>
    `${name}=${encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",")}`
  );
  return written.length ? `#${written.join("&")}` : "";
}

/** @param {string} hash */
export function keysOf(hash) {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
}

/**
 * The state of a step's lab: covered until the question is answered, then as the answer shows it.
 * @param {LessonMoment} moment
 * @param {"a" | "b"} which
 * @param {{answered: boolean, theme: string | null}} how
 * @returns {Place}
 */
export function shown(moment, which, { answered, theme }) {
  const place = placeOf((which === "b" && moment.link_b) || moment.link);
  const over = answered ? keysOf(moment.reveal) : { veil: moment.veil.join() || null };
  return { ...place, hash: laid(place.hash, { ...over, theme }) };
}

/**
 * Addresses of a place on this site: the lab itself, and the lab in a frame.
 * @param {string} language
 * @param {Place} place
 */
export const labPath = (language, { page, search, hash }) => `/${language}/${page}${search}${hash}`;
/** @param {string} language @param {Place} place */
export const framePath = (language, place) => `/embed${labPath(language, place)}`;

/** The lab alone, with nothing covered or hidden. @param {Place} place @returns {Place} */
export function freed({ page, search, hash }) {
  return { page, search, hash: laid(hash, { veil: null, show: null, look: null, theme: null }) };
}

/** At the end of a lesson no mark is dimmed. @param {Place} place @returns {Place} */
export function undimmed(place) {
  return { ...place, hash: laid(place.hash, { only: null, veil: null, look: null }) };
}

const OF_THE_LESSON = ["veil", "show", "look", "theme"]; // keys of a lab's hash that its reader does not change

/** Where a lab stands, as the lesson's address has it: its query and hash without what the lesson sets. @param {Place} place */
export function writeLab({ search, hash }) {
  return search + laid(hash, Object.fromEntries(OF_THE_LESSON.map((name) => [name, null])));
}

/**
 * The place that an address names, covered and reduced as the moment has it.
 * @param {Place} own the moment's own place
 * @param {string} lab as `writeLab` has it
 * @returns {Place}
 */
export function readLab({ page, hash }, lab) {
  const [search, its = ""] = lab.split("#"), keys = keysOf(hash);
  const set = Object.fromEntries(OF_THE_LESSON.map((name) => [name, keys[name] ?? null]));
  return { page, search: search || "?", hash: laid(its, set) };
}
