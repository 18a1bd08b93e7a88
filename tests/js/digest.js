// A short digest of a drawing: the same for the same drawing, up to the last digits of its numbers.

import { createHash } from "node:crypto";
import { shortened } from "./moved.js";

/** @param {unknown} drawing */
export function digest(drawing) {
  return createHash("md5").update(JSON.stringify(drawing, shortened) ?? "").digest("base64url").slice(0, 6);
}
