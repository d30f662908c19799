// The first tap: the link becomes a place, in this same document, so that the leave to use camera and sound survives.

import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";

/**
 * Wires the landing view. `onTap` runs inside the tap, `onPlace` once there is a seat.
 * @param {{ onTap: () => void, onPlace: (seat: string) => void }} options
 */
export function openDoor({ onTap, onPlace }) {
  const form = part("enter-form", HTMLFormElement);
  const button = part("enter-lobby", HTMLButtonElement);
  hintInApp();
  tellOpened(form.action);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    onTap();
    complain("");
    wait(true);
    const seat = await exchange(form);
    wait(false);
    if (seat) onPlace(seat);
  });

  /** @param {boolean} waiting */
  function wait(waiting) {
    button.setAttribute("aria-disabled", String(waiting));
    write(button, text(waiting ? "landing-entering" : "landing-enter"));
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<string | null>}
 */
async function exchange(form) {
  try {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.set(name, String(value));
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
    if (answer.status === 409) {
      form.submit(); // The consent was changed meanwhile: the page that answers shows the new one.
      return null;
    }
    if ([404, 410].includes(answer.status)) {
      location.reload(); // The page of a dead link says what can be done.
      return null;
    }
    const body = await answer.json().catch(() => null);
    if (answer.ok && typeof body?.seat === "string") return body.seat;
    complain(body?.sentence ?? text("landing-failed"));
  } catch {
    complain(text("landing-offline"));
  }
  return null;
}

/** @param {string} sentence */
function complain(sentence) {
  part("enter-problem").textContent = sentence;
}

/**
 * Once a person has the page before them, staff may know that the link arrived.
 * @param {string} link
 */
function tellOpened(link) {
  if (document.visibilityState === "visible") {
    // Nobody is told when this fails: it helps staff, not the person.
    const body = new URLSearchParams({ form_token: part("enter-form").querySelector("input[name=form_token]")?.getAttribute("value") ?? "" });
    fetch(`${link}/openings`, { method: "POST", keepalive: true, body }).catch(() => {});
  } else {
    document.addEventListener("visibilitychange", () => tellOpened(link), { once: true });
  }
}

/** Browsers inside other apps have no camera: say so before the person is stuck. */
function hintInApp() {
  if (!/FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line\/|; wv\)|GSA\//.test(navigator.userAgent)) return;
  part("in-app").hidden = false;
  part("in-app-copy", HTMLButtonElement).onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      part("in-app-said").textContent = text("in-app-copied");
    } catch {
      part("in-app-said").textContent = text("in-app-by-hand");
    }
  };
}
