// Course pages without a lab: theme, share dialog, and the link to the other language.

import * as address from "../page/address.js";
import { useEngine } from "../server/api.js";
import { byId, updateHereLinks } from "../lib/dom.js";
import * as keys from "../page/keyboard.js";
import { COMMON_KEYS, readHash, useHash, writeHash } from "../page/hash.js";
import * as live from "../page/live.js";
import * as share from "../page/share/share.js";
import * as talk from "../page/talk.js";
import { applyTheme, listenToTheme } from "../page/theme.js";
import { useCatalogue } from "../lib/words.js";

/** @typedef {{language: string, words: Record<string, unknown>, engine: string, public_url: string} & Record<string, any>} Data */

/**
 * @param {string} path of the page, without the language
 * @param {{keys?: Record<string, import("../page/hash.js").Reader>, seen?: () => Seen, talk?: () => Promise<import("../page/talk.js").Late>}} [own] the keys of its hash, what of them is shared, and the talk that the page may be part of
 * @returns {{data: Data, base: string, look: () => void}}
 */
export function simple(path, { keys: hash = COMMON_KEYS, seen = () => readHash(""), talk: late } = {}) {
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
  const visit = (/** @type {{search: string, hash: string}} */ { search, hash }) => {
    address.settle(search, hash);
    look();
  };
  if (late) talk.listen({ ...sharing, visit }, late);
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
