// The order of cards, as the page states it and the server renders it (src/web/staff/views/board.rs):
// running visits first, then who has waited longest, then by time. A row never moves under the pointer or the focus.

/** @typedef {import("./acts.js").Card} Card */

/**
 * Since when somebody counts as waiting: whoever is early waits from the appointment on.
 * @param {Card} card
 * @param {import("./acts.js").Seat} seat
 * @returns {number | null}
 */
export function waitingSince(card, seat) {
  if (seat.standing !== "waiting" || !seat.since) return null;
  return Math.max(Date.parse(seat.since), Date.parse(card.starts_at));
}

/** @param {Card} card */
export function isOpen(card) {
  return card.phase === "scheduled" || card.phase === "in_session";
}

/**
 * @param {Card} one
 * @param {Card} other
 */
export function byUrgency(one, other) {
  const [rank, at] = urgency(one);
  const [otherRank, otherAt] = urgency(other);
  return rank - otherRank || at - otherAt || (one.consultation < other.consultation ? -1 : 1);
}

/**
 * @param {Card} one
 * @param {Card} other
 */
export function byTime(one, other) {
  return Date.parse(one.starts_at) - Date.parse(other.starts_at) || (one.consultation < other.consultation ? -1 : 1);
}

/**
 * @param {Card} card
 * @returns {[number, number]}
 */
function urgency(card) {
  if (card.phase === "in_session") return [0, Date.parse(card.starts_at)];
  // The earliest arrival decides, as on the server.
  const arrivals = card.seats.map((seat) => waitingSince(card, seat)).filter((since) => since !== null);
  return arrivals.length > 0 ? [1, Math.min(...arrivals)] : [2, Date.parse(card.starts_at)];
}

/**
 * Puts rows in order once nobody points at them, is inside one with the keyboard, or has a menu open.
 * @param {HTMLElement} list
 * @param {() => HTMLElement[]} inOrder
 */
export function createOrder(list, inOrder) {
  // A finger leaves nothing behind to point with, although touch browsers go on matching `:hover`.
  const hasPointer = window.matchMedia("(hover: hover)");
  let isWanted = false;

  function held() {
    return (hasPointer.matches && list.matches(":hover")) || list.querySelector(":focus-visible, details[open]") !== null;
  }

  function settle() {
    if (!isWanted || held()) return;
    isWanted = false;
    const rows = inOrder();
    if (rows.every((row, index) => list.children[index] === row)) return;
    const focused = document.activeElement;
    list.append(...rows);
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
  }

  for (const event of ["pointerleave", "focusout", "toggle"]) list.addEventListener(event, () => setTimeout(settle), true);

  return {
    /** The order may have changed. */
    ask() {
      isWanted = true;
      settle();
    },
  };
}
