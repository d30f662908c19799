// A page of cards, live: the board, the clinic's visits, a ward's tele-visits, and the one card beside a call.

import { createConnection } from "../lib/connection.js";
import { part, tellConnection, write } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { renewCodes } from "./codes.js";
import { newCard, showCard, showWaits } from "./card.js";
import { listen } from "./commands.js";
import { byTime, byUrgency, createOrder, isOpen } from "./order.js";

/** @typedef {import("./acts.js").Card} Card */
/** @typedef {import("../lib/connection.js").Message} Message */

const SAY_EVERY = 4_000;
const MINUTE_TICK = 15_000;

const found = document.querySelector(".board");
if (!(found instanceof HTMLElement)) throw new Error("The page lacks a board");
const board = found;
const zone = board.dataset.zone ?? "UTC";
const only = board.dataset.only;
const open = part("open");
const over = document.getElementById("over");

/** @type {Map<string, Card>} */
const cards = new Map();
/** @type {Map<string, HTMLElement>} */
const rows = new Map();
let isFirst = true;
/** What the clinic's board counts instead of showing it. @type {{ open: number, over: number } | undefined} */
let rest;

for (const row of board.querySelectorAll("[data-consultation]")) {
  if (row instanceof HTMLElement && row.dataset.consultation) rows.set(row.dataset.consultation, row);
}

const orders = [
  createOrder(open, () => rowsOf([...cards.values()].filter(isOpen).sort(byUrgency))),
  ...(over ? [createOrder(over, () => rowsOf([...cards.values()].filter((card) => !isOpen(card)).sort(byTime)))] : []),
];

listen(board);
if (only) stayInCall();
setInterval(tick, MINUTE_TICK);

const connection = createConnection({
  socket: board.dataset.socket ?? "",
  state: board.dataset.state ?? "",
  settled: () => cards.size > 0,
  onMessage: receive,
  onStatus: (status) => tellConnection(status === "lost" ? "lost" : ""),
  onOver: () => tellConnection("denied"),
});
connection.start();

/** Beside a call, whatever is looked up opens in a tab of its own: whoever looks stays in the call. */
function stayInCall() {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest(".bar a[href], .call-side a[href^='/']") : null;
    if (link instanceof HTMLAnchorElement) [link.target, link.rel] = ["_blank", "noopener"];
  }, { capture: true });
}

/** @param {Message} message */
function receive(message) {
  if (message.type === "snapshot") {
    const now = new Set(message.cards.map((/** @type {Card} */ card) => card.consultation));
    for (const id of [...rows.keys()]) if (!now.has(id) && id !== only) forget(id); // A call may be of another day.
    for (const card of message.cards) take(card);
    rest = message.rest;
    isFirst = false;
  } else if (message.type === "card") {
    take(message.card);
  } else if (message.type === "rest") {
    rest = message.rest;
  } else if (message.type === "gone") {
    lose(message.consultation);
  }
  arrange();
}

/** @param {Card} card */
function take(card) {
  const known = cards.get(card.consultation);
  if ((only && card.consultation !== only) || (known && card.rev < known.rev)) return;
  cards.set(card.consultation, card);
  const row = rows.get(card.consultation) ?? newCard();
  rows.set(card.consultation, row);
  showCard(row, card, zone);
  const list = isOpen(card) || !over ? open : over;
  // A new row goes last; where it belongs, it goes once nobody points at the list.
  if (row.parentElement !== list) list.append(row);
  if (!isFirst) announce(known, card);
  if (!isFirst && linksOf(known) !== linksOf(card)) renewCodes();
  if (only && !isOpen(card)) row.classList.add("is-over");
}

/** @param {Card | undefined} card */
function linksOf(card) {
  return card ? `${card.phase} ${card.seats.map(({ id, link, standing }) => `${id} ${link} ${standing === "removed"}`).join()}` : "";
}

/** @param {string} id */
function forget(id) {
  rows.get(id)?.remove();
  rows.delete(id);
  cards.delete(id);
}

/**
 * A visit is another doctor's now, or of another day. Beside a call, only its buttons go: the call goes on.
 * @param {string} id
 */
function lose(id) {
  const card = cards.get(id);
  if (!card) return;
  if (id === only) take({ ...card, may: card.may.filter((act) => act === "call") });
  else forget(id);
}

function arrange() {
  for (const order of orders) order.ask();
  const openCount = [...cards.values()].filter(isOpen).length;
  count("open-count", openCount);
  count("over-count", rest ? rest.over : cards.size - openCount);
  count("later-count", rest?.open ?? 0);
  const empty = document.getElementById("empty");
  if (empty) empty.hidden = openCount > 0;
  const section = document.getElementById("over-section");
  if (section) section.hidden = cards.size === openCount;
}

/**
 * @param {string} id
 * @param {number} number
 */
function count(id, number) {
  const place = document.getElementById(id);
  if (place) write(place, String(number));
}

/** @param {Card[]} list */
function rowsOf(list) {
  return list.flatMap((card) => rows.get(card.consultation) ?? []);
}

function tick() {
  for (const card of cards.values()) {
    const row = rows.get(card.consultation);
    if (row) showWaits(row, card);
  }
}

/** What was said in vain while nobody could listen is said together. @type {string[]} */
let unsaid = [];
let lastSaid = -Infinity;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let sayTimer;

/**
 * Says what a person at the board would want to hear: who came, who asks, what opened and closed.
 * @param {Card | undefined} before
 * @param {Card} now
 */
function announce(before, now) {
  const patient = now.patient.name;
  if (!before) unsaid.push(text("board-said-new-visit", { patient }));
  else if (isOpen(before) && !isOpen(now)) unsaid.push(text("board-said-closed", { patient }));
  for (const seat of now.seats) {
    const was = before?.seats.find(({ id }) => id === seat.id);
    const values = { name: seat.name, patient };
    if (seat.standing === "waiting" && was?.standing === "invited") unsaid.push(text("board-said-waiting", values));
    const reply = seat.replies.at(-1);
    if (reply && was && was.replies.at(-1)?.at !== reply.at) unsaid.push(text("board-said-reply", { ...values, text: reply.text }));
    if (seat.new_device && was && !was.new_device) unsaid.push(text("board-said-new-device", values));
    if (seat.link === "requested" && was && was.link !== "requested") unsaid.push(text("board-said-requested", values));
  }
  if (unsaid.length === 0 || sayTimer !== undefined) return;
  sayTimer = setTimeout(speak, Math.max(0, lastSaid + SAY_EVERY - performance.now()));
}

function speak() {
  sayTimer = undefined;
  lastSaid = performance.now();
  write(part("announcements"), unsaid.slice(-5).join(" "));
  unsaid = [];
}
