// Fills a card of the board in. The markup is the server's: `#card-template` and `#seat-template` are its own cards, empty.

import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { RESOURCES, cardOffers, seatOffers } from "./acts.js";
import { isOpen, waitingSince } from "./order.js";
import { born, clock, wait } from "./words.js";

/** @typedef {import("./acts.js").Card} Card */
/** @typedef {import("./acts.js").Seat} Seat */

/** @returns {HTMLElement} */
export function newCard() {
  return clone("card-template");
}

/**
 * How the meeting at Webex stands, where Webex carries an open visit; and the way out for who may take it.
 * @param {Card} card
 */
function carrying(card) {
  if (!card.meeting || !isOpen(card)) return "";
  const { readiness, obstacle } = card.meeting;
  const said = [text(`webex-${readiness}`)];
  if (obstacle) said.push(text(`webex-obstacle-${obstacle}`));
  if (readiness === "retrying" && cardOffers("to_direct", card)) said.push(text("webex-way-out"));
  return said.join(" ");
}

/**
 * Shows `card` in `row`; touches only what differs, so that focus and open menus stay.
 * @param {HTMLElement} row
 * @param {Card} card
 * @param {string} zone
 */
export function showCard(row, card, zone) {
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  const said = born(card.patient.born, zone);
  const service = text(`service-${card.service}`);
  const whom = text("board-whom", { patient: card.patient.name, born: said, reason: card.patient.reason || service });
  row.id = `visit-${card.consultation}`;
  row.dataset.consultation = card.consultation;
  row.dataset.rev = String(card.rev);
  row.dataset.phase = card.phase;
  fill(row, "time", clock(card.starts_at, zone), card.starts_at);
  fill(row, "patient", card.patient.name);
  for (const name of slots(row, "patient")) if (name instanceof HTMLAnchorElement) name.href = `/consultations/${card.consultation}`;
  fill(row, "born", said);
  fill(row, "phase", text(`phase-${card.phase}`));
  fill(row, "service", service);
  fill(row, "reason", card.patient.reason);
  fill(row, "conductor", card.doctor ?? card.ward ?? "");
  fill(row, "carrying", carrying(card));
  fill(row, "admission", text(`board-admission-${card.admission}`));
  for (const late of slots(row, "late")) {
    late.hidden = !card.expected_at;
    write(late, card.expected_at ? text("board-late-said", { time: clock(card.expected_at, zone) }) : "");
  }
  showSeats(row, card, zone);
  fill(row, "whom", whom);
  for (const part of row.querySelectorAll(".visit-acts [data-act]")) {
    if (part instanceof HTMLElement) offer(part, card.consultation, cardOffers(part.dataset.act ?? "", card));
  }
  for (const how of slots(row, "admission")) how.hidden = !cardOffers("start", card);
  if (focused) keepFocus(row, focused);
}

/**
 * A button that is gone leaves the focus to its menu, else to the person or the visit it was about.
 * @param {HTMLElement} row
 * @param {Element} focused
 */
export function keepFocus(row, focused) {
  if (isShown(focused)) return;
  const heir = [focused.closest("details")?.querySelector("summary"), focused.closest("[data-seat]")].find((one) => one && isShown(one));
  (heir instanceof HTMLElement ? heir : row).focus();
}

/** Safari before 17.4 does not know `checkVisibility`. @param {Element} element */
function isShown(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

/**
 * Says how long people have waited.
 * @param {HTMLElement} row
 * @param {Card} card
 */
export function showWaits(row, card) {
  for (const seat of card.seats) {
    const line = row.querySelector(`[data-seat="${CSS.escape(seat.id)}"]`);
    const since = waitingSince(card, seat);
    if (line) fill(line, "minutes", since === null ? "" : wait(since), seat.since ?? "");
  }
}

/**
 * A sentence on the card, or none.
 * @param {HTMLElement} row
 * @param {string} sentence
 */
export function showRefusal(row, sentence) {
  for (const place of slots(row, "refusal")) {
    place.hidden = sentence === "";
    write(place, sentence);
  }
}

/**
 * What a press has done where the card itself does not show it, or nothing. The line is always there, so that it is heard.
 * @param {HTMLElement} row
 * @param {string} sentence
 */
export function showDone(row, sentence) {
  for (const place of slots(row, "done")) write(place, sentence);
}

/**
 * @param {HTMLElement} row
 * @param {Card} card
 * @param {string} zone
 */
function showSeats(row, card, zone) {
  const [list] = slots(row, "seats");
  if (!list) return;
  const lines = card.seats.map((seat) => {
    const line = list.querySelector(`[data-seat="${CSS.escape(seat.id)}"]`) ?? clone("seat-template");
    if (line instanceof HTMLElement) showSeat(line, card, seat, zone);
    return line;
  });
  for (const line of [...list.children]) if (!lines.includes(line)) line.remove();
  lines.forEach((line, index) => {
    if (list.children[index] !== line) list.insertBefore(line, list.children[index] ?? null);
  });
  showWaits(row, card);
}

/**
 * How it stands with somebody, or stood; nobody missed a visit that was called off.
 * @param {Card} card
 * @param {Seat} seat
 */
function standingKey(card, seat) {
  if (card.phase === "cancelled" && seat.standing === "invited") return "was-excused";
  return `${isOpen(card) ? "standing" : "was"}-${seat.standing}`;
}

/**
 * @param {HTMLElement} line
 * @param {Card} card
 * @param {Seat} seat
 * @param {string} zone
 */
function showSeat(line, card, seat, zone) {
  line.dataset.seat = seat.id;
  line.dataset.standing = seat.standing;
  line.dataset.presence = seat.presence;
  line.dataset.link = seat.link;
  fill(line, "name", seat.name);
  fill(line, "kind", text(`kind-${seat.kind}`));
  fill(line, "relation", seat.relation ?? "");
  fill(line, "standing", text(standingKey(card, seat)));
  fill(line, "presence", text(`presence-${seat.presence}`));
  fill(line, "link", text(`link-${seat.link}`));
  fill(line, "delivery", text(`delivery-${seat.delivery}`, { phone: seat.phone ?? "" }));
  fill(line, "phone", seat.phone ?? "");
  for (const place of slots(line, "replies")) showReplies(place, seat, zone);
  picture(line, "standing", seat.standing);
  picture(line, "presence", seat.presence);
  for (const place of slots(line, "new-device")) place.hidden = !seat.new_device;
  for (const place of slots(line, "link-state")) place.hidden = seat.link === "none";
  for (const place of slots(line, "delivery-state")) {
    place.hidden = seat.delivery === "none";
    place.dataset.delivery = seat.delivery;
  }
  for (const place of slots(line, "phone")) {
    place.hidden = !seat.phone;
    place.setAttribute("href", `tel:${seat.phone ?? ""}`);
  }
  let isMore = false;
  for (const button of line.querySelectorAll("button[data-act]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const isOffered = seatOffers(button.dataset.act ?? "", card, seat);
    button.value = seat.id;
    offer(button, card.consultation, isOffered);
    if (isOffered && button.closest(".menu")) isMore = true;
  }
  const more = line.querySelector("details[data-act=more]");
  if (more instanceof HTMLDetailsElement) {
    more.hidden = !isMore;
    if (!isMore) more.open = false;
  }
}

/**
 * What somebody answered; untouched when it is there already.
 * @param {HTMLElement} list
 * @param {Seat} seat
 * @param {string} zone
 */
function showReplies(list, seat, zone) {
  list.hidden = seat.replies.length === 0;
  const version = seat.replies.map(({ at }) => at).join();
  if (list.dataset.version === version) return;
  list.dataset.version = version;
  list.replaceChildren(...seat.replies.map((reply) => {
    const [item, time, words] = [document.createElement("li"), document.createElement("time"), document.createElement("q")];
    time.dateTime = reply.at;
    time.textContent = clock(reply.at, zone);
    words.textContent = reply.text;
    item.append(time, " ", words);
    return item;
  }));
}

/**
 * @param {HTMLElement} control
 * @param {string} consultation
 * @param {boolean} isOffered
 */
function offer(control, consultation, isOffered) {
  const address = `/consultations/${consultation}/${RESOURCES[control.dataset.act ?? ""] ?? ""}`;
  if (control instanceof HTMLButtonElement) control.setAttribute("formaction", address);
  if (control instanceof HTMLAnchorElement) control.href = address;
  if (control instanceof HTMLDetailsElement && !isOffered) control.open = false;
  // Inside a menu, the menu hides its buttons.
  if (control instanceof HTMLDetailsElement || !control.closest(".visit-acts .menu")) control.hidden = !isOffered;
}

/**
 * @param {Element} line
 * @param {string} kind
 * @param {string} word
 */
function picture(line, kind, word) {
  for (const use of line.querySelectorAll(`[data-icon="${kind}"] use`)) {
    const address = `#i-${kind}-${word}`;
    if (use.getAttribute("href") !== address) use.setAttribute("href", address);
  }
}

/**
 * @param {Element} within
 * @param {string} slot
 * @param {string} words
 * @param {string} [instant]
 */
function fill(within, slot, words, instant) {
  for (const place of slots(within, slot)) {
    write(place, words);
    if (instant !== undefined) place.setAttribute("datetime", instant);
  }
}

/**
 * @param {Element} within
 * @param {string} slot
 * @returns {HTMLElement[]}
 */
function slots(within, slot) {
  return [...within.querySelectorAll(`[data-slot="${slot}"]`)].filter((place) => place instanceof HTMLElement);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function clone(id) {
  const copy = part(id, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`#${id} is empty`);
  return copy;
}
