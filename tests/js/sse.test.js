// Server-sent events as they arrive: whole ones, and the beginning of the next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsIn } from "../../static/js/server/sse.js";

test("an event is what two line ends close, of whichever kind, and the rest waits", () => {
  const text = "event: point\nid: 3\ndata: {}\n\nevent: end\n\ndata: a\ndata:b\ndata:  c\n\ndata: wai";
  const events = [
    { name: "point", id: "3", data: "{}" },
    { name: "end", id: "", data: "" },
    { name: "", id: "", data: "a\nb\n c" },
  ];
  assert.deepEqual(eventsIn(text), { events, rest: "data: wai" });
  assert.deepEqual(eventsIn(text.replaceAll("\n", "\r\n")), { events, rest: "data: wai" });
});

test("comments and empty events say nothing", () => {
  assert.deepEqual(eventsIn(":\n\n: still here\n\n\n\nid: 4\n\n"), { events: [], rest: "" });
  assert.deepEqual(eventsIn(": now\ndata: x\n\n").events, [{ name: "", id: "", data: "x" }]);
  assert.deepEqual(eventsIn(""), { events: [], rest: "" });
});
