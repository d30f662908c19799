// How far the work on a file has come, without reloading; once it is done, the page shows what came of it. While nobody
// answers it says so and goes on asking: the work itself waits for no page.

import { part, tellConnection, write } from "../lib/page.js";

const PAUSE = 1_000;
const ANSWER_LIMIT = 5_000;

const running = part("import-running");
const state = part("import-state");
const bar = part("import-progress", HTMLProgressElement);

setTimeout(() => void look(), PAUSE);

async function look() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(ANSWER_LIMIT) });
    // A server that starts or stops answers so, or whoever stands before it: nothing is wrong with the file.
    if (answer.status >= 500) throw new Error(`The server answered ${answer.status}`);
    // Signed out, or the file was deleted meanwhile: the page says so.
    if (!answer.ok) return location.reload();
    /** @type {{ stage: string, sentence: string, done: number, all: number }} */
    const now = await answer.json();
    if (now.stage !== running.dataset.stage) return location.reload();
    bar.max = Math.max(now.all, 1);
    bar.value = now.done;
    write(state, now.sentence);
    tellConnection("");
  } catch (problem) {
    console.warn(problem);
    tellConnection("lost");
  }
  setTimeout(() => void look(), PAUSE);
}
