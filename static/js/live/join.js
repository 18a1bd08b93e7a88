// The field for the number of a room: six digits, grouped as they are said, whatever stands between them.

import { byId } from "../lib/dom.js";
import * as address from "../page/address.js";
import { digitsOf, spaced } from "../page/live/room-address.js";

const DIGITS = 6;
let isListening = false;

/**
 * @param {string} language
 * @param {{room?: string, problem?: string}} [how] the number that was tried, and what is wrong with it
 */
export function show(language, { room = "", problem = "" } = {}) {
  const form = byId("join"), field = /** @type {HTMLInputElement} */ (byId("number"));
  form.hidden = false;
  field.value = room && spaced(room);
  field.setAttribute("aria-invalid", String(Boolean(problem)));
  byId("join-problem").textContent = problem;
  if (!isListening) listen(language);
  arrange();
  field.focus();
  field.select();
}

/** @param {string} language */
function listen(language) {
  isListening = true;
  byId("number").addEventListener("input", arrange);
  byId("join").addEventListener("submit", (event) => {
    event.preventDefault();
    const room = digitsOf(field().value);
    if (room.length === DIGITS) address.leave(`/${language}/live/${room}${address.here().hash}`);
  });
}

const field = () => /** @type {HTMLInputElement} */ (byId("number"));

function arrange() {
  const { value, selectionStart } = field(), digits = digitsOf(value);
  const isAtEnd = selectionStart === value.length;
  if (isAtEnd && /[\d\s-]$/.test(value)) field().value = digits.length > 3 ? spaced(digits) : digits;
  const button = /** @type {HTMLButtonElement} */ (byId("join").querySelector("button"));
  button.disabled = digits.length !== DIGITS;
}
