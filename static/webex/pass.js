// What lets a browser into the meeting, asked of our own server at the moment of entering. It stays in memory, and goes with the call.

import { Trouble } from "./trouble.js";

const LIMIT = 20_000;
const AGAIN = 3_000;

/** A meeting that is being made is ready in seconds; after these it is not. */
const PATIENCE = 60_000;

/** What passes by itself: the meeting is being made, or Webex is busy. */
const PASSING = ["not_found", "conflict", "lost", "busy"];

/** @typedef {{ token: string, destination: string, password: string | null }} Pass */

/**
 * @param {string} address
 * @param {object} options
 * @param {() => boolean} options.isWanted whether anybody still waits for it
 * @param {() => void} options.onPreparing the meeting is not ready yet
 * @returns {Promise<Pass>}
 */
export async function askForPass(address, { isWanted, onPreparing }) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const { status, body } = await post(address);
    if (status === 200 && typeof body?.token === "string" && typeof body.destination === "string") return body;
    const reason = typeof body?.reason === "string" ? body.reason : "";
    if (status === 409) throw new Trouble("refused");
    if (!PASSING.includes(reason) || performance.now() > until || !isWanted()) throw new Trouble("hindered", reason);
    onPreparing();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
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
 * @returns {Promise<{ status: number, body: any }>}
 */
async function post(address) {
  const limit = new AbortController();
  const alarm = setTimeout(() => limit.abort(), LIMIT);
  try {
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, cache: "no-store", signal: limit.signal });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(alarm);
  }
}
