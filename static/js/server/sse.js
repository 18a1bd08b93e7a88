// Parser of server-sent events (SSE) in the text received so far.

/** @typedef {{name: string, id: string, data: string}} Sent */

/**
 * The complete events, and the beginning of the next one.
 * @param {string} text
 * @returns {{events: Sent[], rest: string}}
 */
export function eventsIn(text) {
  const whole = text.replaceAll("\r\n", "\n").split("\n\n"), rest = whole.pop() ?? "";
  return { events: whole.map(eventOf).filter(({ name, data }) => name || data), rest };
}

/** @param {string} lines */
function eventOf(lines) {
  const fields = lines.split("\n").filter((line) => !line.startsWith(":")); // comments only keep the connection alive
  /** @param {string} field */
  const of = (field) =>
    fields.filter((line) => line.startsWith(`${field}:`)).map((line) =>
      line.slice(field.length + 1).replace(/^ /, "")
    );
  return { name: of("event").join(), id: of("id").join(), data: of("data").join("\n") };
}
