// Packed numbers are read as the server reads them (tests/labs/test_packed_numbers.py).

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPacked, unpacked } from "../../static/js/lib/packed-numbers.js";

test("numbers of both formats are read", () => {
  assert.deepEqual(unpacked("f32:AACAPwAAAMA"), [1, -2]);
  assert.deepEqual(unpacked("f64:AAAAAAAA8D8"), [1]);
  assert.deepEqual(unpacked("f32:"), []);
  assert.deepEqual(unpacked("f32:AACAPwAAAMA.f64:AAAAAAAA8D8.f32:AACAPw"), [1, -2, 1, 1]);
});

test("what is cut off or written otherwise is none", () => {
  for (
    const text of [
      "f32:AACA",
      "f64:AACAPw",
      "f32:AACAPw==",
      "f32:A",
      "f16:AAAA",
      "1,2",
      "f32:AA+APw",
      "f32:AACAPw.",
      "f32:AACAPw.1",
    ]
  ) {
    assert.equal(unpacked(text), null, text);
  }
  assert.ok(isPacked("f32:") && isPacked("f64:x") && !isPacked("f16:") && !isPacked("1,2"));
});
