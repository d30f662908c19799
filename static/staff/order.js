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
 * Puts rows in order once nobody points at them or is inside one.
 * @param {HTMLElement} list
 * @param {() => HTMLElement[]} inOrder
 */
export function createOrder(list, inOrder) {
  let isPointedAt = false;
  let isWanted = false;

  function held() {
    return isPointedAt || list.contains(document.activeElement) || list.querySelector("details[open]") !== null;
  }

  function settle() {
    if (!isWanted || held()) return;
    isWanted = false;
    const rows = inOrder();
    if (rows.every((row, index) => list.children[index] === row)) return;
    list.append(...rows);
  }

  /** @param {boolean} now */
  function pointed(now) {
    isPointedAt = now;
    if (!now) settle();
  }

  list.addEventListener("pointerenter", () => pointed(true));
  list.addEventListener("pointerleave", () => pointed(false));
  list.addEventListener("focusout", () => setTimeout(settle));
  list.addEventListener("toggle", () => settle(), true);

  return {
    /** The order may have changed. */
    ask() {
      isWanted = true;
      settle();
    },
  };
}
