// What lets a browser into the meeting, asked of our own server at the moment of entering. It stays in memory, and goes with the call.

import { Trouble } from "./trouble.js";

const LIMIT = 20_000;
const AGAIN = 3_000;

/** The longest that somebody waits for the next try, whatever Webex asks for. */
const LONGEST = 60_000;

/** A meeting that is being made is ready in seconds; after these nothing is tried any more. */
const PATIENCE = 60_000;

/** What passes by itself: the meeting is being made, or Webex is busy. */
const PASSING = ["not_found", "conflict", "lost", "busy"];

/** @typedef {{ token: string, destination: string, password: string | null }} Pass */

/**
 * @param {string} address
 * @param {object} options
 * @param {() => boolean} options.isWanted whether anybody still waits for it
 * @param {() => void} options.onPreparing the meeting is not ready yet
 * @param {(seconds: number) => void} options.onBusy Webex asks to be left alone for so long
 * @returns {Promise<Pass>}
 */
export async function askForPass(address, { isWanted, onPreparing, onBusy }) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const { status, body, after } = await post(address);
    if (status === 200 && typeof body?.token === "string" && typeof body.destination === "string") return body;
    const reason = typeof body?.reason === "string" ? body.reason : "";
    if (status === 409) throw new Trouble("refused");
    if (!PASSING.includes(reason) || performance.now() > until) throw new Trouble("hindered", reason);
    const wait = Math.min(Math.max(after, AGAIN), LONGEST);
    if (after > 0) onBusy(Math.round(wait / 1_000));
    else onPreparing();
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!isWanted()) throw new Trouble("hindered", reason);
  }
}

/**
 * The address of Webex's own page.
 * @param {string} address
 * @returns {Promise<string>}
 */
export async function askForLink(address) {
  const { body } = await post(address);
  if (typeof body?.join_link !== "string") throw new Trouble("hindered", body?.reason);
  return body.join_link;
}

/**
 * @param {string} address
 * @returns {Promise<{ status: number, body: any, after: number }>} `after`: how many milliseconds to wait before asking again
 */
async function post(address) {
  const limit = new AbortController();
  const alarm = setTimeout(() => limit.abort(), LIMIT);
  try {
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, cache: "no-store", signal: limit.signal });
    const after = Number(answer.headers.get("retry-after")) * 1_000 || 0;
    return { status: answer.status, body: await answer.json().catch(() => null), after };
  } catch {
    return { status: 0, body: null, after: 0 };
  } finally {
    clearTimeout(alarm);
  }
}
