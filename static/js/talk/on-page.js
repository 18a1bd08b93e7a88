// What a page loads once it is part of a talk, or has a question of one's own.

export { open } from "./here.js";
export { openDialog } from "./ask.js";
export { show } from "./question.js";
