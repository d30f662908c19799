// How far the work on a file has come, without reloading; once it is done, the page shows what came of it.

import { part, write } from "../lib/page.js";

const PAUSE = 1000;

const running = part("import-running");
const state = part("import-state");
const bar = part("import-progress", HTMLProgressElement);

setTimeout(() => void look(), PAUSE);

async function look() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } });
    // Signed out, or the file was deleted meanwhile: the page says so.
    if (!answer.ok) return location.reload();
    /** @type {{ stage: string, sentence: string, done: number, all: number }} */
    const now = await answer.json();
    if (now.stage !== running.dataset.stage) return location.reload();
    bar.max = Math.max(now.all, 1);
    bar.value = now.done;
    write(state, now.sentence);
  } catch (problem) {
    console.warn(problem);
  }
  setTimeout(() => void look(), PAUSE);
}
