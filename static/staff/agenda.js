// The agenda, live: told that something it shows has changed, the page reads itself anew and takes over what differs, row by
// row. The focus and the place on the screen stay. Never reads more often than every few seconds, whatever happens.

import { createConnection } from "../lib/connection.js";
import { part, tellConnection, write } from "../lib/page.js";
import { text } from "../lib/texts.js";

const READ_EVERY = 5_000;
const POLL_EVERY = 30_000;
/** So many changes are said one by one. */
const MOST_SAID = 3;

const main = part("main");
let isReading = false;
let isStale = false;
let lastRead = -Infinity;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const connection = createConnection({
  socket: main.dataset.socket ?? "",
  state: main.dataset.state ?? "",
  pace: () => POLL_EVERY,
  onMessage: ({ type }) => {
    if (type === "changed") readSoon();
  },
  onStatus: (status) => tellConnection(status === "lost" ? "lost" : ""),
  onOver: () => tellConnection("denied"),
});
connection.start();

function readSoon() {
  isStale = true;
  if (isReading || timer !== undefined) return;
  timer = setTimeout(() => void read(), Math.max(0, lastRead + READ_EVERY - performance.now()));
}

async function read() {
  timer = undefined;
  isStale = false;
  isReading = true;
  lastRead = performance.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return leave();
    if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    else tryAgainLater();
  } catch {
    // The network is gone; the connection says so, and hears of it when it is back.
  } finally {
    isReading = false;
    if (isStale) readSoon();
  }
}

/** Who cannot be served is not asked more often than without a connection. */
function tryAgainLater() {
  isStale = true;
  lastRead += POLL_EVERY - READ_EVERY;
}

function leave() {
  connection.stop();
  tellConnection("denied");
}

/** @param {Document} page */
function takeOver(page) {
  const shown = part("agenda-shown");
  const fresh = page.getElementById("agenda-shown");
  if (!fresh || shown.isEqualNode(fresh)) return;
  const said = differences(rowsIn(shown), rowsIn(fresh));
  keepPlace(shown, () => keepFocus(shown, () => merge(shown, fresh)));
  if (said) write(part("announcements"), said);
}

/**
 * Makes the children of `old` those of `fresh`; what is the same stays the same element.
 * @param {Element} old
 * @param {Element} fresh
 */
function merge(old, fresh) {
  const wanted = [...fresh.children];
  const keys = new Set(wanted.map(keyOf));
  /** @type {Map<string, Element>} */
  const held = new Map();
  for (const child of [...old.children]) {
    if (keys.has(keyOf(child))) held.set(keyOf(child), child);
    else child.remove();
  }
  let place = old.firstElementChild;
  for (const child of wanted) {
    const known = held.get(keyOf(child));
    const mine = known ? settle(known, child) : document.importNode(child, true);
    if (known && known === place) place = mine;
    if (mine === place) place = mine.nextElementSibling;
    else old.insertBefore(mine, place);
  }
}

/**
 * The element that stands where `old` stood, and says what `fresh` says.
 * @param {Element} old
 * @param {Element} fresh
 */
function settle(old, fresh) {
  if (old.isEqualNode(fresh)) return old;
  if (old.matches("ol, .column") && old.cloneNode().isEqualNode(fresh.cloneNode())) {
    merge(old, fresh);
    return old;
  }
  const mine = document.importNode(fresh, true);
  old.replaceWith(mine);
  return mine;
}

/** @param {Element} element */
function keyOf(element) {
  return element.getAttribute("data-key") ?? `${element.tagName} ${element.className}`;
}

/**
 * Whoever is on a link with the keyboard stays on it, or on the row that took its place.
 * @param {HTMLElement} shown
 * @param {() => void} change
 */
function keepFocus(shown, change) {
  const focused = document.activeElement;
  if (!focused || !shown.contains(focused)) return change();
  const rows = keyed(shown);
  const row = focused.closest("[data-key]");
  const after = row ? rows.slice(rows.indexOf(row)).map(keyOf) : [];
  change();
  if (document.activeElement === focused) return;
  const next = after.map((key) => rowOf(shown, key)).find((found) => found?.querySelector("a"));
  const links = next ? [...next.querySelectorAll("a")] : [];
  const link = links.find((one) => one.getAttribute("href") === focused.getAttribute("href")) ?? links[0];
  (link ?? main).focus({ preventScroll: true });
}

/**
 * What is on the screen stays where it is, unless the page is at its top: there a new row may be seen.
 * @param {HTMLElement} shown
 * @param {() => void} change
 */
function keepPlace(shown, change) {
  const focused = document.activeElement?.closest("#agenda-shown [data-key]");
  const row = focused && isSeen(focused) ? focused : keyed(shown).find(isSeen);
  const before = row?.getBoundingClientRect().top ?? 0;
  const key = row && keyOf(row);
  change();
  const after = key ? rowOf(shown, key) : null;
  if (after && scrollY > 0) scrollBy(0, after.getBoundingClientRect().top - before);
}

/** @param {Element} element */
function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** @param {Element} shown */
function keyed(shown) {
  return [...shown.querySelectorAll("[data-key]")];
}

/**
 * @param {Element} shown
 * @param {string} key
 */
function rowOf(shown, key) {
  return shown.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

/**
 * @param {Element} shown
 * @returns {Map<string, Element>}
 */
function rowsIn(shown) {
  return new Map([...shown.querySelectorAll("[data-visit]")].map((row) => [keyOf(row), row]));
}

/**
 * What came, went and changed, in words.
 * @param {Map<string, Element>} before
 * @param {Map<string, Element>} now
 */
function differences(before, now) {
  /** @type {string[]} */
  const said = [];
  for (const [key, row] of now) {
    const was = before.get(key);
    if (!was) said.push(text("agenda-said-new", wordsOf(row)));
    else if (stateOf(was) !== stateOf(row) && stateOf(row)) said.push(text("agenda-said-state", wordsOf(row)));
    else if (!was.isEqualNode(row)) said.push(text("agenda-said-changed", wordsOf(row)));
  }
  for (const [key, row] of before) if (!now.has(key)) said.push(text("agenda-said-gone", wordsOf(row)));
  return said.length > MOST_SAID ? text("agenda-said-many", { count: said.length }) : said.join(" ");
}

/** @param {Element} row */
function wordsOf(row) {
  return {
    patient: row.querySelector("a")?.textContent ?? "",
    time: row.querySelector("time")?.textContent ?? "",
    state: stateOf(row),
  };
}

/** @param {Element} row */
function stateOf(row) {
  return row.querySelector(".phase, .block-state")?.textContent ?? "";
}
