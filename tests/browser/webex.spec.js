// Visits that Webex carries, with nothing but the environment pointing to an organisation: from booking to goodbye.

import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expect } from './harness/fixtures.js';
import { expectMediaFrom, expectNoMedia } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectInCall, expectWaiting } from './harness/pages.js';
import { admit, cardOf, enterCallAsStaff, expectSeatWaits, hold, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';
import { atEverySize, book, inMeeting } from './harness/meeting.js';
import { SDK, countTaps, expectAtWebex, expectNoToken, expectPicture, happen, letWebexCarry, sdkLog, testWith } from './harness/webex.js';

const test = testWith(() => ({ ANTESALA_WEBEX_SDK_FILE: SDK }));
const LABEL = 'Esta llamada pasa por Webex. No está cifrada de extremo a extremo.';
const STUCK = /^Webex no está listo\. Seguimos intentando\. .+ Puede pasar a la llamada directa\.$/;

test.beforeEach(async ({ webex }) => {
  await webex.down(false);
});

test('booked, started in Webex, pushed in, held, and ended there', async ({ hospital, person, webex }) => {
  test.setTimeout(180_000);
  await letWebexCarry(await person(), hospital.signIn('admin'), 'medical_report');
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  const meeting = await book(doctor, family, webex);
  const rosaPage = await person();
  const taps = await countTaps(rosaPage);
  await enterLobby(rosaPage, await linkFor(doctor, rosa));
  await expectWaiting(rosaPage);
  expect((await webex.state()).guests, 'no guest before the door opens').toEqual([]);

  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, rosa));
  await webex.begin(meeting);
  await expect(card).toHaveAttribute('data-phase', 'in_session');
  await expectAdmitted(rosaPage);
  await rosaPage.getByRole('button', { name: 'Entrar a la llamada' }).click();
  await expectAtWebex(rosaPage);
  expect(await taps(), 'two taps from the link to the call').toBe(2);
  await expect.poll(() => sdkLog(rosaPage)).toContain('joined microphone+camera');
  await expectPicture(rosaPage);
  await expect(rosaPage.getByRole('region', { name: 'Videollamada' }).getByText(LABEL)).toBeVisible();
  await expectNoToken(rosaPage);
  await atEverySize(rosaPage, expectAccessibleToPatients);

  await card.locator('a[data-act=call]').click();
  await expect(doctor).toHaveURL(/\/call\/webex$/);
  await expect(doctor.getByRole('button', { name: 'Iniciar en Webex' })).toBeVisible();
  await expect(doctor.locator('#enter')).toBeEnabled();
  await atEverySize(doctor, expectAccessible);
  await enterCallAsStaff(doctor);
  await expectPicture(doctor);
  await atEverySize(doctor, expectAccessible);

  await hold(seatOf(cardOf(doctor, family), rosa));
  await expectWaiting(rosaPage);
  await expect(rosaPage).toHaveURL(/\/lobby\/[^/]+$/);
  await expectNoMedia(rosaPage);
  await admit(seatOf(cardOf(doctor, family), rosa));
  await expectAdmitted(rosaPage);
  await rosaPage.getByRole('button', { name: 'Entrar a la llamada' }).click();
  await expectPicture(rosaPage);
  expect((await webex.state()).guests.length, 'each entrance has a token of its own').toBeGreaterThan(1);

  await webex.finish(meeting);
  await expectFarewell(rosaPage, 'La visita terminó');
  await expect(doctor.getByRole('heading', { name: 'La visita terminó' })).toBeVisible();
  await expectNoMedia(doctor);
});

test('the controls are those of every call', async ({ hospital, person, webex }) => {
  const { rosaPage } = await inMeeting({ hospital, person, webex });
  const control = (/** @type {string} */ name) => rosaPage.getByRole('button', { name, exact: true });
  await control('Micrófono').click();
  await expect.poll(() => sdkLog(rosaPage)).toContain('muted');
  await expect(control('Micrófono')).toHaveAttribute('aria-pressed', 'false');
  await control('Cámara').click();
  await expect.poll(() => sdkLog(rosaPage)).toContain('unpublished 1');
  await control('Cámara').click();
  await expect.poll(() => sdkLog(rosaPage)).toContain('published camera');
  await control('Cámara').click();
  await rosaPage.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    Reflect.set(window, 'allow', () => { devices.getUserMedia = ask; });
    devices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await control('Cámara').click();
  await expect(rosaPage.locator('#stage-notice')).toContainText('Su navegador no permite la cámara. Toque el candado junto a la dirección.');
  await rosaPage.evaluate(() => Reflect.get(window, 'allow')());
  await control('Cámara').click();
  await expect(control('Cámara')).toHaveAttribute('aria-pressed', 'true');
  await expect(rosaPage.locator('#stage-notice')).toBeEmpty();
  await control('Solo audio').click();
  await expect.poll(() => sdkLog(rosaPage)).toContain('without video');
  await control('Colgar').click();
  await expect(rosaPage.getByRole('heading', { name: 'Salió de la llamada' })).toBeVisible();
  expect(await sdkLog(rosaPage)).toContain('left');
  await expectNoMedia(rosaPage);
  await atEverySize(rosaPage, expectAccessibleToPatients);
  await rosaPage.getByRole('button', { name: 'Entrar de nuevo' }).click();
  await expectPicture(rosaPage);
});

test('Webex has a lobby of its own, a password, and interruptions', async ({ hospital, person, webex }) => {
  const { rosaPage } = await inMeeting({ hospital, person, webex }, { password: 'BgJep@43', lobby: true }, { meeting: 'preparing' });
  const notice = rosaPage.locator('#stage-notice');
  await expect(notice).toHaveText('Ya llegó a Webex. El médico le dejará entrar.');
  expect(await sdkLog(rosaPage)).toContain('verifyPassword');
  await atEverySize(rosaPage, expectAccessibleToPatients);
  await rosaPage.evaluate(() => Reflect.get(window, 'sdkAdmit')());
  await expect(notice).toBeEmpty();
  await expectPicture(rosaPage);
  await happen(rosaPage, 'meeting:reconnectionStarting');
  await expect(notice).toHaveText('Webex se está reconectando…');
  await atEverySize(rosaPage, expectAccessibleToPatients);
  await happen(rosaPage, 'meeting:reconnectionSuccess');
  await expect(notice).toBeEmpty();
  await happen(rosaPage, 'network:quality', { networkQualityScore: 0 });
  await expect(notice).toHaveText('La conexión es débil. Pruebe con «Solo audio».');
  await happen(rosaPage, 'meeting:reconnectionFailure');
  await expect(rosaPage.getByRole('heading', { name: 'Salió de la reunión en Webex' })).toBeVisible();
  await expectNoMedia(rosaPage);
  await atEverySize(rosaPage, expectAccessibleToPatients);
});

test('Webex down in the middle: the doctor switches, and everybody goes on without a tap', async ({ hospital, person, webex }) => {
  test.setTimeout(180_000);
  const { doctor, rosaPage, family } = await inMeeting({ hospital, person, webex });
  await doctor.goto('/board');
  await cardOf(doctor, family).locator('a[data-act=call]').click();
  await enterCallAsStaff(doctor);
  await expectPicture(doctor);
  await webex.down(true);
  await happen(rosaPage, 'meeting:reconnectionStarting');
  await cardOf(doctor, family).locator('button[data-act=to_direct]').click();
  await expect(doctor).toHaveURL(/\/call$/);
  await expect(rosaPage).toHaveURL(/\/lobby\/[^/]+$/);
  await expectInCall(rosaPage);
  await expectInCall(doctor);
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));

  // Back there: not while it is down, and nothing changes.
  const back = cardOf(doctor, family).locator('button[data-act=to_webex]');
  await expect(back).toBeVisible();
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));
});

test('from the direct call to Webex and back, while somebody waits and notices nothing', async ({ hospital, person }) => {
  test.setTimeout(180_000);
  const family = inventFamily(2);
  const [rosa, julian] = family.relatives;
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'home_consultation', admission: 'one_by_one' });
  const rosaPage = await person();
  const julianPage = await person();
  await enterLobby(rosaPage, await linkFor(doctor, rosa));
  await enterLobby(julianPage, await linkFor(doctor, julian));
  await doctor.goto('/board');
  await start(cardOf(doctor, family));
  await admit(seatOf(cardOf(doctor, family), rosa));
  await expectAdmitted(rosaPage);
  await enterCallAsStaff(doctor);
  await enterCall(rosaPage);
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));

  await expectWaiting(julianPage);
  const seen = await julianPage.locator('main').innerText();
  await cardOf(doctor, family).locator('button[data-act=to_webex]').click();
  await expect(doctor).toHaveURL(/\/call\/webex$/);
  await expect(rosaPage).toHaveURL(/\/webex$/);
  await Promise.all([doctor, rosaPage].map((page) => expectPictureWithinOneTap(page)));
  expect((await julianPage.locator('main').innerText()).replace(/\d+ min.*/g, ''), 'who waits notices nothing').toBe(seen.replace(/\d+ min.*/g, ''));
  await expectWaiting(julianPage);

  await cardOf(doctor, family).locator('button[data-act=to_direct]').click();
  await expect(doctor).toHaveURL(/\/call$/);
  await expect(rosaPage).toHaveURL(/\/lobby\/[^/]+$/);
  await Promise.all([doctor, rosaPage].map((page) => expectInCall(page)));
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));
});

// The last of this file: Webex is left alone for a while after it was down.
test('a meeting that does not come about: the card and the page of the visit offer the way out', async ({ hospital, person, webex }) => {
  await letWebexCarry(await person(), hospital.signIn('admin'), 'medical_report');
  await webex.down(true);
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expect(card.locator('[data-slot=carrying]')).toHaveText(STUCK, { timeout: 20_000 });
  await expect(card.locator('button[data-act=to_direct]')).toBeVisible();
  await atEverySize(doctor, expectAccessible);
  await card.locator('a[data-slot=patient]').click();
  await expect(doctor.getByText(STUCK)).toBeVisible();
  await atEverySize(doctor, expectAccessible);
  await doctor.getByRole('button', { name: 'Pasar a llamada directa' }).click();
  await expect(doctor.locator('.notice')).toHaveText('La visita sigue en la llamada directa.');
  await expect(doctor.getByText(STUCK)).toBeHidden();
  await expect(doctor.getByRole('button', { name: 'Pasar a Webex' })).toBeVisible();
});

/** A browser may want a tap before it plays sound; it is the only one. @param {import('@playwright/test').Page} page */
async function expectPictureWithinOneTap(page) {
  await expectAtWebex(page);
  const hear = page.getByRole('button', { name: 'Toque para oír' });
  const video = page.locator('#tiles video').first();
  const isPlaying = () => video.evaluate((video) => /** @type {HTMLVideoElement} */ (video).currentTime > 0.2);
  await expect.poll(async () => (await hear.isVisible()) || isPlaying()).toBe(true);
  if (await hear.isVisible()) await hear.click();
  await expectPicture(page);
}
