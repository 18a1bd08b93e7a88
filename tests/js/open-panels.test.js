// Which panels a link opens, and what the address says of those that the reader opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isLikelyOpen,
  opened,
  openInTray,
  sectionOf,
  toggledSections,
  written,
} from "../../static/js/explorer/open-panels.js";

/** @type {import("../../static/js/explorer/open-panels.js").Known[]} */
const PANELS = [
  { name: "norms" },
  { name: "credit" },
  { name: "gates", closed: true },
  { name: "learning", closed: true, opens: ({ updates }) => Number(updates) > 0 },
];
const NONE = { open: null, panel: null, look: null };

/** @param {Partial<Seen>} seen @param {number} [updates] */
const inTray = (seen, updates = 0) => openInTray({ ...NONE, ...seen }, { updates }, PANELS).join(",");

test("a link without a word of panels opens none, unless its parameters do", () => {
  assert.equal(inTray({}), "");
  assert.equal(inTray({}, 3), "learning");
});

test("an old link opens what was closed, and closes what its parameters open", () => {
  assert.equal(inTray({ panel: "gates" }), "gates");
  assert.equal(inTray({ panel: "norms" }), "", "it was open once, and the link closed it");
  assert.equal(inTray({ panel: "learning,gates" }), "gates,learning");
  assert.equal(inTray({ panel: "-learning" }, 3), "");
  assert.equal(inTray({ look: "credit" }), "credit");
  assert.equal(inTray({ look: "ledger" }), "");
});

test("open= names all that are open, in their order, and nothing else opens any", () => {
  assert.equal(inTray({ open: "gates,norms" }), "gates,norms");
  assert.equal(inTray({ open: "credit,credit,nonsense" }), "credit");
  assert.equal(inTray({ open: "none", panel: "gates", look: "credit" }, 3), "");
});

test("what the address says opens the same again, and says nothing where nothing is to be said", () => {
  for (const seen of [{}, { panel: "gates" }, { look: "credit" }, { open: "norms" }]) {
    for (const updates of [0, 2]) {
      for (const names of [[], ["norms"], ["learning"], ["credit"], ["gates", "norms"]]) {
        const now = { ...NONE, ...seen }, then = { ...now, ...written(names, now, { updates }, PANELS) };
        assert.deepEqual(openInTray(then, { updates }, PANELS), names);
        assert.equal(then.panel, null);
      }
    }
  }
  assert.equal(written([], NONE, {}, PANELS).open, null);
  assert.equal(written(["learning"], NONE, { updates: 1 }, PANELS).open, null);
});

test("one panel is open at a time; what is kept or added to stays", () => {
  const kept = new Set(["norms"]), nothing = new Set();
  assert.deepEqual(opened([], "credit", { kept: nothing }), ["credit"]);
  assert.deepEqual(opened(["norms"], "credit", { kept: nothing }), ["credit"]);
  assert.deepEqual(opened(["norms"], "credit", { kept }), ["norms", "credit"]);
  assert.deepEqual(opened(["norms", "credit"], "gates", { kept }), ["norms", "gates"]);
  assert.deepEqual(opened(["norms"], "credit", { kept: nothing, added: true }), ["norms", "credit"]);
});

test("in a frame sections are open by default, and open= opens more", () => {
  const of = (/** @type {number} */ i, /** @type {Partial<Seen>} */ seen, updates = 0) =>
    sectionOf(PANELS[i], { ...NONE, ...seen }, { updates });
  assert.ok(of(0, {}).open && !of(0, { panel: "norms" }).open && !of(2, {}).open);
  assert.ok(of(2, { panel: "gates" }).open && of(2, { open: "gates" }).open && of(2, { look: "gates" }).open);
  assert.ok(of(3, {}, 1).open && of(3, { panel: "-learning" }, 1).shut);
  assert.deepEqual(toggledSections(PANELS, { updates: 1 }, (name) => name === "gates"), [
    "norms",
    "credit",
    "gates",
    "-learning",
  ]);
});

test("before the panels are loaded a link tells whether the picture shares its room", () => {
  assert.ok(isLikelyOpen({ ...NONE, open: "norms" }, {}) && isLikelyOpen({ ...NONE, panel: "gates" }, {}));
  assert.ok(isLikelyOpen(NONE, { updates: 2 }));
  assert.ok(!isLikelyOpen({ ...NONE, open: "none" }, { updates: 2 }) && !isLikelyOpen(NONE, { updates: 0 }));
  assert.ok(!isLikelyOpen({ ...NONE, panel: "-learning" }, {}));
});
