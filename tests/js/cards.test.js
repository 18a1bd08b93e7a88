// The cards of the tray: every finding is true of its answer, odd ones too, and short enough.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as comparison from "../../static/js/explorer/cards/comparison.js";
import * as cost from "../../static/js/explorer/cards/cost.js";
import * as credit from "../../static/js/explorer/cards/credit.js";
import { change, errorText, MOST_CHARACTERS } from "../../static/js/explorer/cards/finding.js";
import * as norms from "../../static/js/explorer/cards/norms.js";
import * as schemes from "../../static/js/explorer/cards/schemes.js";
import { PANELS } from "../../static/js/explorer/panels.js";
import { isVeiled } from "../../static/js/explorer/panel-veil.js";
import { makeDocument } from "./document.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

makeDocument();
/** Of the English catalogue, whichever was used last. @param {string} key @param {Record<string, unknown>} [values] */
const words = (key, values) => viewWith().words(key, values);

/** @param {Num[]} exact @param {Num[]} cut */
const normsOf = (exact, cut) =>
  norms.finding(/** @type {any} */ ({ full: { dh_norm: exact }, truncated: { dh_norm: cut } }), words);

/** @param {Record<string, Num>} errors @param {string} [truncation] */
const schemesOf = (errors, truncation = "blocks") => {
  const each = Object.entries(errors).map(([name, error]) => [name, { relative_error: error }]);
  return schemes.finding(
    /** @type {any} */ ({ schemes: Object.fromEntries(each), params: { truncation } }),
    words,
  );
};

/** @param {number} kept @param {number} total @param {string} [language] */
const creditOf = (kept, total, language = "en") =>
  credit.finding({ cells_kept: kept, cells_total: total }, viewWith({}, language).words);

for (const language of ["en", "ko"]) {
  for (const name of ANSWERS) {
    test(`${name}, ${language}: every card has a drawing without a missing number and a finding that fits`, () => {
      const view = viewWith({}, language), result = answer(name);
      const cards = PANELS.flatMap(({ card }) => (card ? [card(result, view)] : []));
      assert.equal(cards.length, 5);
      for (const { figure, finding, note } of cards) {
        assert.ok(finding && finding.length <= MOST_CHARACTERS, finding);
        assert.doesNotMatch(finding + note, /[{}]|NaN|undefined|null|Infinity/);
        assert.doesNotMatch(JSON.stringify(figure), /NaN|undefined|Infinity/);
      }
    });
  }
}

for (const name of ANSWERS) {
  test(`${name}: the numbers of the cards are those of the answer`, () => {
    const result = answer(name), { full, truncated } = result;
    const changes = full.dh_norm.map((size, t) => Math.abs(Number(size) - Number(truncated.dh_norm[t])));
    const widest = changes.indexOf(Math.max(...changes)), said = norms.finding(result, words);
    if (changes.every((size) => size === 0)) assert.match(said.note, /reaches t = 0/);
    else assert.ok(said.note.startsWith(`at t = ${widest},`), said.note);
    const pairs = result.kept.flatMap((row, s) =>
      row.filter((_, t) => t <= s && result.forward.loss[s] !== null)
    );
    const kept = pairs.filter((weight) => weight !== 0).length;
    if (result.tokens.length <= 18) {
      assert.equal(credit.finding(result, words).finding, `${kept} of ${pairs.length}`);
    }
    const errors = Object.entries(result.schemes).filter(([scheme]) => scheme !== "full");
    const least = Math.min(...errors.map(([, { relative_error: error }]) => Number(error)));
    const closest = errors.filter(([, { relative_error: error }]) => error === least).map(([scheme]) =>
      scheme
    );
    const told = schemes.finding(result, words);
    assert.ok(closest.some((scheme) => words(`schemes.names.${scheme}`) === told.finding));
    assert.equal(told.note.startsWith("equal to full"), least === 0);
    assert.equal(/, (with|as) /.test(told.note), closest.length > 1);
  });
}

test("a change is told by both sizes, or by what it changes where they are small, large or alike", () => {
  assert.equal(change(0.203, 0.13606), "0.20 → 0.14");
  assert.equal(change(0.2, 0), "0.20 → 0");
  assert.equal(change(0.0816, 0.064), "0.08 → 0.06");
  assert.equal(change(0.12, 0.0712), "0.12 → 0.07");
  assert.equal(change(0.021, 0.019), "−9.5%");
  assert.equal(change(0.12, 0.004), "−97%");
  assert.equal(change(12.34, 10.2), "12.3 → 10.2");
  assert.equal(change(999.9, 123.4), "−88%");
  assert.equal(change(0.005, 0.003), "−40%");
  assert.equal(change(5e-7, 0), "−100%");
  assert.equal(change(0.2, 0.2004), "+0.2%");
  assert.equal(change(0.2, 0.20001), "< 0.1%");
  assert.equal(change(2000, 4600), "+130%");
  assert.equal(change(2e-5, 2.4e-3), "×120");
  assert.equal(change(1e-5, 5), "×5×10⁵");
  assert.equal(change(0, 0.02), "0 → 0.020");
  assert.equal(change(0, 1.3e-12), "0 → 1×10⁻¹²");
  assert.equal(change(0, 1.3e-120), "", "too long to be told");
  assert.equal(change(1e-150, 1e150), "×1×10³⁰⁰");
});

test("an error is a percentage however large it is", () => {
  assert.deepEqual([0, 4e-4, 0.16072, 0.99, 3.2955, 12].map(errorText), [
    "0%",
    "< 0.1%",
    "16%",
    "99%",
    "330%",
    "1200%",
  ]);
  assert.equal(errorText(3.4e9), "3×10¹¹%");
});

test("gradient per step: what reaches the start where nothing changes, and nothing where it overflows", () => {
  assert.deepEqual(normsOf([0.27], [0.27]), { finding: "0.27", note: "reaches t = 0" });
  assert.deepEqual(normsOf([0, 0.3], [0, 0.3]), { finding: "0", note: "nothing reaches t = 0" });
  assert.deepEqual(normsOf([null, null], [null, null]), { finding: "", note: "gradients overflow" });
  assert.deepEqual(normsOf([null, 0.4, 0.3], [null, 0.2, 0.3]), {
    finding: "0.40 → 0.20",
    note: "at t = 1, cut",
  });
  assert.deepEqual(
    normsOf([0.3, 0.3], [0.300001, 0.3]),
    { finding: "0.30", note: "reaches t = 0" },
    "a rounding",
  );
  assert.equal(normsOf([1.2e-30, 0.3], [1.2e-30, 0.3]).finding, "1.2×10⁻³⁰");
});

test("credit matrix: a percentage as soon as the counts would not fit", () => {
  assert.equal(creditOf(1, 1).finding, "1 of 1");
  assert.equal(creditOf(13, 28, "ko").finding, "28칸 중 13칸");
  assert.equal(creditOf(999, 4950).finding, "999 of 4950");
  assert.equal(creditOf(1000, 10_000).finding, "10%");
  assert.equal(creditOf(5000, 500_500).finding, "1%");
  assert.equal(creditOf(1000, 500_500).finding, "<1%");
  assert.equal(creditOf(500_499, 500_500).finding, ">99%");
  assert.equal(creditOf(500_500, 500_500).finding, "100%");
});

test("schemes: ties and exact ones are told, the chosen one first, and none where none can be compared", () => {
  assert.deepEqual(schemesOf({ full: 0, blocks: 0.47, window: 0.161 }), {
    finding: "window",
    note: "closest: off by 16%",
  });
  const tie = { full: 0, blocks: 0.5, window: 0.2, tbptt: 0.2 };
  assert.deepEqual(schemesOf(tie), { finding: "window", note: "closest, with TBPTT: 20%" });
  assert.deepEqual(schemesOf(tie, "tbptt"), { finding: "TBPTT", note: "closest, with window: 20%" });
  const exact = { full: 0, blocks: 0, window: 0, tbptt: 0 };
  assert.deepEqual(schemesOf(exact), { finding: "blocks", note: "equal to full, as 2 others" });
  assert.deepEqual(schemesOf({ full: 0, blocks: 0, window: 0.1 }), {
    finding: "blocks",
    note: "equal to full",
  });
  assert.deepEqual(schemesOf({ full: null, blocks: null, window: null }), {
    finding: "",
    note: "cannot be compared",
  });
  assert.equal(schemesOf({ full: 0, blocks: null, window: 0.3 }).finding, "window");
});

test("schemes: an arrow for each that has a direction, the closest one's last, and none for a gradient of 0", () => {
  const none = { cosine: null, norm_ratio: 0, relative_error: 0.2 };
  const some = { cosine: 0.5, norm_ratio: 0.8, relative_error: 0.9 };
  /** @param {object} schemes_ */
  const arrows = (schemes_) => {
    const result =
      /** @type {any} */ ({ schemes: { full: some, ...schemes_ }, params: { truncation: "blocks" } });
    const { figure } = schemes.card(result, viewWith());
    return /** @type {any} */ (figure).children.map((/** @type {any} */ one) =>
      Number(one.attributes.opacity ?? 1)
    );
  };
  assert.deepEqual(arrows({ blocks: none, window: some }), [0.55, 0.35]);
  assert.deepEqual(arrows({ blocks: { ...none, norm_ratio: null, cosine: 1 }, window: some }), [0.55, 0.35]);
  assert.deepEqual(arrows({ blocks: none, window: { ...some, relative_error: 0.1 } }), [0.55, 1]);
  assert.deepEqual(arrows({ window: { ...some, relative_error: 0.1 }, blocks: some }), [0.55, 0.35, 1]);
});

test("by parameter: no finding where the exact gradient is zero or overflows", () => {
  const none = { recurrent: { cosine: null, relative_error: null, norm_ratio: null } };
  /** @param {any} part */
  const of = (part) => comparison.finding(part, words);
  assert.deepEqual(of({ comparison: none, overflow_at: null }), { finding: "", note: "every gradient is 0" });
  const beyond = { pass: "backward", step: 3 };
  assert.deepEqual(of({ comparison: none, overflow_at: beyond }), {
    finding: "",
    note: "gradients overflow",
  });
  assert.equal(
    of({ comparison: { recurrent: { relative_error: 0.46983 } }, overflow_at: null }).finding,
    "47%",
  );
});

test("cost: up to twenty steps are boxes, more are one bar of the same extent", () => {
  /** @param {number} full @param {number} truncated how many boxes each row has, and from where to where */
  const rows = (full, truncated) => {
    const steps = { cost: { full: { cached_steps: full }, truncated: { cached_steps: truncated } } };
    const { figure } = cost.card(/** @type {any} */ (steps), viewWith());
    return /** @type {any} */ (figure).children.map((/** @type {any} */ path) => {
      const corners = path.attributes.d.split("Z").filter(Boolean);
      const xs = corners.flatMap((/** @type {string} */ box) =>
        [...box.matchAll(/(-?[\d.]+)[ ,]/g)].map(([, x]) => Number(x))
      );
      return corners.length && [corners.length, Math.min(...xs), Math.max(...xs)];
    });
  };
  assert.deepEqual(rows(40, 10), [[1, 0, 62], [1, 62, 62], [1, 0, 15.5], [1, 15.5, 62]]);
  const [all, none, kept, dropped] = rows(20, 5);
  assert.deepEqual([all[0], none, kept[0], dropped[0]], [20, 0, 5, 15]);
  assert.ok(kept[2] < 62 * 5 / 20 && dropped[1] > 62 * 5 / 20 && dropped[2] < 62);
});

test("cost: steps stored at once of the longest run fit", () => {
  const cost_ = { full: { cached_steps: 1000 }, truncated: { cached_steps: 1000 } };
  assert.equal(cost.finding(/** @type {any} */ ({ cost: cost_ }), words).finding, "1000 / 1000");
});

test("what covers a panel covers its card, and one covered row the credit matrix", () => {
  assert.ok(isVeiled("norms", { veil: "norms,h.2" }));
  assert.ok(!isVeiled("norms", { veil: "credit" }));
  assert.ok(isVeiled("credit", { veil: "row.2" }));
});
