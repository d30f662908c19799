// A hospital with Webex: an organisation on loopback (the cargo example `stubs`), and the browser SDK in place of the real one.

import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test as base } from './fixtures.js';
import { expectInCall } from './pages.js';
import { keepSecret } from './record.js';
import { Hospital } from './server.js';
import { signIn } from './staff.js';
import { launch } from './stubs.js';

/** @typedef {{ url: string, control: string, environment: Record<string, string>, issuer: Record<string, string> }} Addresses */
/** @typedef {{ meetings: { id: string, host: string, state: string, body: object }[], asked: string[], hooks: { event: string, status: string }[], guests: [string, string][] }} State */

/** The SDK of these tests, as an operator would supply the real one. */
export const SDK = fileURLToPath(new URL('../sdk/meetings.min.js', import.meta.url));

/** Licences of the organisation: one of which there are many, and one of which there is one. */
export const ENOUGH = 'licence-meetings';
export const SCARCE = 'licence-scarce';

/** What comes of a wish, or of reading all of Webex. */
export const SOON = { timeout: 20_000 };

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

  /**
   * The next requests for this are too many; it asks to be left alone for so many seconds.
   * @param {string} path
   * @param {number[]} seconds
   */
  async isBusy(path, seconds) {
    for (const after of seconds) await this.#post('moods', { path, mood: 'too_many', after });
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
  /** @type {import('@playwright/test').Fixtures<{ strangers: string[] }, { elsewhere: Record<string, string>, webex: Organisation, hospital: Hospital }, any, any>} */
  const fixtures = {
    strangers: [[SITE], { option: true }],
    // Settings of other services.
    elsewhere: [{}, { scope: 'worker', option: true }],
    webex: [
      async ({}, /** @type {(webex: Organisation) => Promise<void>} */ use) => {
        const webex = await Organisation.start();
        await use(webex);
        webex.stop();
      },
      { scope: 'worker' },
    ],
    hospital: [
      async (/** @type {{ elsewhere: Record<string, string>, webex: Organisation }} */ { elsewhere, webex }, /** @type {(hospital: Hospital) => Promise<void>} */ use, /** @type {import('@playwright/test').WorkerInfo} */ worker) => {
        const settings = { ...elsewhere, ...webex.addresses.environment, ...wish(webex.addresses) };
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

/** Returns once the form for newcomers offers the licences of the organisation. @param {import('@playwright/test').Page} admin */
export async function licencesAreRead(admin) {
  await admin.goto('/staff/new');
  await expect.poll(async () => (await admin.reload(), admin.locator('#webex-licences input').count()), SOON).toBe(2);
}

/**
 * On the form of somebody: an account with these licences and no others.
 * @param {import('@playwright/test').Page} admin
 * @param {string[]} licences
 */
export async function chooseAccount(admin, licences) {
  await admin.locator('input[name=webex][value=account]').check();
  for (const licence of [ENOUGH, SCARCE]) {
    await admin.locator(`input[name=licence][value=${licence}]`).setChecked(licences.includes(licence));
  }
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

/** Within the meeting, as the SDK sees it. @param {import('@playwright/test').Page} page */
export async function expectAtWebex(page) {
  await expect(page).toHaveURL(/\/webex$/);
  await expectInCall(page);
  await expect.poll(() => sdkLog(page), { timeout: 20_000 }).toContainEqual(expect.stringMatching(/^joined/));
}

/** The picture of the others moves. @param {import('@playwright/test').Page} page */
export async function expectPicture(page) {
  await expectAtWebex(page);
  const time = () => page.locator('#tiles video').first().evaluate((video) => /** @type {HTMLVideoElement} */ (video).currentTime);
  await expect.poll(time, { timeout: 20_000 }).toBeGreaterThan(0.2);
}

/** The token is in memory only. @param {import('@playwright/test').Page} page */
export async function expectNoToken(page) {
  const token = await page.evaluate(() => Reflect.get(window, 'sdkToken'));
  expect(token).toBeTruthy();
  keepSecret('secret', token);
  expect(await page.content()).not.toContain(token);
  expect(page.url()).not.toContain(token);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).toBe('[{},{}]');
}

/** Counts what a person taps from now on. @param {import('@playwright/test').Page} page */
export async function countTaps(page) {
  let taps = 0;
  await page.exposeFunction('noteTap', () => {
    taps += 1;
  });
  await page.addInitScript(() => {
    document.addEventListener('click', (event) => event.isTrusted && Reflect.get(window, 'noteTap')(), true);
  });
  return async () => taps;
}
