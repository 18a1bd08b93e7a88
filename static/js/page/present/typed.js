// Presenter view: an address as people type it.

const SHOWN = 24; // letters of a path that is typed

/**
 * An address as people type it: without https://, with Korean and other letters decoded.
 * @param {string} link
 */
export function typed(link) {
  return link.replace(/^https?:\/\//, "").replace(/(?:%[0-9A-F]{2})+/g, (run) => {
    try {
      const letters = decodeURIComponent(run);
      return /^\p{L}+$/u.test(letters) ? letters : run;
    } catch {
      return run;
    }
  });
}

/**
 * What of an address people type: the host with a short path, else the host alone; the QR code has the rest.
 * @param {string} link
 */
export function short(link) {
  const [host, ...path] = typed(link).split("/"), rest = path.join("/");
  return rest && [...`/${rest}`].length <= SHOWN ? `${host}/${rest}` : host;
}
