// The call page of a member of staff: the same stage as the family's, a green button before it, the list behind it.

import { openCall } from "../call/call.js";
import { picture } from "../call/controls.js";
import { explain, Media } from "../call/media.js";
import { say } from "../lib/announce.js";
import { carried, goTo } from "../lib/carry.js";
import { unlock } from "../lib/chime.js";
import { createConnection } from "../lib/connection.js";
import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { letSleep, stayAwake } from "../lib/wake.js";

/** @typedef {import("../lib/connection.js").Message} Message */

const main = part("main");
const enter = part("enter", HTMLButtonElement);
const media = new Media();
let over = false;
/** How they came from the other engine's page. */
let word = carried();
/** The press of the green button that waits for the camera. Whatever ends it makes a late answer open nothing. @type {symbol | null} */
let going = null;

const connection = createConnection({
  socket: main.dataset.socket ?? "",
  state: main.dataset.state ?? "",
  pace: () => (call.active() ? 1_000 : 5_000),
  settled: () => call.settled(),
  onMessage: receive,
  onStatus: (status) => {
    call.tell(status === "lost" ? text("call-signal-lost") : "");
    if (!over && !call.active()) say(status === "live" ? "" : text(status === "lost" ? "lobby-offline" : "lobby-connecting"));
  },
  onOver: (reason) => close(reason),
});
const call = openCall({ connection, media, onHangUp: hangUp, onNotEntered: notEntered });

/** @param {Message} message */
function receive(message) {
  if (message.type === "snapshot" || message.type === "change") stand(message);
  call.receive(message);
}

/** @param {Message} message */
function stand({ seat, visit }) {
  if (["ended", "cancelled", "no_show"].includes(visit.phase)) return close(visit.phase);
  if (seat.standing === "removed") return close("removed");
  if (seat.standing === "elsewhere") return close("elsewhere");
  if (visit.engine === "webex") return toWebex();
  const welcome = seat.standing === "admitted" || seat.standing === "left";
  enter.disabled = !welcome || going !== null;
  if ((call.active() || going) && !welcome) leaveStage("call-staff-title", "call-staff-not-yet");
  if (word === "stay" && welcome) return void goIn();
  if (!call.active()) write(part("door-how"), text(welcome ? (seat.standing === "left" ? "left-how" : "call-staff-how") : "call-staff-not-yet"));
}

/** Everyone goes on at Webex, those who were in the call without another tap. */
function toWebex() {
  if (over) return;
  over = true;
  const wasIn = call.active() || going !== null;
  connection.stop();
  leaveStage("call-staff-title", "call-connecting");
  goTo(main.dataset.webex ?? "", wasIn ? "stay" : "");
}

async function goIn() {
  unlock();
  stayAwake();
  if (over || going) return;
  word = "";
  const mine = Symbol();
  going = mine;
  enter.disabled = true;
  await media.startSoon();
  if (going !== mine) return;
  going = null;
  enter.disabled = false;
  part("door").hidden = true;
  part("stage").hidden = false;
  document.body.dataset.view = "stage";
  part("stage").focus();
  call.enter();
}

function hangUp() {
  call.leave();
  leaveStage("left-title", "left-how");
}

function notEntered() {
  leaveStage("call-not-entered-title", "call-not-entered-how");
  say(text("call-not-entered-title"));
}

/**
 * @param {string} title
 * @param {string} how
 */
function leaveStage(title, how) {
  going = null;
  if (call.active()) call.close();
  else media.stop();
  letSleep();
  write(part("door-title"), text(title));
  write(part("door-how"), text(how));
  write(part("enter-label"), text(title === "left-title" ? "left-again" : "call-enter-staff"));
  part("stage").hidden = true;
  part("door").hidden = false;
  delete document.body.dataset.view;
  part("door-title").focus();
}

/** @param {string} reason */
function close(reason) {
  if (over) return;
  connection.stop();
  if (reason === "elsewhere") return moved();
  over = true;
  const title = reason === "denied" ? "call-denied-title" : `farewell-${reason.replace("_", "-")}-title`;
  leaveStage(title, "call-over-how");
  say(text(title));
  enter.hidden = true;
}

/** Another window has the seat; this one may have it back. */
function moved() {
  leaveStage("elsewhere-title", "elsewhere-how");
  say(text("elsewhere-title"));
  write(part("enter-label"), text("elsewhere-here"));
  enter.disabled = false;
  enter.onclick = () => {
    enter.onclick = goIn;
    enter.disabled = true;
    write(part("enter-label"), text("call-enter-staff"));
    write(part("door-title"), text("call-staff-title"));
    connection.start();
  };
}

function refresh() {
  const preview = part("preview", HTMLVideoElement);
  picture(preview, media);
  preview.hidden = !media.camera;
  part("media-problem").hidden = !media.problem;
  if (!media.problem) return;
  const { title, how } = explain(media.problem);
  write(part("media-problem-title"), title);
  write(part("media-problem-how"), how);
}

media.addEventListener("change", refresh);
enter.onclick = goIn;
part("media-retry", HTMLButtonElement).onclick = () => void media.start();
connection.start();
