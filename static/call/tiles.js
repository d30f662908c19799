// The pictures of the others, one tile per seat, made from the page's own template.

import { part } from "../lib/page.js";
import { text } from "../lib/texts.js";

/** A tile that stands for several people has no kind. @typedef {{ seat: string, name: string, kind: string }} Person */

/** @param {HTMLElement} list */
export function createTiles(list) {
  /** @type {Map<string, Tile>} */
  const tiles = new Map();
  const hear = part("hear", HTMLButtonElement);
  hear.onclick = () => {
    hear.hidden = true;
    for (const tile of tiles.values()) void tile.play();
  };

  /** @param {Person} person */
  function tile(person) {
    const known = tiles.get(person.seat);
    if (known) return known;
    const fresh = new Tile(person, () => { hear.hidden = false; });
    tiles.set(person.seat, fresh);
    list.append(fresh.element);
    count();
    return fresh;
  }

  /** @param {string} seat */
  function remove(seat) {
    tiles.get(seat)?.remove();
    tiles.delete(seat);
    if (tiles.size === 0) hear.hidden = true;
    count();
  }

  function count() {
    list.dataset.count = String(tiles.size);
  }

  function clear() {
    for (const seat of [...tiles.keys()]) remove(seat);
  }

  return { tile, remove, clear };
}

class Tile {
  /**
   * @param {Person} person
   * @param {() => void} onSilent the browser wants a tap before it plays sound
   */
  constructor(person, onSilent) {
    const template = part("tile", HTMLTemplateElement).content.firstElementChild;
    this.element = /** @type {HTMLElement} */ (template?.cloneNode(true));
    this.video = /** @type {HTMLVideoElement} */ (this.element.querySelector("video"));
    this.note = /** @type {HTMLElement} */ (this.element.querySelector("[data-note]"));
    this.onSilent = onSilent;
    this.fill("[data-name]", person.name);
    this.fill("[data-kind]", person.kind && text(`kind-${person.kind}`));
    this.video.setAttribute("aria-label", person.name);
  }

  /**
   * Shows a stream, and says what is missing from it.
   * @param {MediaStream} stream
   * @param {{ state: string, camera: boolean, microphone: boolean, video: boolean }} facts
   */
  show(stream, { state, camera, microphone, video }) {
    if (this.video.srcObject !== stream) this.video.srcObject = stream;
    if (this.video.paused) void this.play();
    this.element.dataset.state = state;
    this.element.dataset.picture = state !== "connecting" && camera && video ? "on" : "off";
    const notes = [];
    if (state === "connecting") notes.push(text("call-connecting"));
    if (state === "reconnecting") notes.push(text("call-reconnecting"));
    if (state === "live" && !camera) notes.push(text("call-camera-off"));
    if (state === "live" && !microphone) notes.push(text("call-microphone-off"));
    this.note.textContent = notes.join(" · ");
    this.note.hidden = notes.length === 0;
  }

  async play() {
    try {
      await this.video.play();
    } catch (error) {
      if (error instanceof Error && error.name === "NotAllowedError") this.onSilent();
    }
  }

  remove() {
    this.video.srcObject = null;
    this.element.remove();
  }

  /**
   * @param {string} selector
   * @param {string} content
   */
  fill(selector, content) {
    const element = this.element.querySelector(selector);
    if (element) element.textContent = content;
  }
}
