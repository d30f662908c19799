// Restates times of the hospital in the reader's own zone, and names that zone.

/** Restates every `<time data-zone>` of the page whose clock differs from the reader's. */
export function restateTimes() {
  for (const time of document.querySelectorAll("time[data-zone]")) {
    if (time instanceof HTMLTimeElement) restate(time);
  }
}

/**
 * States another instant wherever the page states the appointment.
 * @param {string} instant
 */
export function moveTimes(instant) {
  for (const time of document.querySelectorAll("time[data-zone]")) {
    if (!(time instanceof HTMLTimeElement) || Date.parse(time.dateTime) === Date.parse(instant)) continue;
    time.dateTime = instant;
    restate(time, time.dataset.zone);
  }
}

/**
 * An hour on the reader's clock.
 * @param {string} instant
 */
export function hour(instant) {
  const language = document.documentElement.lang === "es" ? "es-MX" : document.documentElement.lang;
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(new Date(instant));
}

/**
 * @param {HTMLTimeElement} time
 * @param {string} [zoneIfSame] the zone that stays named where the reader's clock says the same
 */
function restate(time, zoneIfSame) {
  const instant = new Date(time.dateTime);
  const moment = time.querySelector("[data-moment]");
  const zone = time.querySelector("[data-zone-name]");
  if (!moment || !zone || Number.isNaN(instant.getTime())) return;
  try {
    const isSame = wallClock(instant, time.dataset.zone) === wallClock(instant);
    if (isSame && !zoneIfSame) return;
    const language = document.documentElement.lang === "es" ? "es-MX" : document.documentElement.lang;
    moment.textContent = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(instant);
    if (isSame) return;
    const name = new Intl.DateTimeFormat(language, { timeZoneName: "long" }).formatToParts(instant).find(({ type }) => type === "timeZoneName");
    zone.textContent = `(${name?.value ?? Intl.DateTimeFormat().resolvedOptions().timeZone})`;
  } catch {
    // An old browser that does not know the zone keeps the hospital's time, which names its own.
  }
}

/**
 * @param {Date} instant
 * @param {string} [timeZone]
 */
function wallClock(instant, timeZone) {
  return new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(instant);
}
