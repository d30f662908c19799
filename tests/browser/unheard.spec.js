// Camera and microphone refused by the browser: whoever is in the call without them knows that nobody hears them, and how to change it.

import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted } from './harness/pages.js';
import { cardOf, enterCallAsStaff, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

const PADLOCK = 'Toque el candado junto a la dirección. Permita cámara y micrófono. Luego intente otra vez.';

test('who is refused camera and microphone reads so in the call, and after each tap what to do', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await doctor.addInitScript(refuse);
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  const phone = await person();
  await phone.addInitScript(refuse);
  await enterLobby(phone, await linkFor(doctor, rosa));
  await doctor.goto('/board');
  await expectSeatWaits(seatOf(cardOf(doctor, family), rosa));
  await start(cardOf(doctor, family));

  await expectAdmitted(phone);
  await expect(phone.getByText(`Entrará sin cámara ni micrófono. Podrá ver y oír. ${PADLOCK}`)).toBeVisible();
  await atBothWidths(phone, expectAccessibleToPatients);
  const inLobby = await asked(phone);
  await enterCall(phone);
  await enterCallAsStaff(doctor);
  expect(await asked(phone), 'the green button asks again').toBeGreaterThan(inLobby);

  for (const [page, look] of /** @type {const} */ ([[phone, expectAccessibleToPatients], [doctor, expectAccessible]])) {
    const notice = page.locator('#stage-notice');
    await expect(notice).toBeVisible();
    await expect(notice).toHaveText('Los demás no le ven ni le oyen. Su navegador no permite cámara ni micrófono.');
    await atBothWidths(page, look);
    await expectUncovered(page);
    await expectAnswer(page, 'Micrófono', `Su navegador no permite el micrófono. ${PADLOCK}`);
    await atBothWidths(page, look);
    await expectUncovered(page);
    await expectAnswer(page, 'Cámara', `Su navegador no permite la cámara. ${PADLOCK}`);

    await refuseAs(page, 'NotFoundError');
    await expectAnswer(page, 'Micrófono', 'Los demás no le oyen. Conecte una cámara o un micrófono. También puede usar otro teléfono.');

    await refuseAs(page, '');
    await control(page, 'Micrófono').click();
    await expect(control(page, 'Micrófono')).toHaveAttribute('aria-pressed', 'true');
    await expect(notice).toHaveText('Los demás no le ven. Su navegador no permite la cámara.');
    await control(page, 'Cámara').click();
    await expect(control(page, 'Cámara')).toHaveAttribute('aria-pressed', 'true');
    await expect(notice).toBeEmpty();
    await control(page, 'Cámara').click();
    await expect(control(page, 'Cámara')).toHaveAttribute('aria-pressed', 'false');
    await expect(notice, 'what a person turns off is no problem').toBeEmpty();
    await control(page, 'Cámara').click();
  }
  await Promise.all([phone, doctor].map((page) => expectMediaFrom(page, 1)));
});

/** Runs in the page: the browser refuses, as somebody who once said no; counts how often it was asked. */
function refuse() {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  Object.assign(window, { refusal: 'NotAllowedError', asked: 0 });
  devices.getUserMedia = (wanted) => {
    Reflect.set(window, 'asked', Reflect.get(window, 'asked') + 1);
    const refusal = Reflect.get(window, 'refusal');
    return refusal ? Promise.reject(new DOMException('no', refusal)) : ask(wanted);
  };
}

/** @param {Page} page @param {string} refusal the name of the browser's error; empty where it allows */
const refuseAs = (page, refusal) => page.evaluate((refusal) => void Reflect.set(window, 'refusal', refusal), refusal);

/** @param {Page} page @returns {Promise<number>} */
const asked = (page) => page.evaluate(() => Reflect.get(window, 'asked'));

/** @param {Page} page @param {string} name */
const control = (page, name) => page.getByRole('button', { name, exact: true });

/**
 * Each tap asks the browser, and is answered where everybody sees it; a second one is also said aloud, though nothing changed.
 * @param {Page} page
 * @param {string} name of the button
 * @param {string} sentences
 */
async function expectAnswer(page, name, sentences) {
  const before = await asked(page);
  await control(page, name).click();
  await expect(page.locator('#stage-notice')).toHaveText(sentences);
  expect(await asked(page)).toBe(before + 1);
  await expect(page.locator('#alert')).not.toHaveText(sentences);
  await control(page, name).click();
  await expect(page.locator('#alert')).toHaveText(sentences);
  expect(await asked(page)).toBe(before + 2);
}

/** The notice stands above the own picture, not under it. @param {Page} page */
async function expectUncovered(page) {
  const notice = await page.locator('#stage-notice').boundingBox();
  const own = await page.locator('#self').boundingBox();
  expect(own?.y).toBeGreaterThanOrEqual((notice?.y ?? 0) + (notice?.height ?? 0));
}

/** @param {Page} page @param {(page: Page) => Promise<void>} look */
async function atBothWidths(page, look) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await look(page);
  }
}
