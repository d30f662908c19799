// How far the comparison with Webex has come, without reloading; once it is done, the page shows what differs.

import { part, write } from "../lib/page.js";

const PAUSE = 1000;

const comparison = part("webex-comparison");
const state = part("webex-compare-state");

setTimeout(() => void look(), PAUSE);

async function look() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    /** @type {{ stage: string | null, sentence: string | null }} */
    const now = await answer.json();
    if (now.stage !== comparison.dataset.stage) return location.reload();
    write(state, now.sentence ?? "");
  } catch (problem) {
    console.warn(problem);
  }
  setTimeout(() => void look(), PAUSE);
}
