// From one page of a visit to another: a single word says how the person comes, so that nobody taps twice. It is read once.
// Never carries anything about anybody.

const KEY = "antesala-comes";

/** `enter`: by the green button. `stay`: out of a call that goes on elsewhere. `held`: sent back. @typedef {"enter" | "stay" | "held" | ""} Word */

/**
 * Goes to a page of ours.
 * @param {string} address
 * @param {Word} word
 */
export function goTo(address, word) {
  try {
    if (word) sessionStorage.setItem(KEY, word);
  } catch {
    // Where nothing can be stored, the person taps once more.
  }
  // Whoever comes back by the browser's own button finds a page that is alive.
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  location.assign(address);
}

/** The word this page was reached with. @returns {Word} */
export function carried() {
  try {
    const word = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return word === "enter" || word === "stay" || word === "held" ? word : "";
  } catch {
    return "";
  }
}
