// Course pages without a lab: theme, share dialog, and the link to the other language.

import * as address from "../page/address.js";
import { useEngine } from "../server/api.js";
import { byId, updateHereLinks } from "../lib/dom.js";
import * as keys from "../page/keyboard.js";
import { COMMON_KEYS, readHash, useHash, writeHash } from "../page/hash.js";
import * as live from "../page/live.js";
import * as share from "../page/share/share.js";
import { applyTheme, listenToTheme } from "../page/theme.js";
import { useCatalogue } from "../lib/words.js";

/** @typedef {{language: string, words: Record<string, unknown>, engine: string, public_url: string} & Record<string, any>} Data */

/**
 * @param {string} path of the page, without the language
 * @param {{keys?: Record<string, import("../page/hash.js").Reader>, seen?: () => Seen}} [own] the keys of its hash, and what of them is shared
 * @returns {{data: Data, base: string, look: () => void}}
 */
export function simple(path, { keys: hash = COMMON_KEYS, seen = () => readHash("") } = {}) {
  /** @type {Data} */
  const data = JSON.parse(byId("data").textContent ?? "");
  const base = data.public_url || address.here().origin;
  useCatalogue(data.words);
  useEngine(data.engine);
  useHash(hash);
  /** @type {share.Page} */
  const sharing = {
    ...{ language: data.language, controls: [], base },
    shared: () => ({ page: path, query: address.here().search, seen: seen(), state: document.title }),
  };
  const look = () => {
    const { search, hash } = address.here();
    applyTheme(readHash(hash).theme);
    updateHereLinks(search, hash);
  };
  share.listen(sharing);
  live.listen({ language: data.language, base });
  keys.listen({ q: () => share.openQr(sharing) });
  listenToTheme((changed) => {
    const { search, hash } = address.here();
    address.replace(search, writeHash({ ...readHash(hash), ...changed }));
    look();
  });
  address.onTravel(look);
  look();
  return { data, base, look };
}
