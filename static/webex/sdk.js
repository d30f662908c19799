// The browser SDK of Webex as this house uses it, and how it is loaded: from where the hospital put it, once somebody may enter.

import { Trouble } from "./trouble.js";

/** How long a slow phone may take: at 400 kbit/s the SDK needs 18 s. */
const LOAD_LIMIT = 30_000;

/** @typedef {{ init(options: { credentials: { access_token: string } }): Webex }} Sdk */
/** @typedef {{ ready?: boolean, once(event: "ready", act: () => void): void, meetings: Meetings }} Webex */
/**
 * @typedef {object} Meetings
 * @property {() => Promise<unknown>} register
 * @property {() => Promise<unknown>} [unregister]
 * @property {(destination: string) => Promise<SdkMeeting>} create
 * @property {{ LocalMicrophoneStream: new (stream: MediaStream) => LocalStream, LocalCameraStream: new (stream: MediaStream) => LocalStream }} mediaHelpers
 */
/** @typedef {{ outputStream: MediaStream, setUserMuted?(muted: boolean): void }} LocalStream */
/** @typedef {{ microphone?: LocalStream, camera?: LocalStream }} LocalStreams */
/**
 * @typedef {object} SdkMeeting
 * @property {string} [passwordStatus]
 * @property {(password: string) => Promise<{ isPasswordValid?: boolean } | undefined>} verifyPassword
 * @property {(event: string, act: (payload: any) => void) => void} on
 * @property {(options: object) => Promise<unknown>} joinWithMedia
 * @property {(streams: LocalStreams) => Promise<unknown>} publishStreams
 * @property {(streams: LocalStream[]) => Promise<unknown>} unpublishStreams
 * @property {(options: { audioEnabled?: boolean, videoEnabled?: boolean }) => Promise<unknown>} [updateMedia]
 * @property {() => Promise<unknown>} leave
 */

/** @type {Promise<Sdk> | null} */
let loading = null;

/**
 * The SDK; asking twice loads it once. Fails with the trouble `sdk` where there is none, or it cannot run.
 * @param {string | undefined} address
 * @param {string | undefined} integrity
 * @returns {Promise<Sdk>}
 */
export function loadSdk(address, integrity) {
  if (!address || !window.RTCPeerConnection || !navigator.mediaDevices) return Promise.reject(new Trouble("sdk"));
  loading ??= load(address, integrity).catch((problem) => {
    loading = null;
    throw problem;
  });
  return loading;
}

/**
 * @param {string} address
 * @param {string | undefined} integrity
 * @returns {Promise<Sdk>}
 */
function load(address, integrity) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      clearTimeout(alarm);
      script.remove();
      reject(new Trouble("sdk"));
    };
    const alarm = setTimeout(fail, LOAD_LIMIT);
    script.onerror = fail;
    script.onload = () => {
      clearTimeout(alarm);
      const sdk = Reflect.get(window, "Webex");
      if (typeof sdk?.init === "function") resolve(sdk);
      else fail();
    };
    if (integrity) {
      script.integrity = integrity;
      script.crossOrigin = "anonymous";
    }
    script.src = address;
    document.head.append(script);
  });
}
