// Where a framework does otherwise than the page: the notes beside the script of a training loop.

import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf } from "../../static/js/training/export/notes.js";

const RUN = {
  task: "text",
  cell: "rnn",
  reset_gate: null,
  activation: "tanh",
  optimizer: "sgd",
  clip: "none",
};

test("PyTorch’s layers have two biases, and its cells are not all of those of the page", () => {
  const cell = (/** @type {object} */ run) => notesOf("torch", { ...RUN, ...run })[0];
  assert.equal(cell({}), "torch_biases");
  assert.equal(cell({ activation: "relu" }), "torch_biases");
  assert.equal(cell({ activation: "sigmoid" }), "torch_activation");
  assert.equal(cell({ cell: "lstm", activation: "sigmoid" }), "torch_biases");
  assert.equal(cell({ cell: "gru", reset_gate: "before" }), "torch_reset_before");
  assert.equal(cell({ cell: "gru", reset_gate: "after" }), "torch_biases");
  assert.deepEqual(notesOf("torch", RUN), ["torch_biases", "torch_errors"]);
});

test("Keras and JAX have notes on float64, on Adam and on clipping", () => {
  assert.deepEqual(notesOf("keras", RUN), ["keras_float"]);
  const all = { ...RUN, cell: "gru", reset_gate: "after", optimizer: "adam", clip: "norm" };
  assert.deepEqual(notesOf("keras", all), ["keras_float", "keras_biases", "keras_adam", "keras_clip"]);
  assert.deepEqual(notesOf("keras", { ...RUN, optimizer: "rmsprop" }), ["keras_float", "keras_rmsprop"]);
  assert.deepEqual(notesOf("jax", all), ["jax_float", "jax_clip"]);
  assert.deepEqual(notesOf("jax", { ...all, clip: "element" }), ["jax_float"]);
  assert.deepEqual(notesOf("numpy", all), []);
});

test("The squared error of the page has ½; episodes carry nothing over that must be detached", () => {
  assert.deepEqual(notesOf("torch", { ...RUN, task: "adding" }), ["torch_biases", "torch_half"]);
  assert.deepEqual(notesOf("torch", { ...RUN, task: "episodes" }), ["torch_biases"]);
  assert.deepEqual(notesOf("torch", { ...RUN, task: "recall" }), ["torch_biases", "torch_errors"]);
  assert.deepEqual(notesOf("keras", { ...RUN, task: "adding" }), ["keras_float", "keras_half"]);
  assert.deepEqual(notesOf("jax", { ...RUN, task: "adding" }), ["jax_float"]); // optax.l2_loss has it, too
});
