// Korean grammar in texts: particles (josa) after filled-in values, and line breaks (word joiner).

const FINALS = 28; // final consonants of a Hangul syllable, "none" included
const RIEUL = 8; // ㄹ, after which 로 stays 로
const READ = /** @type {Record<string, number>} */ ({
  ...{ 0: 21, 1: 8, 3: 16, 6: 1, 7: 8, 8: 8 }, // 영, 일, 삼, 육, 칠, 팔
  ...{ l: 8, m: 16, n: 4, r: 8 }, // 엘, 엠, 엔, 알
});
const LITTLE = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹";
const CLOSERS = /([)\]”’"'%⌋〉»])(?=[가-힣])/g;

/** Joins what stands on both sides of it, so that no line begins in between. */
export const WORD_JOINER = "\u2060";

/**
 * The particle that follows a text, by the last sound of how it is read: 은 after 3 (삼), 는 after h₂ (이).
 * @param {string} before
 * @param {string} pair after a consonant / after a vowel: 은/는, 으로/로
 */
export function particle(before, pair) {
  const [consonant, vowel] = pair.split("/");
  const final = lastFinal(before);
  return final === 0 || (final === RIEUL && vowel === "로") ? vowel : consonant;
}

/**
 * Number of the final consonant of the last sound; 0 is none.
 * @param {string} text
 */
function lastFinal(text) {
  const last = [...text.toLowerCase().replace(/[^\p{L}\p{N}%]+$/u, "")].at(-1) ?? "";
  if (last >= "가" && last <= "힣") return ((last.codePointAt(0) ?? 0) - 0xac00) % FINALS;
  const digit = LITTLE.indexOf(last);
  return READ[digit < 0 ? last : String(digit % 10)] ?? 0;
}

/**
 * A text in which no line begins with a particle: brackets, quotes and % hold on to the Hangul after them.
 * @param {string} text
 */
export function bound(text) {
  return text.replace(CLOSERS, `$1${WORD_JOINER}`);
}
