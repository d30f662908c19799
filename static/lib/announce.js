// Words for screen readers, in live regions that were there when the page loaded.

import { write } from "./page.js";

/**
 * Said when the reader has a pause.
 * @param {string} sentence
 * @param {string} [region] id of a `role=status` element
 */
export function say(sentence, region = "status") {
  const element = document.getElementById(region);
  if (element) write(element, sentence);
}

/**
 * Said at once. Only for what a person waits for.
 * @param {string} sentence
 */
export function sayNow(sentence) {
  const element = document.getElementById("alert");
  if (!element) return;
  element.textContent = "";
  if (sentence) requestAnimationFrame(() => { element.textContent = sentence; });
}
