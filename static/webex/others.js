// What arrives from Webex: one picture with everybody's sound, and another while somebody shows their screen.

import { createTiles } from "../call/tiles.js";
import { part } from "../lib/page.js";
import { text } from "../lib/texts.js";

/** @typedef {"remoteVideo" | "remoteAudio" | "remoteShare"} Arrival */

export function createOthers() {
  const tiles = createTiles(part("tiles"));
  const together = new MediaStream();
  /** @type {MediaStream | null} */
  let shared = null;
  let isReconnecting = false;
  let withVideo = true;
  /** How many others there are, once Webex has said so. @type {number | null} */
  let others = null;

  /**
   * @param {Arrival} type
   * @param {MediaStream | null} stream none once it has stopped
   */
  function take(type, stream) {
    if (type === "remoteShare") {
      shared = stream;
    } else {
      const kind = type === "remoteVideo" ? "video" : "audio";
      for (const track of together.getTracks()) if (track.kind === kind) together.removeTrack(track);
      for (const track of stream?.getTracks() ?? []) if (track.kind === kind) together.addTrack(track);
    }
    refresh();
  }

  function refresh() {
    const isThere = together.getTracks().length > 0;
    const state = isReconnecting ? "reconnecting" : "live";
    if (isThere) {
      const camera = together.getVideoTracks().length > 0;
      const tile = tiles.tile({ seat: "others", name: text("webex-others"), kind: "" });
      tile.show(together, { state, camera, microphone: true, video: withVideo });
    } else {
      tiles.remove("others");
    }
    if (shared) tiles.tile({ seat: "shared", name: text("webex-shared"), kind: "" }).show(shared, { state, camera: true, microphone: true, video: true });
    else tiles.remove("shared");
    part("alone").hidden = others === null ? isThere : others > 0;
  }

  /** @param {number} number */
  function count(number) {
    others = number;
    refresh();
  }

  /** @param {boolean} is */
  function reconnect(is) {
    isReconnecting = is;
    refresh();
  }

  /** @param {boolean} is */
  function showVideo(is) {
    withVideo = is;
    refresh();
  }

  function clear() {
    for (const track of together.getTracks()) together.removeTrack(track);
    shared = null;
    others = null;
    isReconnecting = false;
    withVideo = true;
    tiles.clear();
    part("alone").hidden = true;
  }

  return { take, count, reconnect, showVideo, clear };
}
