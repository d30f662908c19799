// The signal that the door is open: two notes, made here, so that nothing has to be loaded.
// Browsers stay silent until a person has tapped: `unlock` belongs into the first tap.

/** @type {AudioContext | null} */
let context = null;

/** The page's audio, once a tap allowed it. */
export function audioContext() {
  return context?.state === "running" ? context : null;
}

/** Makes sound possible; call it from a tap or key press. */
export function unlock() {
  try {
    context ??= new AudioContext();
    if (context.state !== "running") void context.resume().catch(() => undefined);
  } catch {
    context = null; // No audio here; the page says everything in words too.
  }
}

/** Plays the two notes, if sound is allowed. */
export function chime() {
  const audio = audioContext();
  if (!audio) return;
  [659.25, 880].forEach((frequency, index) => {
    const start = audio.currentTime + index * 0.28;
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.type = "sine";
    note.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.4, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.6);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + 0.65);
  });
}

/** @type {ReturnType<typeof setInterval> | undefined} */
let ringing;

/** Chimes and vibrates until `hush`, at most for a minute. */
export function ring() {
  hush();
  let left = 8;
  const once = () => {
    chime();
    // Chrome counts it as an error to vibrate before the first tap.
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([300, 150, 300]);
    left -= 1;
    if (left <= 0) hush();
  };
  ringing = setInterval(once, 8000);
  once();
}

/** Stops ringing. */
export function hush() {
  clearInterval(ringing);
  ringing = undefined;
}
