// The server dies or is replaced while people wait and talk.

import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectWaiting } from './harness/pages.js';
import { admit, cardOf, enterCallAsStaff, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('killed while they wait: back in line by themselves, then admitted', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(2);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const pages = [];
  for (const relative of family.relatives) {
    const page = await person();
    await enterLobby(page, await linkFor(doctor, relative));
    pages.push(page);
  }
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  const [first, second] = family.relatives.map((relative) => seatOf(card, relative));
  await expectSeatWaits(first);
  await expectSeatWaits(second);
  const arrived = await first.locator('[data-slot=minutes]').getAttribute('datetime');

  await hospital.kill();
  await expect(pages[0].getByText('Se perdió la conexión.')).toBeVisible();
  await hospital.reopen();

  await expect(pages[0].getByText('Se perdió la conexión.')).toBeHidden({ timeout: 40_000 });
  await expectSeatWaits(first);
  await expectSeatWaits(second);
  expect(await first.locator('[data-slot=minutes]').getAttribute('datetime')).toBe(arrived);
  await start(card);
  await admit(first);
  await admit(second);
  for (const page of pages) await expectAdmitted(page);
});

test('replaced while they talk: the call goes on, the lobby comes back, nobody is lost', async ({ hospital, person }) => {
  test.setTimeout(180_000);
  const family = inventFamily(2);
  const [rosa, julian] = family.relatives;
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const [rosaPage, julianPage] = [await person(), await person()];
  await enterLobby(rosaPage, await linkFor(doctor, rosa));
  await enterLobby(julianPage, await linkFor(doctor, julian));
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, rosa));
  await start(card);
  await admit(seatOf(card, rosa));
  await expectAdmitted(rosaPage);
  await enterCallAsStaff(doctor);
  await enterCall(rosaPage);
  await expectMediaFrom(rosaPage, 1);

  expect(await hospital.drain(), 'leaves within 30 s').toBeLessThan(30_000);
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));
  await hospital.reopen();

  await expectSeatWaits(seatOf(cardOf(doctor, family), julian));
  await Promise.all([doctor, rosaPage].map((page) => expectMediaFrom(page, 1)));
  await expectWaiting(julianPage);
  await admit(seatOf(cardOf(doctor, family), julian));
  await expectAdmitted(julianPage);
  await enterCall(julianPage);
  await Promise.all([doctor, rosaPage, julianPage].map((page) => expectMediaFrom(page, 2)));
});
