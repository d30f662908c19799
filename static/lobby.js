// One document from the link to the call: landing, lobby, green button, call, farewell. What is shown follows from what the hub
// says and from the person's two taps. Never asks for the camera before the first tap, nor shows it to others before the second.

import { openCall } from "./call/call.js";
import { explain, isPermitted, Media } from "./call/media.js";
import { sayNow } from "./lib/announce.js";
import { carried, goTo } from "./lib/carry.js";
import { hush, ring, unlock } from "./lib/chime.js";
import { createConnection } from "./lib/connection.js";
import { part, write } from "./lib/page.js";
import { text } from "./lib/texts.js";
import { letSleep, stayAwake } from "./lib/wake.js";
import { restateTimes } from "./lib/when.js";
import { openCheck } from "./lobby/check.js";
import { openDoor } from "./lobby/door.js";
import { openTexting } from "./lobby/texting.js";
import { openWaiting } from "./lobby/waiting.js";

const LOST_PATIENCE = 2_000;
const NOTICE_SECONDS = 3;
const GOOD_NEWS = 6_000;

/** @typedef {"landing" | "lobby" | "ready" | "stage" | "left" | "elsewhere" | "farewell"} View */
/** @typedef {import("./lib/connection.js").Message} Message */
/** @typedef {import("./lib/connection.js").Connection} Connection */

const main = part("main");
const title = document.title;
const media = new Media();
const waiting = openWaiting();
const texting = openTexting();
const check = openCheck(media);

/** @type {Connection | null} */
let connection = null;
/** The last snapshot or change. @type {Message | null} */
let known = null;
let view = /** @type {View} */ (main.dataset.view);
/** The press of the green button that is not in the call yet; whatever ends it makes the rest of it do nothing. @type {symbol | null} */
let entering = null;
/** How they came from another page of the visit. */
let word = carried();
/** Whether the person was in the call before, and waits again. */
let held = word === "held";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let lostTimer;

const call = openCall({ connection: { send: (message) => connection?.send(message) ?? false }, media, onHangUp: hangUp, onNotEntered: notEntered });

/** @param {View} next */
function show(next) {
  if (view === next) return;
  view = next;
  main.dataset.view = next;
  document.body.dataset.view = next;
  for (const section of main.querySelectorAll(":scope > section")) {
    if (section instanceof HTMLElement) section.hidden = section.id !== next;
  }
  hush();
  sayNow("");
  document.title = titleOf(next);
  if (next === "ready") announceReady();
  else if (next === "stage") part("stage").focus();
  else part(`${next}-title`).focus();
  window.scrollTo(0, 0);
}

/** @param {View} next */
function titleOf(next) {
  if (next === "farewell" || next === "left") return `${part(`${next}-title`).textContent} · Antesala`;
  const key = { landing: "", lobby: "lobby-title", ready: "ready-tab", stage: "call-title", elsewhere: "elsewhere-title" }[next];
  return key ? `${text(key)} · Antesala` : title;
}

function announceReady() {
  document.title = `● ${text("ready-tab")} · Antesala`;
  refreshReady();
  sayNow(text("ready-alert"));
  ring();
  part("enter-call").focus();
}

function refreshReady() {
  const host = known?.visit.host;
  write(part("ready-host"), host ? text("ready-host", { host }) : "");
  const key = media.camera || !media.asked || media.asking ? "ready-notice" : media.microphone ? "ready-no-video" : "ready-no-camera";
  const remedy = key === "ready-no-camera" && media.problem ? explain(media.problem).how : "";
  write(part("ready-notice"), `${text(key)} ${remedy}`.trim());
}

/** @param {string} seat */
function takePlace(seat) {
  history.replaceState(null, "", `/lobby/${seat}${location.search}`);
  connect(seat);
  show("lobby");
}

/** @param {string} seat */
function connect(seat) {
  part("calendar-file", HTMLAnchorElement).href = `/lobby/${seat}/calendar.ics?lang=${document.documentElement.lang}`;
  connection = createConnection({
    socket: `/lobby/${seat}/socket`,
    state: `/lobby/${seat}/state`,
    pace: () => (call.active() ? 1_000 : 5_000 + Math.random() * 5_000),
    settled: () => call.settled(),
    onMessage: receive,
    onStatus: connected,
    onOver: (over) => (over === "elsewhere" ? movedElsewhere("elsewhere-how") : goodbye(over)),
  });
  connection.start();
}

/** @param {Message} message */
function receive(message) {
  if (message.type === "snapshot" || message.type === "change") {
    const wasReady = !known && view === "ready"; // The server rendered it so: nobody was told yet.
    known = message;
    stand(message);
    if (wasReady && view === "ready") announceReady();
  }
  call.receive(message);
}

/**
 * Shows where the person stands now.
 * @param {Message} message
 */
function stand(message) {
  const { seat, visit } = message;
  if (visit.phase === "ended" || visit.phase === "cancelled" || visit.phase === "no_show") return goodbye(visit.phase);
  if (seat.standing === "removed") return goodbye("removed");
  if (seat.standing === "elsewhere") return movedElsewhere("elsewhere-link");
  if (seat.standing === "admitted" || seat.standing === "left") {
    if (call.active() || entering) return visit.engine === "webex" ? toWebex("stay") : undefined;
    if (word === "stay" && visit.engine === "direct") return void enterCall();
    if (seat.standing === "left") return show("left");
    return view === "left" ? undefined : show("ready");
  }
  if (view !== "lobby") held = view === "stage" || view === "left";
  if (view === "stage") leaveStage();
  waiting.show(message, held);
  texting.show(message);
  show("lobby");
}

function leaveStage() {
  entering = null;
  call.close();
  check.off();
}

function hangUp() {
  entering = null;
  call.leave();
  check.off();
  stayOutside("left");
}

function notEntered() {
  check.off();
  stayOutside("call-not-entered");
  sayNow(text("call-not-entered-title"));
}

/**
 * The green button again, and why.
 * @param {"left" | "call-not-entered"} why
 */
function stayOutside(why) {
  write(part("left-title"), text(`${why}-title`));
  write(part("left-how"), text(`${why}-how`));
  show("left");
}

/** The green button: a short notice, then the camera is live. */
async function enterCall() {
  if (entering || call.active()) return;
  word = "";
  if (known?.visit.engine === "webex") return toWebex("enter");
  const mine = Symbol();
  entering = mine;
  unlock();
  hush();
  stayAwake();
  check.rest();
  show("stage");
  const countdown = part("countdown");
  write(countdown, "");
  countdown.hidden = false;
  await askForMedia(countdown);
  for (let seconds = NOTICE_SECONDS; seconds > 0 && entering === mine && media.camera; seconds -= 1) {
    write(countdown, text("call-countdown", { seconds }));
    await pause(1_000);
  }
  if (entering !== mine) return;
  countdown.hidden = true;
  entering = null;
  call.enter();
}

/**
 * The call goes on, or begins, at Webex, whose page may load what others may not.
 * @param {import("./lib/carry.js").Word} how
 */
function toWebex(how) {
  connection?.stop();
  if (call.active() || entering) leaveStage();
  media.stop();
  goTo(`/lobby/${known?.seat.id}/webex${location.search}`, how);
}

/**
 * Asks once more while nothing is on: whoever read how to allow it has done so by now.
 * @param {HTMLElement} notice
 */
async function askForMedia(notice) {
  if (media.camera || media.microphone) return;
  write(notice, text("check-asking"));
  await media.startSoon();
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Another tab of this browser gives the seat back for a tap; another browser only to the link of the message.
 * @param {"elsewhere-how" | "elsewhere-link"} how
 */
function movedElsewhere(how) {
  connection?.stop();
  leaveStage();
  write(part("elsewhere-how"), text(how));
  part("use-here").hidden = how !== "elsewhere-how";
  show("elsewhere");
}

/** @param {string} reason `ended`, `cancelled`, `no_show`, `removed` or `denied` */
function goodbye(reason) {
  if (view === "farewell") return;
  connection?.stop();
  leaveStage();
  letSleep();
  const key = reason.replace("_", "-");
  write(part("farewell-title"), text(`farewell-${key}-title`));
  write(part("farewell-how"), text(`farewell-${key}-how`));
  show("farewell");
}

/** @param {import("./lib/connection.js").Status} status */
function connected(status) {
  clearTimeout(lostTimer);
  if (status === "lost") {
    lostTimer = setTimeout(() => interrupted(text("lobby-offline"), text("call-signal-lost")), LOST_PATIENCE);
  } else if (status === "live") {
    const wasLost = part("offline").textContent !== "";
    interrupted(wasLost ? text("lobby-back") : "", "");
    if (wasLost) lostTimer = setTimeout(() => interrupted("", ""), GOOD_NEWS);
  }
}

/**
 * @param {string} inLobby
 * @param {string} inCall
 */
function interrupted(inLobby, inCall) {
  write(part("offline"), inLobby);
  call.tell(inCall);
}

function firstTap() {
  unlock();
  stayAwake();
  void media.start();
}

media.addEventListener("change", refreshReady);
part("enter-call", HTMLButtonElement).onclick = enterCall;
part("enter-again", HTMLButtonElement).onclick = enterCall;
part("use-here", HTMLButtonElement).onclick = () => {
  show("lobby");
  connection?.start();
};
document.addEventListener("pointerdown", unlock, { once: true });
document.body.dataset.view = view;
restateTimes();

if (view === "landing") {
  openDoor({ onTap: firstTap, onPlace: takePlace });
} else if (view !== "farewell" && main.dataset.seat) {
  stayAwake();
  connect(main.dataset.seat);
  if (held) check.off(); // Whoever comes back from a call has their camera off.
  else void isPermitted().then((permitted) => { if (permitted) void media.start(); });
}
