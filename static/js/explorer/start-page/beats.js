// The captions of the story's three beats, from the numbers on the screen.

import { byId } from "../../lib/dom.js";
import { sci, subscript, visible } from "../../lib/format.js";
import { words } from "../../lib/words.js";

const MOST_LETTERS = 8, MOST_SIZES = 5;

/** @param {Result} result @param {NonNullable<View["story"]>} story */
export function show(result, story) {
  const said = [forward(result, story), backward(story), scissors(result, story)];
  byId("beats").querySelectorAll("[data-beat]").forEach((button, i) => {
    const isCurrent = story.beat === i + 1;
    button.setAttribute("aria-pressed", String(isCurrent));
    const text = /** @type {HTMLElement} */ (button.querySelector("span > span"));
    if (text.textContent !== said[i]) text.textContent = said[i];
  });
}

/** @param {Result} result @param {NonNullable<View["story"]>} story */
function forward({ tokens, params, vocabulary }, { wrong }) {
  const T = tokens.length,
    isLetters = (params.unit ?? "char") === "char" && T <= MOST_LETTERS && vocabulary.length;
  const read = isLetters
    ? words("story.reads_letters", { letters: tokens.map(visible).join(", ") })
    : words("story.reads", { n: T });
  const key = !vocabulary.length
    ? "none"
    : wrong.length === 0
    ? "right"
    : wrong.length === T
    ? "all"
    : wrong.length === 1
    ? "one"
    : "many";
  return `${read} ${words(`story.wrong_${key}`, { n: wrong.length })}`;
}

/** @param {NonNullable<View["story"]>} story */
function backward({ s, sizes }) {
  const known = sizes.filter((size) => size !== null);
  if (s === 0) return words("story.back_start");
  if (known.length < sizes.length) return words("story.back_unknown");
  const shown = known.length > MOST_SIZES
    ? [...known.slice(0, MOST_SIZES - 1), known[known.length - 1]]
    : known;
  const texts = shown.map((size) => sci(size)), gap = known.length > MOST_SIZES;
  const list = [...texts.slice(0, -1), ...(gap ? ["…"] : []), texts[texts.length - 1]].join(" → ");
  const falls = known.every((size, i) => !i || size < known[i - 1]),
    rises = known.every((size, i) => !i || size > known[i - 1]);
  return words(falls ? "story.back_fades" : rises ? "story.back_grows" : "story.back_changes", {
    sizes: list,
  });
}

/** @param {Result} result @param {NonNullable<View["story"]>} story */
function scissors({ tokens, params, vocabulary }, { reach, s }) {
  if (reach === 0) return words(s === 0 ? "story.cut_first" : "story.cut_none");
  const unheard = tokens.slice(0, reach).map(visible), at = subscript(reach);
  const isLetters = (params.unit ?? "char") === "char" && unheard.length <= 3 && vocabulary.length;
  const rest = isLetters
    ? words(unheard.length === 1 ? "story.unheard_letter" : "story.unheard_letters", {
      letters: listed(unheard),
    })
    : words("story.unheard", { n: reach });
  const how = params.truncation === "blocks"
    ? words("story.cut_blocks", { k: Number(params.k), at })
    : words("story.cut_at", { at });
  return `${how} ${rest}`;
}

/** Letters as a sentence names them, such as h, e and l. @param {string[]} letters */
function listed(letters) {
  const others = letters.slice(0, -1).join(", "), last = letters[letters.length - 1];
  return others ? words("story.and", { others, last }) : last;
}
