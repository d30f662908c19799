// The buttons under a call and the person's own picture. A button's name never changes; whether it is on is said beside it.

import { part } from "../lib/page.js";
import { createNotice } from "./notice.js";

/**
 * @param {object} options
 * @param {import("./media.js").Media} options.media
 * @param {() => void} options.onHangUp
 * @param {() => void} options.onAudioOnly
 */
export function createControls({ media, onHangUp, onAudioOnly }) {
  const microphone = part("microphone", HTMLButtonElement);
  const camera = part("camera", HTMLButtonElement);
  const audioOnly = part("audio-only", HTMLButtonElement);
  const own = part("self-video", HTMLVideoElement);
  const notice = createNotice(media);
  let withoutVideo = false;
  let cameraBefore = false;

  microphone.onclick = async () => {
    if (media.microphone) return media.setMuted(!media.muted);
    await media.startMicrophone();
    notice.answered("microphone");
  };
  camera.onclick = async () => {
    if (media.camera) return media.stopCamera();
    await media.startCamera();
    if (withoutVideo && media.camera) setAudioOnly(false);
    notice.answered("camera");
  };
  audioOnly.onclick = async () => {
    setAudioOnly(!withoutVideo);
    if (withoutVideo) {
      cameraBefore = Boolean(media.camera);
      media.stopCamera();
    } else if (cameraBefore) {
      await media.startCamera();
    }
  };
  part("hang-up", HTMLButtonElement).onclick = onHangUp;

  /** @param {boolean} on */
  function setAudioOnly(on) {
    withoutVideo = on;
    onAudioOnly();
  }

  function refresh() {
    press(microphone, Boolean(media.microphone) && !media.muted);
    press(camera, Boolean(media.camera));
    press(audioOnly, withoutVideo);
    picture(own, media);
    part("self").dataset.picture = media.camera ? "on" : "off";
    notice.refresh();
  }

  function reset() {
    withoutVideo = false;
    refresh();
  }

  return { refresh, reset, tell: notice.tell, audioOnly: () => withoutVideo };
}

/**
 * Shows the person their own camera in a video element, or nothing.
 * @param {HTMLVideoElement} video
 * @param {import("./media.js").Media} media
 */
export function picture(video, media) {
  const shown = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
  if (shown === (media.camera ?? undefined)) return;
  video.srcObject = media.camera ? new MediaStream([media.camera]) : null;
  if (media.camera) void video.play().catch(() => undefined);
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} on
 */
function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
  const state = button.querySelector(".control-state");
  if (state) state.textContent = (on ? button.dataset.on : button.dataset.off) ?? "";
}
