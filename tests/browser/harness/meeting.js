// A visit that Webex carries, up to the meeting, and what is looked at there.

import { expectAccessibleToPatients } from './axe.js';
import { expect } from './fixtures.js';
import { enterLobby, expectAdmitted } from './pages.js';
import { cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn } from './staff.js';
import { SITE, expectAtWebex, letWebexCarry } from './webex.js';

const WIDTHS = [{ width: 1280, height: 800 }, { width: 360, height: 740 }];

/**
 * A report about a family that Webex carries, with its meeting ready.
 * @param {import('@playwright/test').Page} doctor
 * @param {import('./staff.js').Family} family
 * @param {import('./webex.js').Organisation} webex
 */
export async function book(doctor, family, webex) {
  const known = new Set((await webex.state()).meetings.map(({ id }) => id));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  const fresh = async () => (await webex.state()).meetings.find(({ id }) => !known.has(id))?.id;
  await expect.poll(fresh, { message: 'a meeting is made' }).toBeTruthy();
  return /** @type {string} */ (await fresh());
}

/**
 * Rosa, in the meeting of a visit that was started in Webex.
 * @param {{ hospital: import('./server.js').Hospital, person: import('./fixtures.js').Person, webex: import('./webex.js').Organisation }} at
 * @param {object} mood what the meeting is like
 * @param {{ expectsToEnter?: boolean, prepare?: (page: import('@playwright/test').Page) => Promise<unknown>, meeting?: 'preparing' }} [how]
 */
export async function inMeeting({ hospital, person, webex }, mood = {}, { expectsToEnter = true, prepare, meeting: readiness } = {}) {
  await letWebexCarry(await person(), hospital.signIn('admin'), 'medical_report');
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  const meeting = await book(doctor, family, webex);
  const rosaPage = await person();
  await rosaPage.addInitScript((mood) => Reflect.set(window, 'sdkMood', mood), mood);
  await prepare?.(rosaPage);
  await enterLobby(rosaPage, await linkFor(doctor, family.relatives[0]));
  await doctor.goto('/board');
  await expectSeatWaits(seatOf(cardOf(doctor, family), family.relatives[0]));
  await webex.begin(meeting);
  await expectAdmitted(rosaPage);
  const prepared = readiness === 'preparing' ? await notReady(rosaPage) : undefined;
  await rosaPage.getByRole('button', { name: 'Entrar a la llamada' }).click();
  await expect(rosaPage).toHaveURL(/\/webex$/);
  await prepared?.();
  if (expectsToEnter) await expectAtWebex(rosaPage);
  return { doctor, rosaPage, family, meeting };
}

/**
 * Until what this returns is called, the meeting is being made, and the page says so.
 * @param {import('@playwright/test').Page} page
 */
async function notReady(page) {
  const isAsked = (/** @type {URL} */ url) => /^\/lobby\/[^/]+\/webex$/.test(url.pathname);
  await page.route(isAsked, (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    return route.fulfill({ status: 503, json: { reason: 'not_found' } });
  });
  return async () => {
    await expect(page.locator('#stage-notice')).toHaveText('Webex se está preparando. Espere un momento.');
    await atEverySize(page, expectAccessibleToPatients);
    await page.unroute(isAsked);
  };
}

/**
 * At the width of a desk and of a phone.
 * @param {import('@playwright/test').Page} page
 * @param {(page: import('@playwright/test').Page) => Promise<void>} check
 */
export async function atEverySize(page, check) {
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    await page.evaluate(settle);
    await check(page);
  }
}

/** Runs in the page: a button on its way from disabled to enabled has the colours of neither. */
async function settle() {
  const changes = document.getAnimations().filter((change) => change instanceof CSSTransition);
  await Promise.allSettled(changes.map((change) => change.finished));
}

/** One tap, and Webex's own page is open. @param {import('@playwright/test').Page} page */
export async function openWebexsPage(page) {
  await page.context().route(`${SITE}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Webex</title>' }));
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Abrir en Webex' }).click();
  const tab = await opened;
  await tab.waitForURL(/\/join\//);
  await expect(page.getByText('Webex se abrió en otra pestaña.')).toBeVisible();
}
