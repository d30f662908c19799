// Restates times of the hospital in the reader's own zone, and names that zone.

/** Restates every `<time data-zone>` of the page whose clock differs from the reader's. */
export function restateTimes() {
  for (const time of document.querySelectorAll("time[data-zone]")) {
    if (time instanceof HTMLTimeElement) restate(time);
  }
}

/** @param {HTMLTimeElement} time */
function restate(time) {
  const instant = new Date(time.dateTime);
  const moment = time.querySelector("[data-moment]");
  const zone = time.querySelector("[data-zone-name]");
  if (!moment || !zone || Number.isNaN(instant.getTime())) return;
  try {
    if (wallClock(instant, time.dataset.zone) === wallClock(instant)) return;
    const language = document.documentElement.lang === "es" ? "es-MX" : document.documentElement.lang;
    moment.textContent = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(instant);
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
