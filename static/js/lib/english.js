// English grammar in texts: singular and plural forms that agree with a count.

const RULES = new Intl.PluralRules("en");

/**
 * The form that agrees with a number as it is written: step after 1, steps after 0, 2 or 1,000.
 * @param {string} count
 * @param {string} pair singular/plural
 */
export function plural(count, pair) {
  const [one, other] = pair.split("/");
  return RULES.select(Number(count.replaceAll(",", ""))) === "one" ? one : other;
}
