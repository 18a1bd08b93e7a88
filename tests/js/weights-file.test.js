// What the weights panel says of a file before it is used, and the lines that read an exported one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMEWORKS, program, statesOf } from "../../static/js/explorer/export/weights.js";
import { said } from "../../static/js/explorer/weights-file/recognized.js";
import { answer, viewWith } from "./recorded.js";

const FOUND = /** @type {Api.WeightsFile} */ (/** @type {unknown} */ ({
  ...{ params: { cell: "lstm" }, assumed: [], fits_a_link: true, exact: true, link_length: 2000 },
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
