// Camera and microphone in the lobby: own picture, a bar that moves with the voice, and plain words when something fails.
// Never stands between a person and the visit: they may wait and enter without either.

import { picture } from "../call/controls.js";
import { explain } from "../call/media.js";
import { audioContext, chime, unlock } from "../lib/chime.js";
import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";

/** @param {import("../call/media.js").Media} media */
export function openCheck(media) {
  const start = part("check-start", HTMLButtonElement);
  const preview = part("preview", HTMLVideoElement);
  const meter = createMeter();
  let held = false;
  let resting = false;

  start.onclick = () => {
    unlock();
    void media.start();
  };
  part("check-sound", HTMLButtonElement).onclick = () => {
    unlock();
    setTimeout(chime, 150);
  };
  media.addEventListener("change", refresh);

  function refresh() {
    if (media.camera || media.microphone) held = false;
    picture(preview, media);
    preview.hidden = !media.camera;
    meter.follow(resting ? null : media.microphone);
    part("check-meter").hidden = !media.microphone;
    start.hidden = Boolean(media.camera) || media.asking;
    write(start, media.problem ? start.dataset.again ?? "" : start.dataset.first ?? "");
    write(part("check-said"), said());
    const problem = part("media-problem");
    problem.hidden = !media.problem;
    if (media.problem) {
      const { title, how } = explain(media.problem);
      write(part("media-problem-title"), title);
      write(part("media-problem-how"), how);
    }
  }

  function said() {
    if (media.asking) return text("check-asking");
    if (media.camera && media.microphone) return text("check-good");
    if (media.microphone) return text("check-sound-only");
    if (media.problem) return "";
    return text(held ? "check-off" : "check-explain");
  }

  /** The call begins: nobody sees the bar. */
  function rest() {
    resting = true;
    refresh();
  }

  /** The call is over for now: says that nothing is on. */
  function off() {
    held = true;
    resting = false;
    refresh();
  }

  start.dataset.first = start.textContent ?? "";
  return { rest, off };
}

/** A bar that follows the microphone, once a tap allowed audio. */
function createMeter() {
  const bar = part("meter");
  /** @type {MediaStreamTrack | null} */
  let followed = null;
  /** @type {MediaStreamAudioSourceNode | null} */
  let source = null;

  /** @param {MediaStreamTrack | null} track */
  function follow(track) {
    bar.hidden = !track;
    if (track === followed && (source || !track)) return;
    source?.disconnect();
    source = null;
    followed = track;
    const audio = audioContext();
    if (!track || !audio) return;
    const analyser = audio.createAnalyser();
    analyser.fftSize = 512;
    source = audio.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const mine = source;
    const draw = () => {
      if (source !== mine) return;
      analyser.getByteTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
      bar.style.setProperty("--level", Math.min(1, loudest / 50).toFixed(2));
      requestAnimationFrame(draw);
    };
    draw();
  }

  return { follow };
}
