// Fonts of the page (static/css/fonts.css): figures measure their texts, so they wait for them, but not for long.

const FONTS = ['1em "BPTT Text"', 'italic 1em "BPTT Math"'], LONGEST = 3000; // ms

/** Until the fonts are loaded, are known not to come, or take too long. */
export async function waitForFonts() {
  const loaded = Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {});
  await Promise.race([loaded, new Promise((done) => setTimeout(done, LONGEST))]);
}

/** @param {() => void} listener called when fonts have been loaded: texts have other sizes then */
export function onFonts(listener) {
  document.fonts.addEventListener("loadingdone", listener);
}
