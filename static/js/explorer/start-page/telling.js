// What tells the story of the start page: its captions, its opening and the pictures of the examples.

export * as beats from "./beats.js";
export * as examples from "./examples.js";
export * as opening from "./opening.js";
