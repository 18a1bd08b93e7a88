// Where a framework does otherwise than the page, for the run that a script trains.

/** @typedef {Record<string, string | number | null>} Run task, cell, reset_gate, activation, optimizer and clip of a run */

const LAYER_ACTIVATIONS = ["tanh", "relu"]; // of nn.RNN
const EPISODIC = ["episodes", "adding"]; // nothing is carried over, so nothing has to be detached

/** @type {Record<string, (run: Run) => boolean>} whether a note is for a run in PyTorch */
const TORCH = {
  torch_reset_before: ({ cell, reset_gate }) => cell === "gru" && reset_gate !== "after",
  torch_activation: ({ cell, activation }) =>
    cell === "rnn" && !LAYER_ACTIVATIONS.includes(String(activation)),
  torch_biases: (run) => !TORCH.torch_reset_before(run) && !TORCH.torch_activation(run),
  torch_errors: ({ task }) => !EPISODIC.includes(String(task)),
  torch_half: ({ task }) => task === "adding",
};

/** @type {Record<string, Record<string, (run: Run) => boolean>>} by library */
const NOTES = {
  numpy: {},
  torch: TORCH,
  keras: {
    keras_float: () => true,
    keras_biases: ({ cell, reset_gate }) => cell === "gru" && reset_gate === "after",
    keras_adam: ({ optimizer }) => optimizer === "adam",
    keras_rmsprop: ({ optimizer }) => optimizer === "rmsprop",
    keras_clip: ({ clip }) => clip === "norm",
    keras_half: ({ task }) => task === "adding",
  },
  jax: {
    jax_float: () => true,
    jax_clip: ({ clip }) => clip === "norm",
  },
};

/** Keys of the notes on a run in a library. @param {string} library @param {Run} run */
export const notesOf = (library, run) =>
  Object.entries(NOTES[library]).filter(([, isFor]) => isFor(run)).map(([name]) => name);
