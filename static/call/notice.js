// The bar above a call: news of the connection, and what keeps the others from seeing or hearing this person. Whoever presses a
// button that the browser refuses reads what to do. Never goes away while the others lack what the person meant to give.

import { sayNow } from "../lib/announce.js";
import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { explain } from "./media.js";

/** @typedef {import("./media.js").Device} Device */

/** @param {import("./media.js").Media} media */
export function createNotice(media) {
  const bar = part("stage-notice");
  let news = "";
  /** The device last asked for in vain by its button. @type {Device | null} */
  let refused = null;

  function refresh() {
    if (refused && !media.problems[refused]) refused = null;
    write(bar, [news, refused ? remedy(refused) : lack()].filter(Boolean).join(" "));
  }

  /** What the others lack; nothing about what the person turned off. */
  function lack() {
    const unheard = lacks("microphone");
    const unseen = lacks("camera");
    if (!unheard && !unseen) return "";
    const what = text(unheard && unseen ? "call-unheard-unseen" : unheard ? "call-unheard" : "call-unseen");
    const denied = denial(unheard && media.problems.microphone === "denied", unseen && media.problems.camera === "denied");
    return denied ? `${what} ${denied}` : what;
  }

  /** @param {Device} device */
  function lacks(device) {
    return !media[device] && (media.asking || media.problems[device] !== null);
  }

  /** @param {Device} device */
  function remedy(device) {
    const problem = media.problems[device];
    if (!problem) return "";
    const { how } = explain(problem);
    const what = denial(problem === "denied" && device === "microphone", problem === "denied" && device === "camera");
    return `${what || text(device === "microphone" ? "call-unheard" : "call-unseen")} ${how}`;
  }

  /** @param {Device} device its button was pressed to turn it on, and the browser has answered */
  function answered(device) {
    if (!media.problems[device]) return;
    const before = bar.textContent;
    refused = device;
    refresh();
    if (bar.textContent === before) sayNow(remedy(device)); // A live region says only what changed; every press gets its answer.
  }

  /** @param {string} sentence of the connection */
  function tell(sentence) {
    news = sentence;
    refresh();
  }

  return { refresh, answered, tell };
}

/**
 * @param {boolean} microphone
 * @param {boolean} camera
 */
function denial(microphone, camera) {
  if (microphone && camera) return text("call-both-denied");
  if (microphone) return text("call-microphone-denied");
  return camera ? text("call-camera-denied") : "";
}
