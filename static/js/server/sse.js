// Server-sent events out of the text that has come so far.

/** @typedef {{name: string, id: string, data: string}} Sent */

/**
 * The events that are whole, and what has come of the next one.
 * @param {string} text
 * @returns {{events: Sent[], rest: string}}
 */
export function eventsIn(text) {
  const whole = text.replaceAll("\r\n", "\n").split("\n\n"), rest = whole.pop() ?? "";
  return { events: whole.map(eventOf).filter(({ name, data }) => name || data), rest };
}

/** @param {string} lines */
function eventOf(lines) {
  const fields = lines.split("\n").filter((line) => !line.startsWith(":")); // else a sign of life
  /** @param {string} field */
  const of = (field) =>
    fields.filter((line) => line.startsWith(`${field}:`)).map((line) =>
      line.slice(field.length + 1).replace(/^ /, "")
    );
  return { name: of("event").join(), id: of("id").join(), data: of("data").join("\n") };
}
