// Why the server writes no file or script, in words: what a framework cannot do.

import { hasWords, words } from "../../lib/words.js";

/** @param {import("../../server/api.js").Answer<unknown>} answer that is no result */
export function reason(answer) {
  if (!("problems" in answer)) return words("export.failed");
  const said = answer.problems.filter(({ code }) => hasWords(`file_errors.${code}`));
  if (!said.length) return words("export.failed");
  return said.map(({ code, limit, given, subject }) =>
    words(`file_errors.${code}`, { limit, given, subject })
  ).join(" ");
}
