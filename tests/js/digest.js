// A short digest of a drawing: the same for the same drawing, up to the last digits of its numbers.

import { createHash } from "node:crypto";
import { rounded } from "./moved.js";

const LONG = /-?\d+\.\d{3,}(?:e[-+]?\d+)?/g; // numbers in a text that are not yet rounded, as those in paths are

/** @param {unknown} drawing */
export function digest(drawing) {
  return createHash("md5").update(JSON.stringify(drawing, shortened) ?? "").digest("base64url").slice(0, 6);
}

/** A value of a drawing with few digits, for JSON.stringify. @param {string} _ @param {unknown} value */
function shortened(_, value) {
  if (typeof value === "number") return Number.isFinite(value) ? rounded(value) : String(value);
  if (typeof value === "string") return value.replace(LONG, (number) => String(rounded(Number(number))));
  return value instanceof Map ? [...value] : value;
}
