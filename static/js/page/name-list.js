// Names with commas between, as hide=, veil= and only= of the hash have them.

/** Whether a part or a panel is among the names. @param {string | null | undefined} written @param {string} part */
export const namesPart = (written, part) => Boolean(written?.split(",").includes(part));
