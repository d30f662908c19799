// One connection to one other browser: perfect negotiation over two fixed lines, sound and picture.
// The side with the higher connection number makes the first offer, so that both lines exist once; later media changes replace
// tracks and need no negotiation.
// Never outlives `close`: a seat that is held or removed is cut by everybody else, whatever its own browser does.

const DISCONNECTED_PATIENCE = 3_000;
const ANSWER_PATIENCE = 6_000;
const CANDIDATE_PAUSE = 60;

/** What this browser sends and wants, told to the other one. @typedef {{ camera: boolean, microphone: boolean, wantsVideo: boolean }} Wishes */
/** @typedef {"connecting" | "live" | "reconnecting"} PeerState */

/**
 * @typedef {object} PeerOptions
 * @property {boolean} polite
 * @property {() => RTCIceServer[]} iceServers
 * @property {(data: object) => void} send
 * @property {() => { camera: MediaStreamTrack | null, microphone: MediaStreamTrack | null }} tracks
 * @property {() => Wishes} wishes
 * @property {() => number} bitrate of the picture sent, in bits per second
 * @property {(peer: Peer) => void} onChange
 */

export class Peer {
  /** @param {PeerOptions} options */
  constructor(options) {
    this.options = options;
    this.stream = new MediaStream();
    /** @type {PeerState} */
    this.state = "connecting";
    /** @type {Wishes} */
    this.theirs = { camera: true, microphone: true, wantsVideo: true };
    this.closed = false;
    this.told = "";
    this.makingOffer = false;
    this.ignoringOffer = false;
    /** @type {RTCIceCandidateInit[]} */
    this.candidates = [];
    this.work = Promise.resolve();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.restartTimer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.answerTimer = undefined;

    this.pc = new RTCPeerConnection({ iceServers: options.iceServers(), bundlePolicy: "max-bundle" });
    this.pc.onnegotiationneeded = () => void this.offer();
    this.pc.onicecandidate = ({ candidate }) => this.candidate(candidate);
    this.pc.oniceconnectionstatechange = () => this.iceChanged();
    this.pc.onconnectionstatechange = () => this.carries();
    this.pc.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      options.onChange(this);
    };
    if (!options.polite) {
      this.pc.addTransceiver("audio", { direction: "sendrecv" });
      this.pc.addTransceiver("video", { direction: "sendrecv" });
      this.attach();
    }
    this.tell();
  }

  /** Puts the present tracks on the lines; a camera goes only to who wants to see it. */
  attach() {
    if (this.closed) return;
    const { camera, microphone } = this.options.tracks();
    for (const line of this.pc.getTransceivers()) {
      const video = line.receiver.track.kind === "video";
      if (line.direction !== "stopped") line.direction = "sendrecv";
      const track = video ? (this.theirs.wantsVideo ? camera : null) : microphone;
      if (line.sender.track !== track) void line.sender.replaceTrack(track).catch(() => undefined);
      if (video) void this.limit(line.sender);
    }
  }

  /** Tells the other side what this one sends and wants. */
  tell() {
    const media = this.options.wishes();
    if (JSON.stringify(media) === this.told) return;
    this.told = JSON.stringify(media);
    this.options.send({ media });
  }

  /**
   * What the other browser sent; carried out one after the other.
   * @param {any} data
   */
  receive(data) {
    this.work = this.work.then(async () => {
      if (this.closed || typeof data !== "object" || data === null) return;
      try {
        if (data.description) await this.described(data.description);
        if (data.candidates) await this.reachable(data.candidates);
        if (data.media) this.wish(data.media);
      } catch (error) {
        console.warn("A signal could not be used", error); // A malformed one must not end the call.
      }
    });
  }

  /** Cuts the connection. */
  close() {
    this.closed = true;
    clearTimeout(this.restartTimer);
    clearTimeout(this.answerTimer);
    this.pc.close();
  }

  async offer() {
    try {
      this.makingOffer = true;
      await this.pc.setLocalDescription();
      this.describe();
    } catch (error) {
      if (!this.closed) console.warn("No offer could be made", error);
    } finally {
      this.makingOffer = false;
    }
  }

  describe() {
    const description = this.pc.localDescription;
    if (this.closed || !description) return;
    this.options.send({ description: { type: description.type, sdp: description.sdp } });
    clearTimeout(this.answerTimer);
    if (description.type !== "offer") return;
    this.answerTimer = setTimeout(() => {
      if (this.pc.signalingState === "have-local-offer") this.describe();
    }, ANSWER_PATIENCE);
  }

  /** @param {RTCSessionDescriptionInit} description */
  async described(description) {
    const collision = description.type === "offer" && (this.makingOffer || this.pc.signalingState !== "stable");
    this.ignoringOffer = !this.options.polite && collision;
    if (this.ignoringOffer) return;
    if (description.type === "answer" && this.pc.signalingState === "stable") return;
    await this.pc.setRemoteDescription(description);
    if (description.type !== "offer") return;
    this.attach();
    await this.pc.setLocalDescription();
    this.describe();
  }

  /** @param {RTCIceCandidateInit[]} candidates */
  async reachable(candidates) {
    for (const candidate of candidates) {
      try {
        await this.pc.addIceCandidate(candidate);
      } catch (error) {
        if (!this.ignoringOffer) console.warn("A candidate could not be used", error);
      }
    }
  }

  /** @param {Wishes} wishes */
  wish(wishes) {
    this.theirs = { camera: Boolean(wishes.camera), microphone: Boolean(wishes.microphone), wantsVideo: Boolean(wishes.wantsVideo) };
    this.attach();
    this.options.onChange(this);
  }

  /**
   * Candidates travel in small bunches: the hub counts messages.
   * @param {RTCIceCandidate | null} candidate
   */
  candidate(candidate) {
    if (!candidate?.candidate) return;
    this.candidates.push(candidate.toJSON());
    if (this.candidates.length > 1) return;
    setTimeout(() => {
      const candidates = this.candidates.splice(0);
      if (!this.closed) this.options.send({ candidates });
    }, CANDIDATE_PAUSE);
  }

  iceChanged() {
    if (this.closed) return;
    clearTimeout(this.restartTimer);
    const ice = this.pc.iceConnectionState;
    if (ice === "disconnected") this.restartTimer = setTimeout(() => this.restart(), DISCONNECTED_PATIENCE);
    if (ice === "failed") this.restart();
    if ((ice === "disconnected" || ice === "failed") && this.state === "live") this.state = "reconnecting";
    this.carries();
  }

  /** Notices when sound and picture get through, at first or again. */
  carries() {
    if (this.closed) return;
    const reached = ["connected", "completed"].includes(this.pc.iceConnectionState);
    if (reached && (this.pc.connectionState ?? "connected") === "connected") this.state = "live";
    this.options.onChange(this);
  }

  /** Takes the newest relay credentials, for whichever side looks for a new way next. */
  renew() {
    if (!this.closed) this.pc.setConfiguration({ iceServers: this.options.iceServers(), bundlePolicy: "max-bundle" });
  }

  /** Looks for a new way to the other browser. */
  restart() {
    if (this.closed) return;
    this.renew();
    this.pc.restartIce();
  }

  /** @param {RTCRtpSender} sender */
  async limit(sender) {
    const parameters = sender.getParameters();
    const bitrate = this.options.bitrate();
    if (!parameters.encodings?.length || parameters.encodings.every(({ maxBitrate }) => maxBitrate === bitrate)) return;
    for (const encoding of parameters.encodings) encoding.maxBitrate = bitrate;
    await sender.setParameters(parameters).catch(() => undefined);
  }
}
