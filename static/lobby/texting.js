// For who does not want to watch the lobby: a message when it is their turn. Offered where the hub says that one would arrive.

import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";

/** @typedef {import("../lib/connection.js").Message} Message */

export function openTexting() {
  const box = part("text-me");
  const said = part("text-me-said");
  const problem = part("text-me-problem");
  const ask = part("text-me-ask", HTMLButtonElement);
  const withdraw = part("text-me-withdraw", HTMLButtonElement);
  const how = said.textContent ?? "";
  let seat = "";
  let isBusy = false;

  /** @param {Message} message a snapshot or change */
  function show(message) {
    seat = message.seat.id;
    const state = message.seat.text;
    const hadFocus = document.activeElement === ask || document.activeElement === withdraw;
    box.hidden = !state;
    ask.hidden = state !== "offered";
    withdraw.hidden = state !== "asked";
    write(said, state === "asked" ? text("text-me-asked") : how);
    if (hadFocus) (ask.hidden ? withdraw : ask).focus();
  }

  /** @param {"ask" | "withdraw"} wish */
  async function give(wish) {
    if (isBusy || !seat) return;
    isBusy = true;
    complain("");
    try {
      const answer = await fetch(`/lobby/${seat}/texts`, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ wish }) });
      if (answer.ok) return; // The hub tells what has changed.
      const body = await answer.json().catch(() => null);
      complain(typeof body?.sentence === "string" ? body.sentence : text("text-me-failed"));
    } catch {
      complain(text("text-me-failed"));
    } finally {
      isBusy = false;
    }
  }

  /** @param {string} sentence */
  function complain(sentence) {
    problem.hidden = sentence === "";
    write(problem, sentence);
  }

  ask.onclick = () => give("ask");
  withdraw.onclick = () => give("withdraw");
  return { show };
}
