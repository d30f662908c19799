// Times, dates of birth and waits as the server writes them (src/web/staff/views/moment.rs), for cards that change.

import { part } from "../lib/page.js";

/** @type {Record<string, string>} */
const sentences = JSON.parse(part("board-texts").textContent || "{}");

const formats = new Map();

/**
 * The sentence of a key, its `{$blanks}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return (sentences[key] ?? key).replace(/\{\$(\w+)\}/g, (blank, name) => String(values[name] ?? blank));
}

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
  const name = say("when-months").split(",")[month - 1] ?? "";
  const date = say("staff-date", { day, month: name, year });
  return say("staff-born", { date, age: thisYear - year - (hadBirthday ? 0 : 1) });
}

/**
 * `12 min`, `1 h 05 min`, or that somebody is early.
 * @param {number} since
 */
export function wait(since) {
  const minutes = Math.floor((Date.now() - since) / 60_000);
  if (minutes < 0) return say("board-early");
  if (minutes < 60) return say("board-minutes", { minutes });
  return say("board-hours", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
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
