// The person's own camera and microphone: asked for once, told apart when they fail, and really off when off.

import { text } from "../lib/texts.js";

/** @typedef {"camera" | "microphone"} Device */
/** @typedef {"denied" | "missing" | "busy" | "insecure" | "policy" | "failed"} Problem */

const CAMERA = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" };
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const ANSWER_PATIENCE = 20_000;

/** Fires `change` whenever a track comes, goes, or is muted. */
export class Media extends EventTarget {
  /** @type {MediaStreamTrack | null} */
  camera = null;
  /** @type {MediaStreamTrack | null} */
  microphone = null;
  /** Why a device did not turn on when it was last asked for. @type {Record<Device, Problem | null>} */
  problems = { camera: null, microphone: null };
  /** Whether the person has been asked since the last `stop`. */
  asked = false;
  asking = false;
  muted = false;
  /** @type {Promise<void> | null} */
  pending = null;
  /** Counts the times everything was turned off. */
  turn = 0;

  /** Asks for both, and takes what there is. Never throws. Asking twice is asking once. */
  start() {
    if (!this.pending && !(this.camera && this.microphone)) {
      const mine = this.ask(this.turn).finally(() => { if (this.pending === mine) this.pending = null; });
      this.pending = mine;
    }
    return this.pending ?? Promise.resolve();
  }

  /**
   * As `start`, for who is about to go in: whoever does not answer goes in all the same, and what they allow later joins later.
   */
  async startSoon() {
    await Promise.race([this.start(), new Promise((resolve) => setTimeout(resolve, ANSWER_PATIENCE))]);
  }

  /** @param {number} turn */
  async ask(turn) {
    this.asking = true;
    this.asked = true;
    this.changed();
    const problem = await this.acquire({ audio: MICROPHONE, video: CAMERA }, turn);
    if (problem && problem !== "insecure" && problem !== "policy") await this.acquireLess(problem, turn);
    if (turn !== this.turn) return;
    this.asking = false;
    if (!this.camera) this.problems.camera = problem;
    if (!this.microphone) this.problems.microphone = problem;
    this.changed();
  }

  /** What to tell somebody who is not in a call yet: with a camera all is well. */
  get problem() {
    return this.camera ? null : this.problems.camera ?? this.problems.microphone;
  }

  /** Turns the microphone on alone. Never throws. */
  async startMicrophone() {
    this.muted = false;
    await this.startOne("microphone", { audio: MICROPHONE });
  }

  /** Turns the camera on alone. Never throws. */
  async startCamera() {
    await this.startOne("camera", { video: CAMERA });
  }

  /** Turns the camera off, its light too. */
  stopCamera() {
    this.camera?.stop();
    this.camera = null;
    this.changed();
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.muted = muted;
    if (this.microphone) this.microphone.enabled = !muted;
    this.changed();
  }

  /** Camera and microphone off. */
  stop() {
    this.turn += 1;
    this.pending = null;
    this.asking = false;
    this.microphone?.stop();
    this.microphone = null;
    this.asked = false;
    this.problems = { camera: null, microphone: null };
    this.muted = false;
    this.stopCamera();
  }

  /**
   * With one device missing, denied or busy, the other may still work; a person is not asked twice for it.
   * @param {Problem} problem
   * @param {number} turn
   */
  async acquireLess(problem, turn) {
    if (problem === "denied" && !(await isGranted("microphone"))) return;
    if (await this.acquire({ audio: MICROPHONE }, turn) === "missing" && problem === "missing") await this.acquire({ video: CAMERA }, turn);
  }

  /**
   * @param {Device} device
   * @param {MediaStreamConstraints} constraints
   */
  async startOne(device, constraints) {
    const { turn } = this;
    const problem = await this.acquire(constraints, turn);
    if (turn !== this.turn) return;
    this.problems[device] = problem;
    this.changed();
  }

  /**
   * Takes what there is, unless everything was turned off since `turn`: an answer that comes late turns nothing on.
   * @param {MediaStreamConstraints} constraints
   * @param {number} turn
   * @returns {Promise<Problem | null>}
   */
  async acquire(constraints, turn) {
    if (turn !== this.turn) return null;
    if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) return "insecure";
    if (forbidden()) return "policy";
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      for (const track of stream.getTracks()) {
        if (turn === this.turn) this.take(track);
        else track.stop();
      }
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** @param {MediaStreamTrack} track */
  take(track) {
    const place = track.kind === "video" ? "camera" : "microphone";
    this[place]?.stop();
    this[place] = track;
    this.problems[place] = null;
    if (place === "microphone") track.enabled = !this.muted;
    track.addEventListener("ended", () => {
      if (this[place] !== track) return;
      this[place] = null;
      this.changed();
    });
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Whether both may be turned on without asking. */
export async function isPermitted() {
  return (await isGranted("camera")) && (await isGranted("microphone"));
}

/**
 * The problem in words: what it is, and what to do.
 * @param {Problem} problem
 */
export function explain(problem) {
  const apple = problem === "denied" && /iPhone|iPad/.test(navigator.userAgent);
  return { title: text(`media-${problem}-title`), how: text(apple ? "media-denied-ios" : `media-${problem}-how`) };
}

/** @param {Device} name */
async function isGranted(name) {
  try {
    const answer = await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) });
    return answer.state === "granted";
  } catch {
    return false; // Firefox and older Safari do not know these names.
  }
}

/** Whether the page itself was served without leave to use the camera. */
function forbidden() {
  const policy = /** @type {{ featurePolicy?: { allowsFeature(name: string): boolean } }} */ (/** @type {unknown} */ (document)).featurePolicy;
  return policy ? !policy.allowsFeature("camera") && !policy.allowsFeature("microphone") : false;
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function problemOf(error) {
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "PermissionDeniedError":
      return "denied";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "busy";
    case "SecurityError":
      return "policy";
    default:
      return "failed";
  }
}
