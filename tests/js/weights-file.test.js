// What the weights panel says of a file before it is used, and the lines that read an exported one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMEWORKS, program, statesOf } from "../../static/js/explorer/export/weights.js";
import { happens, hindrance, said } from "../../static/js/explorer/weights-file/recognized.js";
import { symbolsAsked } from "../../static/js/explorer/weights-file/symbols.js";
import { answer, viewWith } from "./recorded.js";

const FOUND = /** @type {Api.WeightsFile} */ (/** @type {unknown} */ ({
  ...{ params: { cell: "lstm" }, assumed: [], noted: [], fits_a_link: true, exact: true, link_length: 2000 },
}));

test("a link of more than 2,000 characters, and rounded weights, are told", () => {
  viewWith();
  assert.deepEqual(said(FOUND), []);
  const [long] = said({ ...FOUND, link_length: 17_592 });
  assert.match(long, /about 17,600 characters\. This site takes it, but a QR code/);
  assert.match(said({ ...FOUND, exact: false })[0], /rounded to float32/);
  assert.deepEqual(said({ ...FOUND, fits_a_link: false, exact: false, link_length: 90_000 }), []);
  viewWith({}, "ko");
  assert.match(said({ ...FOUND, link_length: 2001 })[0], /링크가 2,100자쯤/);
});

test("every assumption is a sentence, and so is what the file says beside its arrays", () => {
  for (const language of ["en", "ko"]) {
    viewWith({}, language);
    const open = said({ ...FOUND, assumed: ["activation", "gates", "direction", "readout"] });
    assert.equal(open.length, 4);
    assert.match(open[0], /tanh/);
    const params = { cell: "rnn", activation: "relu" };
    const [activation, symbols] = said({ ...FOUND, params, noted: ["activation", "unit", "vocabulary"] });
    assert.match(activation, /relu/);
    assert.match(symbols, language === "en" ? /read from the file/ : /파일에 적어 둔/);
  }
});

test("a symbol of the text that the network lacks is named, a space visibly", () => {
  viewWith();
  const why = (/** @type {string} */ query, /** @type {string} */ vocabulary, /** @type {string} */ unit) =>
    hindrance({ ...FOUND, symbols: 5 }, vocabulary, symbolsAsked(query, unit));
  assert.equal(why("text=hello+world", "helow", "char"), "The text has ␣, which is none of them.");
  assert.equal(why("text=hello", "helow", "char"), "");
  assert.match(why("text=hello", "helo", "char"), /5 different symbols are needed/);
  assert.equal(why("text=a+b+c", "a b c d e", "word"), "", "the unit of the file, not of the page");
  const number = (/** @type {string} */ text, symbols = 1) =>
    hindrance({ ...FOUND, symbols }, "", symbolsAsked(`text=${text}`, "number"));
  assert.equal(number("1+2.5"), "");
  assert.match(number("1+x"), /The text has x/);
  assert.match(number("1", 2), /2 different symbols/);
});

test("of a second bias the blocks that are added are told apart from the one inside the reset", () => {
  viewWith();
  const whole = { transposed: false, order: ["r", "z", "n"], negated: ["z"], blocks: [], row: null };
  const inside = { ...whole, order: [], negated: [], blocks: ["n"] };
  assert.equal(
    happens({ ...whole, blocks: ["r", "z"] }, "z r n", 16),
    "blocks r, z (32); blocks r z → z r; z turned round (−)",
  );
  assert.equal(happens(inside, "z r n", 16), "block n (16)");
  assert.equal(happens({ ...inside, row: 2 }, "z r n", 16), "row 2, block n (16)");
  assert.match(happens(whole, "z r n", 16), /^blocks r z n → z r n; z/);
  assert.equal(happens({ ...inside, blocks: [] }, "z r n", 16), "as it is");
});

test("an initial state that is not zero is read from the file beside the weights", () => {
  const { pytorch, keras, onnx } = FRAMEWORKS;
  assert.equal(program(keras, []), 'model.load_weights("bptt_keras.weights.h5")');
  assert.equal(
    program(keras, ["h0"]),
    'model.load_weights("bptt_keras.weights.h5")\nh0 = h5py.File("bptt_keras.weights.h5")["h0"][:]',
  );
  assert.match(program(pytorch, ["h0", "c0"]), /strict=False\)\nh0 = .*\["h0"\]\nc0 = .*\["c0"\]$/);
  assert.doesNotMatch(program(pytorch, []), /strict/);
  assert.doesNotMatch(program(onnx, ["h0"]), /\n/);
});

test("the vectors that are not zero are named as in the file", () => {
  const { forward } = answer("lstm"), zeros = forward.h0.map(() => 0);
  assert.deepEqual(statesOf({ forward }), []);
  assert.deepEqual(statesOf({ forward: { ...forward, h0: zeros, c0: [1, ...zeros.slice(1)] } }), ["c0"]);
});
