// Posts the forms of a card without leaving the page. Each press carries a fresh command id, so that a retry is harmless.

import { text } from "../lib/texts.js";
import { keepFocus, showDone, showRefusal } from "./card.js";

const LIMIT = 10_000;

/** What sends a link: the card looks the same afterwards, so that it is said. */
const SENDS = new Set(["again", "replace", "renew"]);

/** Whoever starts a visit goes on to the call: doctors do, a ward stays with its list. */
let leadsToCall = false;

/**
 * Listens for the buttons of every card in `root`.
 * @param {HTMLElement} root
 */
export function listen(root) {
  leadsToCall = root.dataset.start === "call";
  root.addEventListener("submit", (event) => {
    const { submitter, target } = event;
    if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
    // Its answer is a page with a link of its own, in another tab.
    if (submitter.dataset.act === "host") return;
    const row = target.closest("[data-consultation]");
    if (!(row instanceof HTMLElement)) return;
    event.preventDefault();
    void give(row, target, submitter);
  });
  root.addEventListener("keydown", ({ key, target }) => {
    const menu = target instanceof Element ? target.closest("details.menu[open]") : null;
    if (key !== "Escape" || !(menu instanceof HTMLDetailsElement)) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    for (const menu of root.querySelectorAll("details.menu[open]")) {
      if (menu instanceof HTMLDetailsElement && target instanceof Node && !menu.contains(target)) menu.open = false;
    }
  });
}

/**
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function give(row, form, button) {
  // One press at a time for each person: two people may be let in at once.
  const busy = button.closest("[data-seat]") ?? row;
  if (busy.hasAttribute("aria-busy")) return;
  busy.setAttribute("aria-busy", "true");
  showRefusal(row, "");
  showDone(row, "");
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.set(name, value);
  fields.set("command", crypto.randomUUID?.() ?? fallbackId());
  if (button.name) fields.set(button.name, button.value);
  const address = button.formAction;
  try {
    const answer = await post(address, fields);
    if (!answer) return showRefusal(row, text("board-unanswered"));
    if (answer.status === 401) return location.reload();
    if (!answer.ok) {
      const body = await answer.json().catch(() => null);
      return showRefusal(row, typeof body?.sentence === "string" ? body.sentence : text("board-unanswered"));
    }
    if (SENDS.has(button.dataset.act ?? "")) {
      const body = await answer.json().catch(() => null);
      showDone(row, typeof body?.sentence === "string" ? body.sentence : "");
    }
    const { activeElement: focused } = document;
    row.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
    if (focused && row.contains(focused)) keepFocus(row, focused);
    if (button.dataset.act === "start" && leadsToCall) location.assign(address.replace(/session$/, "call"));
  } finally {
    // A second press of the same spot must not hit the button that took its place.
    setTimeout(() => busy.removeAttribute("aria-busy"), 400);
  }
}

/**
 * Asks twice: the command id makes the second harmless.
 * @param {string} address
 * @param {URLSearchParams} fields
 * @returns {Promise<Response | null>}
 */
async function post(address, fields) {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const limit = new AbortController();
    const alarm = setTimeout(() => limit.abort(), LIMIT);
    try {
      return await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body: fields, signal: limit.signal });
    } catch {
      // Lost on the way there or back; the second attempt finds out.
    } finally {
      clearTimeout(alarm);
    }
  }
  return null;
}

/** A UUID where the page is not in a secure context. */
function fallbackId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
