// Sentences the server rendered for scripts (`<script type="application/json" data-texts>`).

/** @type {Record<string, string>} */
const sentences = {};
for (const block of document.querySelectorAll("script[data-texts]")) Object.assign(sentences, JSON.parse(block.textContent || "{}"));

/**
 * The sentence of a key, its blanks (`{$minutes}`) filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  return (sentences[key] ?? key).replace(/\{\s*\$(\w+)\s*\}/g, (blank, name) => String(values[name] ?? blank));
}
