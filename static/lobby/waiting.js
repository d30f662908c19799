// What the lobby says while somebody waits: one sentence about the visit, and the minutes, counted from the appointment.

import { say } from "../lib/announce.js";
import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { hour, moveTimes } from "../lib/when.js";

const MINUTE = 60_000;

/** @typedef {import("../lib/connection.js").Message} Message */

export function openWaiting() {
  /** @type {Message | null} */
  let view = null;
  let held = false;
  let moved = false;
  setInterval(count, 5_000);

  /**
   * Shows what the hub said.
   * @param {Message} message a snapshot or change
   * @param {boolean} backFromCall
   */
  function show(message, backFromCall) {
    if (view && view.visit.starts_at !== message.visit.starts_at) moved = true;
    view = message;
    held = backFromCall;
    const { seat, visit } = message;
    write(part("greeting"), text("lobby-greeting", { name: seat.name }));
    part("host-fact").hidden = !visit.host;
    if (visit.host) write(part("host"), visit.host);
    moveTimes(visit.starts_at);
    say(sentence());
    count();
  }

  function sentence() {
    if (!view) return text("lobby-connecting");
    if (view.seat.standing === "new_device") return text("lobby-new-device");
    if (held) return text("lobby-held");
    if (view.visit.phase === "in_session") return text("lobby-in-session");
    if (view.visit.expected_at) return text("lobby-late", { time: hour(view.visit.expected_at) });
    if (startsAt() <= Date.now()) return text("lobby-waiting");
    return text(moved ? "lobby-moved" : "lobby-early");
  }

  function startsAt() {
    return Date.parse(view?.visit.starts_at ?? "");
  }

  function count() {
    if (!view) return;
    if (view.visit.phase === "scheduled" && !held) say(sentence()); // Early becomes waiting at the hour.
    part("calendar-file").hidden = !(view.visit.phase === "scheduled" && startsAt() > Date.now());
    write(part("count"), view.visit.phase === "scheduled" && startsAt() > Date.now() ? remaining() : waited());
  }

  function remaining() {
    const minutes = Math.floor((startsAt() - Date.now()) / MINUTE);
    if (minutes < 1) return text("lobby-count-soon");
    if (minutes === 1) return text("lobby-count-minute");
    if (minutes < 60) return text("lobby-count-minutes", { minutes });
    const days = Math.floor(minutes / 1440);
    if (days === 1) return text("lobby-count-days-one");
    if (days > 1) return text("lobby-count-days", { days });
    return text("lobby-count-hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }

  function waited() {
    const since = Date.parse(view?.seat.waiting_since ?? "");
    if (Number.isNaN(since)) return "";
    const minutes = Math.floor((Date.now() - Math.max(since, startsAt() || 0)) / MINUTE);
    if (minutes < 1) return text("lobby-waited-none");
    return minutes === 1 ? text("lobby-waited-one") : text("lobby-waited", { minutes });
  }

  return { show };
}
