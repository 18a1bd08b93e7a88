// What the server answers to the graph lab's questions.

import { fetchAnswer, remembered } from "../server/api.js";

export const answerTo = remembered((/** @type {string} a canonical one */ query) =>
  fetchAnswer(`/api/graph${query}`)
);
