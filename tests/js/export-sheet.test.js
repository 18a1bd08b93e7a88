// The sheet of an exported picture: its lines, its legend, and the text in a PNG.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 as reference } from "node:zlib";
import { crc32, textChunk } from "../../static/js/page/export/files.js";
import { broken, rowsOf, shortened } from "../../static/js/page/export/sheet.js";
import { textWidth } from "../../static/js/plot/figure.js";

test("a caption is broken between words, and no line is wider than its room", () => {
  const text = "From lag 0 to lag 5 the exact gradient goes from 0.14 to 0.026.";
  const lines = broken(text, 180, 14);
  assert.equal(lines.join(" "), text);
  assert.ok(lines.length > 1);
  for (const line of lines) assert.ok(textWidth(line, 14) <= 180, line);
  assert.deepEqual(broken("", 180, 14), []);
});

test("a long link is cut with a sign that says so", () => {
  const link = `https://bptt.example/?text=${"a".repeat(300)}`;
  assert.equal(shortened("https://bptt.example/en/", 600), "https://bptt.example/en/");
  assert.match(shortened(link, 600), /^https:\/\/bptt\.example\/\?text=a+…$/);
  assert.ok(shortened(link, 600).length < 100);
});

test("entries of a legend stand in as many rows as they need", () => {
  const key = (/** @type {number} */ width) => ({ node: /** @type {any} */ (null), width, height: 30 });
  const rows = rowsOf([key(100), key(100), key(100)], 230);
  assert.deepEqual(rows.map(({ keys }) => keys.length), [2, 1]);
  assert.deepEqual(rowsOf([], 230), []);
});

test("the text of a PNG is a chunk with the length and checksum that the format asks for", () => {
  const text = "바나나\nhttps://bptt.example/ko/";
  const chunk = textChunk("Description", text), view = new DataView(chunk.buffer);
  const content = chunk.slice(4, -4);
  assert.equal(view.getUint32(0), content.length - 4);
  assert.equal(new TextDecoder().decode(content), `iTXtDescription\0\0\0\0\0${text}`);
  assert.equal(view.getUint32(chunk.length - 4), reference(content));
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926); // the usual check value
});
