// The call page where Webex carries the visit, for families and staff. Who is let in, held or sent away comes from the hub, as in
// every call: whatever Webex says, nobody stays on the stage who may not be there.

import { createControls, picture } from "../call/controls.js";
import { explain, Media } from "../call/media.js";
import { say, sayNow } from "../lib/announce.js";
import { carried, goTo } from "../lib/carry.js";
import { unlock } from "../lib/chime.js";
import { createConnection } from "../lib/connection.js";
import { part, write } from "../lib/page.js";
import { openTab } from "../lib/tab.js";
import { text } from "../lib/texts.js";
import { letSleep, stayAwake } from "../lib/wake.js";
import { Meeting } from "./meeting.js";
import { createOthers } from "./others.js";
import { askForLink, askForPass } from "./pass.js";
import { loadSdk } from "./sdk.js";
import { Trouble } from "./trouble.js";

const NOTICE_SECONDS = 3;
const RETURN_LIMIT = 10_000;

/** @typedef {import("../lib/connection.js").Message} Message */

const main = part("main");
const { pass = "", direct = "", sdk, integrity } = main.dataset;
const isFamily = main.dataset.audience === "family";
const enter = part("enter", HTMLButtonElement);
const media = new Media();
const others = createOthers();
const controls = createControls({ media, onHangUp: hangUp, onAudioOnly: audioOnly });
let word = carried();
let over = false;
/** The last snapshot or change. @type {Message | null} */
let known = null;
/** The press of the green button that is not in yet; whatever ends it makes the rest of it do nothing. @type {symbol | null} */
let going = null;
/** @type {Meeting | null} */
let meeting = null;
/** @type {(() => void) | null} */
let onReturned = null;
let hubNotice = "";
let ownNotice = "";

const connection = createConnection({
  socket: main.dataset.socket ?? "",
  state: main.dataset.state ?? "",
  pace: () => (meeting ? 2_000 : 5_000),
  onMessage: receive,
  onStatus: (status) => {
    hubNotice = status === "lost" ? text("call-signal-lost") : "";
    tellStage(ownNotice);
    if (!over && !meeting) say(status === "live" ? "" : text(status === "lost" ? "lobby-offline" : "lobby-connecting"));
  },
  onOver: (reason) => (reason === "elsewhere" ? moved() : depart(reason)),
});

/** @param {Message} message */
function receive(message) {
  if (message.type === "snapshot" || message.type === "change") stand(message);
  else if (message.type === "refused" && going && known?.seat.standing === "left") fail(new Trouble("refused"));
}

/** @param {Message} message */
function stand(message) {
  known = message;
  const { seat, visit } = message;
  if (["ended", "cancelled", "no_show"].includes(visit.phase)) return depart(visit.phase);
  if (seat.standing === "removed") return depart("removed");
  if (seat.standing === "elsewhere") return moved();
  if (visit.engine !== "webex") return toDirectCall();
  const isWelcome = seat.standing === "admitted" || seat.standing === "left";
  if (!isWelcome) return notYet();
  if (seat.standing === "admitted") onReturned?.();
  enter.disabled = going !== null;
  void loadSdk(sdk, integrity).catch(() => undefined); // So that it is there when they enter.
  if (!meeting && !going && word) void goIn();
  else if (!meeting && !going && part("fallback").hidden) write(part("door-how"), text(seat.standing === "left" ? "left-how" : "call-staff-how"));
}

/** The green button; also what follows a tap on the page before. */
async function goIn() {
  unlock();
  stayAwake();
  if (over || going || meeting) return;
  const mine = Symbol();
  const isExpected = word === "stay"; // They were seen a moment ago.
  going = mine;
  word = "";
  enter.disabled = true;
  showStage();
  tellStage(text("webex-entering"));
  const isWanted = () => going === mine;
  /** @param {string} sentence */
  const tell = (sentence) => { if (isWanted()) tellStage(sentence); };
  const passing = comeBack().then(() => askForPass(pass, {
    isWanted,
    onPreparing: () => tell(text("webex-preparing-page")),
    onBusy: (seconds) => tell(text("webex-busy-page", { seconds })),
  }));
  try {
    const [loaded, ticket] = await Promise.all([loadSdk(sdk, integrity), passing, warn(isWanted, isExpected)]);
    if (!isWanted()) return;
    const stay = new Meeting(media, listener());
    meeting = stay;
    await stay.join(loaded, ticket);
    if (going === mine) going = null;
    if (meeting === stay && ownNotice !== text("webex-lobby")) tellStage("");
  } catch (problem) {
    if (isWanted()) fail(problem instanceof Trouble ? problem : new Trouble("failed"));
  }
}

/** Whoever hung up returns first. */
async function comeBack() {
  if (known?.seat.standing !== "left") return;
  const back = new Promise((resolve) => { onReturned = () => resolve(undefined); });
  connection.send({ type: "enter" });
  await Promise.race([back, pause(RETURN_LIMIT)]);
  onReturned = null;
}

/**
 * The camera is asked for, and a short notice given before others see it.
 * @param {() => boolean} isWanted
 * @param {boolean} isExpected
 */
async function warn(isWanted, isExpected) {
  await media.startSoon();
  const countdown = part("countdown");
  for (let seconds = isExpected ? 0 : NOTICE_SECONDS; seconds > 0 && isWanted() && media.camera; seconds -= 1) {
    countdown.hidden = false;
    write(countdown, text("call-countdown", { seconds }));
    await pause(1_000);
  }
  countdown.hidden = true;
}

/** @returns {import("./meeting.js").Listener} */
function listener() {
  return {
    onStream: others.take,
    onOthers: others.count,
    onLobby: (is) => tellStage(is ? text("webex-lobby") : ""),
    onReconnecting: (is) => {
      others.reconnect(is);
      tellStage(is ? text("webex-reconnecting") : "");
    },
    onWeak: () => { if (!ownNotice && !controls.audioOnly()) tellStage(text("webex-weak")); },
    onGone: () => {
      meeting = null;
      fail(new Trouble("lost"));
    },
  };
}

function audioOnly() {
  const is = controls.audioOnly();
  meeting?.audioOnly(is);
  others.showVideo(!is);
  controls.refresh();
  if (is && ownNotice === text("webex-weak")) tellStage("");
}

function hangUp() {
  connection.send({ type: "leave" });
  void leaveStage("left-title", "left-how");
  write(part("enter-label"), text("left-again"));
}

/** @param {Trouble} trouble */
function fail({ kind, reason }) {
  if (kind === "refused") return void leaveStage("call-not-entered-title", "call-not-entered-how");
  const obstacle = `webex-obstacle-${reason}`;
  const sentence = kind === "hindered" && text(obstacle) !== obstacle ? text(obstacle) : text(`webex-${kind}-how`);
  void leaveStage(`webex-${kind}-title`, sentence);
  write(part("enter-label"), text("left-again"));
  const hasLink = kind !== "hindered";
  part("fallback").hidden = !hasLink;
  enter.classList.toggle("go", !hasLink);
  part("open-link").classList.toggle("primary", hasLink);
  sayNow(text(`webex-${kind}-title`));
}

function showStage() {
  part("fallback").hidden = true;
  part("door").hidden = true;
  part("stage").hidden = false;
  document.body.dataset.view = "stage";
  controls.refresh();
  part("stage").focus();
}

/**
 * Off the stage: out of the meeting, camera and microphone off.
 * @param {string} title
 * @param {string} how a key, or a sentence
 */
async function leaveStage(title, how) {
  const stay = meeting;
  going = null;
  meeting = null;
  const out = stay?.leave();
  media.stop();
  controls.reset();
  others.clear();
  letSleep();
  tellStage("");
  part("countdown").hidden = true;
  write(part("door-title"), text(title));
  write(part("door-how"), text(how));
  write(part("enter-label"), text("call-enter-staff"));
  enter.disabled = over || !["admitted", "left"].includes(known?.seat.standing);
  part("stage").hidden = true;
  part("door").hidden = false;
  delete document.body.dataset.view;
  part("door-title").focus();
  await out;
}

/** Held, or not let in yet: families wait in their lobby, staff here. */
function notYet() {
  if (isFamily) return void depart("held");
  if (meeting || going) void leaveStage("call-staff-title", "call-staff-not-yet");
  enter.disabled = true;
  write(part("door-how"), text("call-staff-not-yet"));
}

/** Everyone goes on in the direct call, those who were in here without another tap. */
async function toDirectCall() {
  if (over) return;
  over = true;
  const wasIn = Boolean(meeting || going);
  connection.stop();
  await leaveStage("call-staff-title", "webex-entering");
  goTo(direct + location.search, wasIn ? "stay" : "");
}

/** @param {string} reason */
async function depart(reason) {
  if (over) return;
  over = true;
  connection.stop();
  const key = `farewell-${reason.replace("_", "-")}-title`;
  const title = reason === "denied" ? "call-denied-title" : reason === "held" ? "call-staff-title" : key;
  enter.hidden = true;
  part("fallback").hidden = true;
  const out = leaveStage(title, isFamily ? "" : "call-over-how");
  say(text(title));
  await out;
  if (isFamily) goTo(direct + location.search, reason === "held" ? "held" : "");
}

/** Another window has the seat; this one may have it back. */
function moved() {
  connection.stop();
  void leaveStage("elsewhere-title", "elsewhere-how");
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

/** @param {string} sentence what Webex has to say; news of the hub stand before it */
function tellStage(sentence) {
  ownNotice = sentence;
  controls.tell(hubNotice || sentence);
}

/** Webex's own page, in a tab of its own: this page stays with the visit. */
async function openLink() {
  const tab = openTab();
  try {
    tab.lead(await askForLink(`${pass}/link`));
    write(part("fallback-said"), text("webex-opened"));
  } catch {
    tab.close();
    write(part("fallback-said"), text("webex-hindered-how"));
  }
}

/** @param {HTMLButtonElement} button */
async function startMeeting(button) {
  const tab = openTab();
  const answer = await fetch(button.dataset.address ?? "", { method: "POST", headers: { Accept: "application/json" } }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  if (typeof body?.start_link === "string") return tab.lead(body.start_link);
  tab.close();
  write(part("host-said"), body?.sentence ?? text("webex-hindered-how"));
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function refresh() {
  controls.refresh();
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
part("open-link", HTMLButtonElement).onclick = openLink;
part("media-retry", HTMLButtonElement).onclick = () => void media.start();
const host = document.getElementById("host");
if (host instanceof HTMLButtonElement) host.onclick = () => void startMeeting(host);
window.addEventListener("pagehide", () => void meeting?.leave());
connection.start();
