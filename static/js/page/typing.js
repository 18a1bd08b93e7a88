// Typing with an input method (IME composition): what a field holds counts once a syllable is complete, not before.
//
// Korean composes each syllable (ㅎ, 하, 한), and phones compose whole words of any script. So what is being composed
// counts when the composition ends, or after a rest: of a complete syllable or a Latin word, never of a lone letter of
// Hangul. The flag is kept from the events of composition, since in Safari `isComposing` is false on the last inputs.

const REST = { syllable: 1000, word: 400 }; // ms: a syllable may yet gain a final consonant, a word is readable at once
const HANGUL = /\p{Script=Hangul}/u;
const LONE_LETTER = /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff]$/; // compatible and conjoining jamo

/**
 * How long what is being composed rests until it counts; Infinity: until the composition ends.
 * @param {string} composed
 */
export function restOf(composed) {
  const written = composed.normalize("NFC");
  if (LONE_LETTER.test(written)) return Infinity;
  return HANGUL.test(written) ? REST.syllable : REST.word;
}

/**
 * Listen to a field: `input` as it is typed, `change` as it is left or Enter is pressed.
 * @template {HTMLElement} Field
 * @param {Field} field
 * @param {(settled: boolean) => void} typed
 */
export function listen(field, typed) {
  let composed = "", isComposing = false, isSettled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    const rest = restOf(composed);
    if (rest !== Infinity) timer = setTimeout(() => typed(false), rest);
  };
  const end = () => {
    if (!isComposing) return;
    isComposing = false;
    clearTimeout(timer);
    typed(isSettled);
    isSettled = false;
  };
  field.addEventListener("compositionstart", () => {
    isComposing = true;
    composed = "";
    clearTimeout(timer);
  });
  field.addEventListener("compositionupdate", ({ data }) => {
    composed = data;
    wait();
  });
  field.addEventListener("compositionend", end);
  field.addEventListener("input", () => isComposing || typed(false));
  field.addEventListener("change", () => {
    if (isComposing) isSettled = true; // some browsers say so before the end of the composition
    else typed(true);
  });
  field.addEventListener("blur", end); // and some never tell of the end
}
