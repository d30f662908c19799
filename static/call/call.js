// A call on the stage of the page: who is in it comes from the hub (`presence`), sound and picture go from browser to browser.
// Never keeps a connection to a seat the hub no longer lists. Two exceptions last seconds: the old connection to a seat whose
// browser came back runs until the new one carries; and after an interruption of our own, others get a moment to come back too.

import { say } from "../lib/announce.js";
import { part } from "../lib/page.js";
import { text } from "../lib/texts.js";
import { createControls } from "./controls.js";
import { Peer } from "./peer.js";
import { createTiles } from "./tiles.js";

const HANDOVER = 8_000;
const RETURN_GRACE = 6_000;
const ENTER_PATIENCE = 10_000;
const NOT_ENTERED = ["not_admitted", "too_many", "unavailable"];

/** @typedef {import("../lib/connection.js").Connection} Connection */
/** @typedef {import("../lib/connection.js").Message} Message */
/** @typedef {{ seat: string, connection: number, name: string, kind: string }} Person */
/** @typedef {{ peer: Peer, person: Person, key: string, goneAt: number | null }} Link */

/**
 * @param {object} options
 * @param {{ send: (message: Message) => boolean }} options.connection
 * @param {import("./media.js").Media} options.media
 * @param {() => void} options.onHangUp the person pressed the red button
 * @param {() => void} options.onNotEntered the hub did not let the person in, or did not answer; the call is closed
 */
export function openCall({ connection, media, onHangUp, onNotEntered }) {
  const tiles = createTiles(part("tiles"));
  const controls = createControls({ media, onHangUp, onAudioOnly: refresh });
  /** @type {Map<string, Link>} */
  const links = new Map();
  /** Signals of peers the hub has not listed yet. @type {Map<number, unknown[]>} */
  const early = new Map();
  /** Who is in the call besides this browser: name by seat. @type {Map<string, string>} */
  let present = new Map();
  /** Keys of the links the hub lists. @type {Set<string>} */
  let listed = new Set();
  /** @type {RTCIceServer[]} */
  let iceServers = [];
  /** @type {number | null} */
  let you = null;
  let wanted = false;
  let cameBackAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let sweepTimer;
  /** Runs from the wish to enter until the hub lists this browser. @type {ReturnType<typeof setTimeout> | undefined} */
  let enterTimer;

  media.addEventListener("change", refresh);

  function refresh() {
    controls.refresh();
    for (const { peer } of links.values()) {
      peer.attach();
      peer.tell();
      show(peer);
    }
  }

  /**
   * Feeds a message of the hub.
   * @param {Message} message
   */
  function receive(message) {
    if (message.type === "presence") presence(message.you, message.in_call);
    else if (message.type === "signal") signal(message.from, message.data);
    else if (message.type === "snapshot" || message.type === "change") described(message);
    else if (message.type === "refused") refused(message.reason);
  }

  /** @param {Message} message */
  function described({ type, call }) {
    if (call?.ice_servers) {
      iceServers = call.ice_servers;
      for (const { peer } of links.values()) peer.renew();
    }
    if (type !== "snapshot" || !wanted) return;
    cameBackAt = performance.now(); // A new connection of ours: the call goes on, under a new number.
    askToEnter();
  }

  function askToEnter() {
    connection.send({ type: "enter" });
    awaitPresence();
  }

  function awaitPresence() {
    clearTimeout(enterTimer);
    // While somebody is heard over an older connection, the call goes on.
    enterTimer = setTimeout(() => (isHeard() ? awaitPresence() : notEntered()), ENTER_PATIENCE);
  }

  /**
   * Who comes back to a call may have sent signals before they were in it again; only a first entry is refused for sure.
   * @param {string} reason
   */
  function refused(reason) {
    if (wanted && you === null && NOT_ENTERED.includes(reason)) notEntered();
  }

  function isHeard() {
    return [...links.values()].some(({ peer }) => peer.state === "live");
  }

  function notEntered() {
    leave();
    onNotEntered();
  }

  /**
   * @param {number | null} mine
   * @param {Person[]} people
   */
  function presence(mine, people) {
    if (!wanted || mine === null) return;
    you = mine;
    clearTimeout(enterTimer);
    enterTimer = undefined;
    const others = people.filter((person) => person.connection !== mine);
    listed = new Set(others.map((person) => `${mine}:${person.connection}`));
    announce(others);
    part("alone").hidden = others.length > 0;
    for (const person of others) {
      const key = `${mine}:${person.connection}`;
      if (!links.has(key)) link(key, person, mine);
    }
    sweep();
  }

  /**
   * @param {string} key
   * @param {Person} person
   * @param {number} mine
   */
  function link(key, person, mine) {
    const peer = new Peer({
      polite: mine < person.connection,
      iceServers: () => iceServers,
      send: (data) => { if (you === mine) connection.send({ type: "signal", to: person.connection, data }); },
      tracks: () => ({ camera: media.camera, microphone: media.microphone }),
      wishes: () => ({
        camera: Boolean(media.camera),
        microphone: Boolean(media.microphone) && !media.muted,
        wantsVideo: !controls.audioOnly(),
      }),
      bitrate: () => (links.size <= 1 ? 900_000 : links.size === 2 ? 600_000 : 350_000),
      onChange: show,
    });
    links.set(key, { peer, person, key, goneAt: null });
    shareLine();
    tiles.tile(person);
    show(peer);
    for (const data of early.get(person.connection) ?? []) peer.receive(data);
    early.delete(person.connection);
  }

  /** The picture goes to each of the others: how sharp it is depends on how many there are. */
  function shareLine() {
    for (const { peer } of links.values()) peer.attach();
  }

  /** Closes every connection that is no longer listed. */
  function sweep() {
    clearTimeout(sweepTimer);
    const now = performance.now();
    let next = Infinity;
    for (const old of [...links.values()]) {
      if (listed.has(old.key)) continue;
      if (old.goneAt === null) old.goneAt = now;
      const until = deadline(old, old.goneAt);
      if (until <= now || isReplaced(old)) cut(old);
      else next = Math.min(next, until);
    }
    if (next < Infinity) sweepTimer = setTimeout(sweep, next - now + 10);
  }

  /**
   * How long a connection that is no longer listed may go on.
   * @param {Link} old
   * @param {number} goneAt
   */
  function deadline(old, goneAt) {
    if (present.has(old.person.seat)) return goneAt + HANDOVER;
    return old.key.startsWith(`${you}:`) ? goneAt : cameBackAt + RETURN_GRACE;
  }

  /** @param {Link} old */
  function isReplaced(old) {
    return rivals(old.person.seat).some(({ key, peer }) => listed.has(key) && peer.state === "live");
  }

  /** @param {string} seat */
  function rivals(seat) {
    return [...links.values()].filter(({ person }) => person.seat === seat);
  }

  /** @param {Link} old */
  function cut(old) {
    old.peer.close();
    links.delete(old.key);
    shareLine();
    if (rivals(old.person.seat).length === 0) tiles.remove(old.person.seat);
  }

  /**
   * @param {number} from
   * @param {unknown} data
   */
  function signal(from, data) {
    const link = links.get(`${you}:${from}`);
    if (link) return link.peer.receive(data);
    if (!wanted) return;
    const queue = early.get(from) ?? [];
    if (queue.length < 64 && early.size < 16) early.set(from, [...queue, data]);
  }

  /** @param {Peer} peer */
  function show(peer) {
    const link = [...links.values()].find((candidate) => candidate.peer === peer);
    if (!link) return;
    const live = rivals(link.person.seat).filter((rival) => rival.peer.state === "live");
    const best = live.find(({ key }) => listed.has(key)) ?? live[0] ?? link;
    const { stream, state, theirs } = best.peer;
    tiles.tile(link.person).show(stream, { state, camera: theirs.camera, microphone: theirs.microphone, video: !controls.audioOnly() });
    if (peer.state === "live" && links.size > listed.size) sweep();
  }

  /** @param {Person[]} others */
  function announce(others) {
    const now = new Map(others.map((person) => [person.seat, person.name]));
    const first = present.size === 0;
    for (const [seat, name] of now) if (!present.has(seat) && !first) say(text("call-joined", { name }), "call-said");
    for (const [seat, name] of present) if (!now.has(seat)) say(text("call-gone", { name }), "call-said");
    present = now;
  }

  /** Goes in, and stays in through lost connections, until `leave` or `close`. */
  function enter() {
    wanted = true;
    refresh();
    askToEnter();
  }

  /** The red button. */
  function leave() {
    connection.send({ type: "leave" });
    close();
  }

  /** Out of the call: everything is cut, camera and microphone are off. */
  function close() {
    wanted = false;
    you = null;
    present = new Map();
    listed = new Set();
    early.clear();
    clearTimeout(sweepTimer);
    clearTimeout(enterTimer);
    enterTimer = undefined;
    for (const { peer } of links.values()) peer.close();
    links.clear();
    tiles.clear();
    part("alone").hidden = true;
    controls.reset();
    media.stop();
  }

  /** Whether this browser is, or means to be, in the call. */
  const active = () => wanted;

  /** Whether everybody in the call is heard and seen: nothing needs to be opened anew. */
  const settled = () => wanted && links.size > 0 && [...links.values()].every(({ peer }) => peer.state === "live");

  return { receive, enter, leave, close, active, settled, tell: controls.tell };
}

/** @typedef {ReturnType<typeof openCall>} Call */
