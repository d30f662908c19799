// A hospital with Webex: an organisation on loopback (the cargo example `stubs`), and the browser SDK in place of the real one.

import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test as base } from './fixtures.js';
import { keepSecret } from './record.js';
import { Hospital } from './server.js';
import { signIn } from './staff.js';
import { launch } from './stubs.js';

/** @typedef {{ url: string, control: string, environment: Record<string, string>, issuer: Record<string, string> }} Addresses */
/** @typedef {{ meetings: { id: string, host: string, state: string }[], asked: string[], hooks: { event: string, status: string }[], guests: [string, string][] }} State */

/** The SDK of these tests, as an operator would supply the real one. */
export const SDK = fileURLToPath(new URL('../sdk/meetings.min.js', import.meta.url));

/** Where the links of the organisation lead. */
export const SITE = 'https://hospital.webex.example';

export class Organisation {
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {Addresses} addresses
   */
  constructor(child, addresses) {
    this.#child = child;
    this.addresses = addresses;
  }

  /** @returns {Promise<Organisation>} */
  static async start() {
    const { child, addresses } = await launch('webex');
    return new Organisation(child, addresses);
  }

  /** @returns {Promise<State>} */
  async state() {
    return (await fetch(`${this.addresses.control}/state`)).json();
  }

  /** A doctor has an account with a licence. @param {string} email */
  async hosts(email) {
    await this.#post('hosts', { email });
  }

  /** The host starts a meeting there. @param {string} meeting */
  async begin(meeting) {
    expect(await this.#post('started', { meeting }), 'the report is taken').toEqual({ answers: [200] });
  }

  /** A meeting ends there. @param {string} meeting */
  async finish(meeting) {
    expect(await this.#post('ended', { meeting }), 'the report is taken').toEqual({ answers: [200] });
  }

  /** Whether it answers nothing but errors. @param {boolean} is */
  async down(is) {
    await this.#post('down', { is });
  }

  stop() {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGKILL');
  }

  /**
   * @param {string} door
   * @param {object} body
   */
  async #post(door, body) {
    const answer = await fetch(`${this.addresses.control}/${door}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    if (!answer.ok) throw new Error(`${door}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

/**
 * Tests in a hospital with Webex.
 * @param {(addresses: Addresses) => Record<string, string>} wish settings besides those of the organisation
 */
export function testWith(wish) {
  /** @type {import('@playwright/test').Fixtures<{ strangers: string[] }, { webex: Organisation, hospital: Hospital }, any, any>} */
  const fixtures = {
    strangers: [[SITE], { option: true }],
    webex: [
      async ({}, /** @type {(webex: Organisation) => Promise<void>} */ use) => {
        const webex = await Organisation.start();
        await use(webex);
        webex.stop();
      },
      { scope: 'worker' },
    ],
    hospital: [
      async (/** @type {{ webex: Organisation }} */ { webex }, /** @type {(hospital: Hospital) => Promise<void>} */ use, /** @type {import('@playwright/test').WorkerInfo} */ worker) => {
        const settings = { ...webex.addresses.environment, ...wish(webex.addresses) };
        for (const [name, value] of Object.entries(settings)) if (/SECRET|TOKEN/.test(name)) keepSecret('secret', value);
        const hospital = new Hospital(`webex-${worker.workerIndex}`, settings);
        await hospital.open();
        await webex.hosts(hospital.signIn('doctor').email);
        await use(hospital);
        await hospital.close();
      },
      { scope: 'worker', timeout: 60_000 },
    ],
  };
  return base.extend(fixtures);
}

/**
 * The admin lets Webex carry a service.
 * @param {import('@playwright/test').Page} page
 * @param {import('./server.js').SignIn} admin
 * @param {string} service
 */
export async function letWebexCarry(page, admin, service) {
  await signIn(page, admin);
  await page.goto('/settings');
  await page.locator(`#carry_${service}`).selectOption('webex');
  await page.locator('form:has(#carry_medical_report) button[type=submit]').click();
  await expect(page.locator('.notice')).toBeVisible();
}

/** What the SDK was asked to do, in order. @param {import('@playwright/test').Page} page @returns {Promise<string[]>} */
export function sdkLog(page) {
  return page.evaluate(() => Reflect.get(window, 'sdkLog') ?? []);
}

/**
 * Something happens in the meeting.
 * @param {import('@playwright/test').Page} page
 * @param {string} event
 * @param {object} [payload]
 */
export async function happen(page, event, payload = {}) {
  await page.evaluate(([event, payload]) => Reflect.get(window, 'sdkEmit')(event, payload), /** @type {const} */ ([event, payload]));
}
