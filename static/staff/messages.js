// The list of messages, live: a row whose message came further is exchanged where it stands; rows never move. What is new is
// announced by a line that leads to it. Never holds a message of its own: the page is fetched anew.

import { createConnection } from "../lib/connection.js";
import { part, write } from "../lib/page.js";

const PAUSE = 500;
const LOOK_EVERY = 5_000;
const LIMIT = 10_000;

const list = part("messages");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isAsking = false;

createConnection({
  socket: list.dataset.socket ?? "",
  state: list.dataset.state ?? "",
  // Also after the first, which is the day as it stands: a message may have gone on since this page was written.
  onMessage: lookSoon,
}).start();
// The board is a window: of visits beyond it, it says nothing.
setInterval(() => document.hidden || lookSoon(), LOOK_EVERY);

function lookSoon() {
  timer ??= setTimeout(() => void look(), PAUSE);
}

async function look() {
  timer = undefined;
  if (isAsking) return lookSoon();
  isAsking = true;
  const text = await fetched();
  isAsking = false;
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("messages");
  if (!fresh) return;
  for (const row of [...fresh.children]) show(row);
  for (const count of page.querySelectorAll("[id^=count-]")) {
    const place = document.getElementById(count.id);
    if (place) write(place, count.textContent ?? "");
  }
  const isNew = [...fresh.children].some((row) => !document.getElementById(row.id));
  part("news").hidden = !isNew;
}

/** The page as it is now; nothing when it is not to be had. An answer that never comes must not end all looking. */
async function fetched() {
  const limit = new AbortController();
  const alarm = setTimeout(() => limit.abort(), LIMIT);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store", signal: limit.signal });
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return "";
  } finally {
    clearTimeout(alarm);
  }
}

/** @param {Element} row */
function show(row) {
  const old = document.getElementById(row.id);
  if (!(old instanceof HTMLElement) || !(row instanceof HTMLElement) || old.dataset.version === row.dataset.version) return;
  const hadFocus = old.contains(document.activeElement);
  if (old.querySelector("details[open]")) row.querySelector("details")?.setAttribute("open", "");
  old.replaceWith(document.adoptNode(row));
  if (hadFocus) row.focus();
}
