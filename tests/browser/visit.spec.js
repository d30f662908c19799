// The main job: from sign-in to a live call with three people, and back.

import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom, expectNobody, expectNoMedia, flows } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectInCall, expectWaiting } from './harness/pages.js';
import { admit, cardOf, end, enterCallAsStaff, expectSeatWaits, hold, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('doctor, patient and relative see and hear each other, are held, admitted again, and say goodbye', async ({ hospital, person }) => {
  test.setTimeout(180_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await expect(doctor).toHaveURL(/\/board$/);
  await newVisit(doctor, family, { service: 'home_consultation', admission: 'one_by_one' });

  const patientPage = await person({ reducedMotion: 'no-preference' });
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

  await enterCallAsStaff(doctor);
  await enterCall(patientPage);
  await enterCall(rosaPage);
  expect(await taps(), 'two taps from the link to the call').toBe(2);
  await Promise.all([doctor, patientPage, rosaPage].map((page) => expectMediaFrom(page, 2)));

  await hold(seatOf(cardOf(doctor, family), rosa));
  await expectWaiting(rosaPage);
  await expectNoMedia(rosaPage);
  await Promise.all([doctor, patientPage].map((page) => expectMediaFrom(page, 1)));

  await admit(seatOf(cardOf(doctor, family), rosa));
  await expectAdmitted(rosaPage);
  await enterCall(rosaPage);
  await Promise.all([doctor, patientPage, rosaPage].map((page) => expectMediaFrom(page, 2)));

  await end(cardOf(doctor, family));
  for (const page of [patientPage, rosaPage]) {
    await expectFarewell(page, 'La visita terminó');
    await expectNoMedia(page);
  }
  await expectNoMedia(doctor);
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
  await enterCallAsStaff(doctor);
  await enterCall(rosaPage);
  await expectMediaFrom(rosaPage, 1);

  await rosaPage.getByRole('button', { name: 'Colgar' }).click();
  await expect(rosaPage.getByRole('heading', { name: 'Salió de la llamada' })).toBeVisible();
  await expectNoMedia(rosaPage);
  await expectNobody(doctor);
  await rosaPage.getByRole('button', { name: 'Entrar de nuevo' }).click();
  await expectInCall(rosaPage);
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));
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
  await enterCallAsStaff(doctor);
  await enterCall(rosaPage);
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));

  await hold(seatOf(cardOf(doctor, family), rosa));
  await expectNobody(doctor);
  const [before] = await flows(rosaPage);
  await expect.poll(async () => (await flows(rosaPage))[0]?.state, { timeout: 30_000 }).not.toBe('connected');
  const [after] = await flows(rosaPage);
  expect(after.frames - before.frames, 'pictures of others stop').toBeLessThan(60);
});

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
