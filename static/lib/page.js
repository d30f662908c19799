// Finding the parts of a page that the server rendered.

/**
 * The element of an id, which the page promises to have.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function part(id, kind) {
  const found = document.getElementById(id);
  if (!found || (kind && !(found instanceof kind))) throw new Error(`The page lacks #${id}`);
  return /** @type {T} */ (found);
}

/**
 * Writes only what changed: a live region must not repeat itself.
 * @param {Element} element
 * @param {string} content
 */
export function write(element, content) {
  if (element.textContent !== content) element.textContent = content;
}

/**
 * Says that a staff page has lost its connection, or that its session is over, with the way back in.
 * @param {"" | "lost" | "denied"} state
 */
export function tellConnection(state) {
  const place = part("connection");
  place.hidden = state === "";
  write(place, state ? (place.dataset[state] ?? "") : "");
  part("connection-door").hidden = state !== "denied";
}
