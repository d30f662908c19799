// Keeps the screen on while somebody waits or talks. Where the browser refuses, nothing else changes.

let wanted = false;

/** @type {WakeLockSentinel | null} */
let lock = null;

/** Keeps the screen on from now on. */
export function stayAwake() {
  wanted = true;
  void request();
}

/** Lets the screen sleep again. */
export function letSleep() {
  wanted = false;
  void lock?.release().catch(() => undefined);
  lock = null;
}

async function request() {
  if (!wanted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    if (!wanted) letSleep();
  } catch {
    lock = null; // Low battery, most often.
  }
}

document.addEventListener("visibilitychange", () => void request());
