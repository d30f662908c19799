// One stay in a meeting at Webex. Camera and microphone are the page's own; the SDK carries them. Never keeps the token.

import { Trouble } from "./trouble.js";

/** From the SDK's first step to the meeting, or to Webex's own lobby, where people may wait as long as they like. */
const JOIN_LIMIT = 45_000;
const LEAVE_LIMIT = 3_000;

/** @typedef {import("./sdk.js").SdkMeeting} SdkMeeting */
/** @typedef {import("./sdk.js").LocalStream} LocalStream */
/** @typedef {"microphone" | "camera"} Device */
/**
 * @typedef {object} Listener
 * @property {(type: import("./others.js").Arrival, stream: MediaStream | null) => void} onStream
 * @property {(is: boolean) => void} onLobby whether the person waits in Webex's own lobby
 * @property {(is: boolean) => void} onReconnecting
 * @property {(number: number) => void} onOthers how many others are in
 * @property {() => void} onWeak the line is weak
 * @property {() => void} onGone the stay ended, and not by `leave`
 */

export class Meeting {
  /** @type {SdkMeeting | null} */
  meeting = null;
  /** @type {import("./sdk.js").Meetings | null} */
  meetings = null;
  /** @type {Partial<Record<Device, { track: MediaStreamTrack, stream: LocalStream }>>} */
  sent = {};
  isOver = false;
  isIn = false;
  /** What is changed about the sent streams, one after the other. @type {Promise<unknown>} */
  work = Promise.resolve();

  /**
   * @param {import("../call/media.js").Media} media
   * @param {Listener} listener
   */
  constructor(media, listener) {
    this.media = media;
    this.listener = listener;
    this.follow = () => { this.work = this.work.then(() => this.sync()).catch((problem) => console.warn("webex", problem?.name)); };
  }

  /**
   * Goes in, or as far as Webex's own lobby. Fails with a `Trouble`, and is then over.
   * @param {import("./sdk.js").Sdk} sdk
   * @param {import("./pass.js").Pass} pass
   */
  async join(sdk, pass) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let alarm;
    const late = new Promise((_, reject) => {
      alarm = setTimeout(() => reject(new Trouble("failed")), JOIN_LIMIT);
      this.stopAlarm = () => clearTimeout(alarm);
    });
    try {
      await Promise.race([this.steps(sdk, pass), late]);
      if (this.isOver) await this.finish();
    } catch (problem) {
      await this.leave();
      throw problem instanceof Trouble ? problem : new Trouble("failed");
    } finally {
      clearTimeout(alarm);
    }
  }

  /**
   * @param {import("./sdk.js").Sdk} sdk
   * @param {import("./pass.js").Pass} pass
   */
  async steps(sdk, pass) {
    const webex = sdk.init({ credentials: { access_token: pass.token } });
    if (!webex.ready) await new Promise((resolve) => webex.once("ready", () => resolve(undefined)));
    this.meetings = webex.meetings;
    await webex.meetings.register();
    const meeting = await webex.meetings.create(pass.destination);
    this.meeting = meeting;
    if (meeting.passwordStatus === "REQUIRED") await verify(meeting, pass.password);
    this.listen(meeting);
    if (this.isOver) return;
    await meeting.joinWithMedia({ joinOptions: {}, mediaOptions: { allowMediaInLobby: true, localStreams: this.streams() } });
    this.isIn = true;
    this.media.addEventListener("change", this.follow);
    this.follow(); // What was turned on or off meanwhile.
  }

  /** @param {SdkMeeting} meeting */
  listen(meeting) {
    const { listener } = this;
    /** @param {string} event @param {(payload: any) => void} act */
    const on = (event, act) => meeting.on(event, (payload) => { if (!this.isOver) act(payload); });
    on("media:ready", ({ type, stream }) => { if (isArrival(type)) listener.onStream(type, stream); });
    on("media:stopped", ({ type }) => { if (isArrival(type)) listener.onStream(type, null); });
    on("meeting:self:lobbyWaiting", () => {
      this.stopAlarm?.();
      listener.onLobby(true);
    });
    on("meeting:self:guestAdmitted", () => listener.onLobby(false));
    on("meeting:reconnectionStarting", () => listener.onReconnecting(true));
    on("meeting:reconnectionSuccess", () => listener.onReconnecting(false));
    on("meeting:reconnectionFailure", () => this.gone());
    on("meeting:self:left", () => this.gone());
    on("members:update", ({ full }) => listener.onOthers(Object.values(full ?? {}).filter((member) => member.isInMeeting && !member.isSelf).length));
    on("network:quality", ({ networkQualityScore }) => { if (networkQualityScore === 0) listener.onWeak(); });
  }

  gone() {
    if (!this.isIn) return;
    void this.leave();
    this.listener.onGone();
  }

  /** The streams of what is on now. */
  streams() {
    const { mediaHelpers: helpers } = /** @type {import("./sdk.js").Meetings} */ (this.meetings);
    const { microphone, camera } = this.media;
    this.sent = {};
    if (microphone) this.sent.microphone = { track: microphone, stream: new helpers.LocalMicrophoneStream(new MediaStream([microphone])) };
    if (camera) this.sent.camera = { track: camera, stream: new helpers.LocalCameraStream(new MediaStream([camera])) };
    this.mute();
    return { microphone: this.sent.microphone?.stream, camera: this.sent.camera?.stream };
  }

  /** Webex gets what is on, and no more. */
  async sync() {
    const { meeting, meetings } = this;
    if (!meeting || !meetings || this.isOver) return;
    for (const device of /** @type {Device[]} */ (["microphone", "camera"])) {
      const track = this.media[device];
      const sent = this.sent[device];
      if (sent?.track === track) continue;
      delete this.sent[device];
      if (sent) await meeting.unpublishStreams([sent.stream]);
      if (!track) continue;
      const Stream = device === "camera" ? meetings.mediaHelpers.LocalCameraStream : meetings.mediaHelpers.LocalMicrophoneStream;
      const stream = new Stream(new MediaStream([track]));
      this.sent[device] = { track, stream };
      await meeting.publishStreams({ [device]: stream });
    }
    this.mute();
  }

  /** The others see in Webex who is muted. */
  mute() {
    this.sent.microphone?.stream.setUserMuted?.(this.media.muted);
  }

  /**
   * With audio alone, no pictures are sent or fetched.
   * @param {boolean} is
   */
  audioOnly(is) {
    this.work = this.work.then(() => (this.isOver ? undefined : this.meeting?.updateMedia?.({ audioEnabled: true, videoEnabled: !is })))
      .catch((problem) => console.warn("webex", problem?.name));
  }

  /** Out, within seconds, whether Webex answers or not. Never fails. */
  async leave() {
    if (this.isOver) return;
    this.isOver = true;
    this.media.removeEventListener("change", this.follow);
    await this.finish();
  }

  async finish() {
    const { meeting, meetings } = this;
    this.meeting = null;
    this.meetings = null;
    this.sent = {};
    const out = async () => {
      await meeting?.leave();
      await meetings?.unregister?.();
    };
    await Promise.race([out().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, LEAVE_LIMIT))]);
  }
}

/**
 * @param {SdkMeeting} meeting
 * @param {string | null} password
 */
async function verify(meeting, password) {
  if (!password) throw new Trouble("password");
  const verdict = await meeting.verifyPassword(password).catch(() => ({ isPasswordValid: false }));
  if (verdict?.isPasswordValid === false) throw new Trouble("password");
}

/**
 * @param {string} type
 * @returns {type is import("./others.js").Arrival}
 */
function isArrival(type) {
  return type === "remoteVideo" || type === "remoteAudio" || type === "remoteShare";
}
