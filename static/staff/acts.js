// What a card offers: the same rules as src/web/staff/views/acts.rs. The hub is asked all the same.

/** @typedef {{ id: string, kind: string, name: string, relation: string | null, phone: string | null, standing: string, since: string | null, new_device: boolean, link: string, delivery: string, replies: { text: string, at: string }[], presence: string }} Seat */
/** @typedef {{ consultation: string, rev: number, phase: string, service: string, starts_at: string, expected_at?: string, ends_at: string | null, patient: { name: string, born: string, reason: string }, doctor: string | null, ward: string | null, admission: string, engine: string, meeting: { readiness: string, obstacle: string | null } | null, may: string[], seats: Seat[] }} Card */

/** Where each button of a card posts to, or leads. @type {Record<string, string>} */
export const RESOURCES = {
  "start": "session",
  "host": "webex",
  "admit-everyone": "admissions",
  "call": "call",
  "run_late": "delays",
  "to_direct": "engine",
  "to_webex": "engine",
  "extend": "extensions",
  "cancel": "cancellation",
  "end": "ending",
  "admit": "admissions",
  "hold": "holds",
  "renew": "links",
  "again": "links",
  "replace": "links",
  "remove": "removals",
};

/**
 * Whether the card shows an act of its own.
 * @param {string} act
 * @param {Card} card
 */
export function cardOffers(act, card) {
  if (act === "admit-everyone") {
    return card.may.includes("admit") && card.seats.filter(({ standing }) => standing === "waiting").length > 1;
  }
  if (act === "host") return card.may.includes(act) && card.meeting?.readiness === "ready";
  return card.may.includes(act);
}

/**
 * Whether a seat shows an act.
 * @param {string} act
 * @param {Card} card
 * @param {Seat} seat
 * @returns {boolean}
 */
export function seatOffers(act, { may }, seat) {
  if (seat.link === "none") return false;
  const isIn = seat.standing === "admitted" || seat.standing === "left";
  switch (act) {
    case "admit":
      return may.includes("admit") && (seat.standing === "waiting" || (isIn && seat.new_device));
    case "hold":
      return may.includes("hold") && isIn;
    case "renew":
      return may.includes("send_link") && seat.link === "requested";
    case "again":
      return may.includes("send_link") && seat.link === "sent" && seat.standing !== "removed";
    case "replace":
      return may.includes("send_link") && seat.link !== "requested";
    case "remove":
      return may.includes("remove") && seat.standing !== "removed";
    default:
      return false;
  }
}
