// The main job: from sign-in to a live call with three people, and back.

import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom, expectNoMedia, flows } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectInCall, expectWaiting } from './harness/pages.js';
import { admit, cardOf, end, expectSeatWaits, hold, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('doctor, patient and relative see and hear each other, are held, admitted again, and say goodbye', async ({ hospital, person }) => {
  test.setTimeout(180_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await expect(doctor).toHaveURL(/\/board$/);
  await newVisit(doctor, family, { service: 'home_consultation', admission: 'one_by_one' });

  const patientPage = await person();
  const rosaPage = await person();
  const taps = await countTaps(patientPage);
  await enterLobby(patientPage, await linkFor(doctor, family.patient));
  await enterLobby(rosaPage, await linkFor(doctor, rosa));
  await expectWaiting(patientPage);
  await expectWaiting(rosaPage);

  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  const patientSeat = seatOf(card, family.patient);
  const rosaSeat = seatOf(card, rosa);
  await expectSeatWaits(patientSeat);
  await expectSeatWaits(rosaSeat);
  await start(card);
  await expectWaiting(patientPage);
  await admit(patientSeat);
  await expectAdmitted(patientPage);
  await expectWaiting(rosaPage);
  await admit(rosaSeat);
  await expectAdmitted(rosaPage);

  const call = await openCall(doctor, card);
  await enterCall(patientPage);
  await enterCall(rosaPage);
  expect(await taps(), 'two taps from the link to the call').toBe(2);
  await Promise.all([call, patientPage, rosaPage].map((page) => expectMediaFrom(page, 2)));

  await hold(seatOf(cardOf(call, family), rosa));
  await expectWaiting(rosaPage);
  await expectNoMedia(rosaPage);
  await Promise.all([call, patientPage].map((page) => expectMediaFrom(page, 1)));

  await admit(seatOf(cardOf(call, family), rosa));
  await expectAdmitted(rosaPage);
  await enterCall(rosaPage);
  await Promise.all([call, patientPage, rosaPage].map((page) => expectMediaFrom(page, 2)));

  await end(cardOf(call, family));
  for (const page of [patientPage, rosaPage]) {
    await expectFarewell(page, 'La visita terminó');
    await expectNoMedia(page);
  }
  await expectNoMedia(call);
});

test('hanging up keeps the admission: the person enters again by themselves', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  const rosaPage = await person();
  await enterLobby(rosaPage, await linkFor(doctor, rosa));

  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, rosa));
  await start(card);
  await expectAdmitted(rosaPage);
  const call = await openCall(doctor, card);
  await enterCall(rosaPage);
  await expectMediaFrom(rosaPage, 1);

  await rosaPage.getByRole('button', { name: 'Colgar' }).click();
  await expect(rosaPage.getByRole('heading', { name: 'Salió de la llamada' })).toBeVisible();
  await expectNoMedia(call);
  await rosaPage.getByRole('button', { name: 'Entrar de nuevo' }).click();
  await expectInCall(rosaPage);
  await Promise.all([call, rosaPage].map((page) => expectMediaFrom(page, 1)));
});

test('a held browser that will not let go is let go by the others', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  const rosaPage = await person();
  await rosaPage.addInitScript(() => {
    RTCPeerConnection.prototype.close = () => {};
    MediaStreamTrack.prototype.stop = () => {};
  });
  await enterLobby(rosaPage, await linkFor(doctor, rosa));
  await doctor.goto('/board');
  await expectSeatWaits(seatOf(cardOf(doctor, family), rosa));
  await start(cardOf(doctor, family));
  await expectAdmitted(rosaPage);
  const call = await openCall(doctor, cardOf(doctor, family));
  await enterCall(rosaPage);
  await Promise.all([call, rosaPage].map((page) => expectMediaFrom(page, 1)));

  await hold(seatOf(cardOf(call, family), rosa));
  await expectNoMedia(call);
  const [before] = await flows(rosaPage);
  await expect.poll(async () => (await flows(rosaPage))[0]?.state, { timeout: 30_000 }).not.toBe('connected');
  const [after] = await flows(rosaPage);
  expect(after.frames - before.frames, 'pictures of others stop').toBeLessThan(60);
});

/**
 * The doctor opens the call from the card and enters it.
 * @param {import('@playwright/test').Page} doctor
 * @param {import('@playwright/test').Locator} card
 */
async function openCall(doctor, card) {
  await card.locator('a[data-act=call]').click();
  await expect(doctor).toHaveURL(/\/consultations\/.*\/call$/);
  await doctor.locator('#enter').click();
  await expectInCall(doctor);
  return doctor;
}

/**
 * Counts what a person presses from here on, across documents.
 * @param {import('@playwright/test').Page} page
 */
async function countTaps(page) {
  let taps = 0;
  await page.exposeFunction('noteTap', () => {
    taps += 1;
  });
  await page.addInitScript(() => {
    document.addEventListener('click', (event) => event.isTrusted && Reflect.get(window, 'noteTap')(), true);
  });
  return async () => taps;
}
