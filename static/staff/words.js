// Times, dates of birth and waits as the server writes them (src/web/staff/views/moment.rs), for cards that change.

import { text } from "../lib/texts.js";

const formats = new Map();

/**
 * `09:10` on the clock of a zone.
 * @param {string} instant
 * @param {string} zone
 */
export function clock(instant, zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  }
  return formats.get(zone).format(new Date(instant));
}

/**
 * `11 February 1950 (age 76)`.
 * @param {string} birth `YYYY-MM-DD`
 * @param {string} zone
 */
export function born(birth, zone) {
  const [year, month, day] = parts(birth);
  const [thisYear, thisMonth, today] = parts(new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date()));
  const hadBirthday = thisMonth > month || (thisMonth === month && today >= day);
  const name = text("when-months").split(",")[month - 1] ?? "";
  const date = text("staff-date", { day, month: name, year });
  return text("staff-born", { date, age: thisYear - year - (hadBirthday ? 0 : 1) });
}

/**
 * `12 min`, `1 h 05 min`, or that somebody is early.
 * @param {number} since
 */
export function wait(since) {
  const minutes = Math.floor((Date.now() - since) / 60_000);
  if (minutes < 0) return text("board-early");
  if (minutes < 60) return text("board-minutes", { minutes });
  return text("board-hours", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}

/**
 * Year, month and day of `YYYY-MM-DD`.
 * @param {string} date
 * @returns {[number, number, number]}
 */
function parts(date) {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return [year, month, day];
}
