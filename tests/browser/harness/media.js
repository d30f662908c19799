// Looks into a page's calls: which connections stand, whether pictures and sound really arrive, and whether the camera is off.

import { expect } from '@playwright/test';

/**
 * @typedef {{ connection: number, state: string, frames: number, samples: number, energy: number, sent: number }} Flow
 */

/** Runs in the page before any of its scripts: keeps every RTCPeerConnection and every camera within reach. */
export function watchCalls() {
  const Native = window.RTCPeerConnection;
  /** @type {RTCPeerConnection[]} */
  const calls = [];
  Object.defineProperty(window, 'watchedCalls', { value: calls });
  window.RTCPeerConnection = class extends Native {
    /** @param {RTCConfiguration} [configuration] */
    constructor(configuration) {
      super(configuration);
      calls.push(this);
    }
  };
  /** @type {MediaStreamTrack[]} */
  const tracks = [];
  Object.defineProperty(window, 'watchedTracks', { value: tracks });
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

/**
 * What each connection that is not closed has received and sent so far.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Flow[]>}
 */
export async function flows(page) {
  return page.evaluate(async () => {
    /** @type {RTCPeerConnection[]} */
    const calls = Reflect.get(window, 'watchedCalls') ?? [];
    const open = calls.filter((call) => call.connectionState !== 'closed');
    return Promise.all(
      open.map(async (call) => {
        const flow = {
          connection: calls.indexOf(call), state: call.connectionState, frames: 0, samples: 0, energy: 0, sent: 0,
        };
        for (const entry of (await call.getStats()).values()) {
          if (entry.type === 'inbound-rtp' && entry.kind === 'video') flow.frames += entry.framesDecoded ?? 0;
          if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
            flow.samples += entry.totalSamplesReceived ?? 0;
            flow.energy += entry.totalAudioEnergy ?? 0;
          }
          if (entry.type === 'outbound-rtp' && entry.kind === 'video') flow.sent += entry.framesSent ?? 0;
        }
        return flow;
      }),
    );
  });
}

/**
 * Pictures and sound arrive from this many others, and go on arriving.
 * @param {import('@playwright/test').Page} page
 * @param {number} others
 */
export async function expectMediaFrom(page, others) {
  /** @param {Flow[]} now */
  const connected = (now) => now.filter((flow) => flow.state === 'connected');
  await expect.poll(async () => connected(await flows(page)).length, { timeout: 20_000 }).toBe(others);
  const before = await flows(page);
  await expect
    .poll(
      async () => {
        const now = await flows(page);
        return connected(now).filter((flow) => {
          const earlier = before.find((one) => one.connection === flow.connection);
          const rise = (/** @type {'frames' | 'samples' | 'energy'} */ what) => flow[what] - (earlier?.[what] ?? 0);
          return rise('frames') >= 5 && rise('samples') >= 8_000 && rise('energy') > 0;
        }).length;
      },
      { timeout: 30_000, message: 'pictures and sound rise on every connection' },
    )
    .toBe(others);
}

/**
 * Nobody is connected to this page, whose own camera may be on.
 * @param {import('@playwright/test').Page} page
 */
export async function expectNobody(page) {
  await expect.poll(async () => (await flows(page)).length, { message: 'no connection is left' }).toBe(0);
}

/**
 * Nothing is connected any more, and neither camera nor microphone is on.
 * @param {import('@playwright/test').Page} page
 */
export async function expectNoMedia(page) {
  await expectNobody(page);
  const live = () =>
    page.evaluate(() => {
      /** @type {MediaStreamTrack[]} */
      const tracks = Reflect.get(window, 'watchedTracks') ?? [];
      return tracks.filter((track) => track.readyState === 'live').map((track) => track.kind);
    });
  await expect.poll(live, { message: 'camera and microphone are off' }).toEqual([]);
}
