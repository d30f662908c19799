// Searching patients while one types. The server renders what it found; this puts it in the place of the list. What was
// typed is posted, never part of an address. Arrow keys go through the people found.

import { part, write } from "../lib/page.js";

const PAUSE = 200;

const form = part("patient-search", HTMLFormElement);
const status = part("patients-status");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {AbortController | undefined} */
let asking;
let asked = field().value.trim();

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => void search(), PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  void search();
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isHere = event.target instanceof Element && (event.target === field() || event.target.closest("#patients .people"));
  if (!step || !isHere || event.altKey || event.ctrlKey || event.metaKey) return;
  const places = [field(), ...document.querySelectorAll("#patients .person-name a")];
  const next = places[places.findIndex((place) => place === document.activeElement) + step];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
});

async function search() {
  const text = field().value.trim();
  // Whatever is on its way belongs to a text that is no longer there.
  asking?.abort();
  if (text === asked) return;
  const mine = new AbortController();
  asking = mine;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  // Nothing typed is the list again.
  const wish = text ? { method: "POST", body: fields } : { method: "GET" };
  try {
    const answer = await fetch(text ? form.action : (form.dataset.list ?? "/patients"), { ...wish, headers: { Accept: "text/html" }, signal: mine.signal });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return location.reload();
    if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("patients");
    if (mine.signal.aborted || !fresh) return;
    asked = text;
    part("patients").replaceWith(document.adoptNode(fresh));
    write(status, text ? (document.getElementById("found-count")?.textContent ?? "") : "");
  } catch (problem) {
    // What cannot be had in place is had by leaving the page, as without scripts.
    if (!mine.signal.aborted) {
      console.warn(problem);
      form.submit();
    }
  }
}

/** @returns {HTMLInputElement} */
function field() {
  return part("text", HTMLInputElement);
}
