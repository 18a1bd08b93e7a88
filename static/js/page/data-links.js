// Delegated clicks: an element with data-change changes the query when clicked, one with data-look the fragment.

/**
 * @param {object} does
 * @param {(values: Record<string, string>) => void} does.change
 * @param {(seen: Partial<Seen>) => void} does.look
 */
export function listen({ change, look }) {
  document.addEventListener("click", ({ target }) => {
    const link = /** @type {Element} */ (target).closest("[data-change], [data-look]");
    if (!(link instanceof HTMLElement || link instanceof SVGElement)) return;
    const values = Object.fromEntries(new URLSearchParams(link.dataset.change));
    if (Object.keys(values).length) change(values);
    const seen = [...new URLSearchParams(link.dataset.look)].map(([name, value]) => [name, value || null]);
    if (seen.length) look(Object.fromEntries(seen));
  });
  document.addEventListener("keydown", obeyKeys);
}

/** An SVG button reacts to Enter and Space like an HTML button. @param {KeyboardEvent} event */
function obeyKeys(event) {
  const target = /** @type {Element} */ (event.target);
  if (!(target instanceof SVGElement) || target.getAttribute("role") !== "button") return;
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}
