// Visits that others than the doctor open: a clerk for a doctor, a ward for its patient, whose device reads a code.

import { expect, test } from './harness/fixtures.js';
import { expectMediaFrom } from './harness/media.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectWaiting } from './harness/pages.js';
import { keepSecret } from './harness/record.js';
import { tokenOf } from './harness/server.js';
import { admit, cardOf, end, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('what a clerk opens stands on the doctor’s board at once', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  const name = (await doctor.locator('.who a').innerText()).trim();
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  await newVisit(clerk, family, { service: 'home_consultation', admission: 'one_by_one', doctor: name });
  await expect(clerk).toHaveURL(/\/visits$/);
  await expect(cardOf(clerk, family)).toBeVisible();
  await expect(cardOf(clerk, family).locator('button[data-act=start]'), 'a clerk starts nothing').toBeHidden();

  const card = cardOf(doctor, family);
  await expect(card).toBeVisible();
  await expect(card).toContainText(family.reason);
  const page = await person();
  await enterLobby(page, await linkFor(clerk, family.patient));
  await expectSeatWaits(seatOf(card, family.patient));
  await clerk.goto('/visits');
  await expectSeatWaits(seatOf(cardOf(clerk, family), family.patient));
});

test('a ward brings its patient and the family together', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  const ward = await person();
  await signIn(ward, hospital.signIn('ward'));
  await newVisit(ward, family, { service: 'tele_visit', admission: 'one_by_one' });
  await expect(ward).toHaveURL(/\/ward$/);

  const code = ward.locator('#codes li').filter({ hasText: family.patient.name }).filter({ hasNotText: rosa.name });
  await code.locator('summary').click();
  await expect(code.locator('svg').last()).toBeVisible();
  const link = await code.locator('a').getAttribute('href');
  if (!link) throw new Error('the code has no link');
  keepSecret('token', tokenOf(link));
  const tablet = await person();
  await enterLobby(tablet, link);
  const rosaPage = await person();
  await enterLobby(rosaPage, await linkFor(ward, rosa));
  await expectWaiting(rosaPage);

  await ward.goto('/ward');
  const card = cardOf(ward, family);
  for (const guest of [family.patient, rosa]) await expectSeatWaits(seatOf(card, guest));
  await start(card, /\/ward$/);
  for (const guest of [family.patient, rosa]) await admit(seatOf(card, guest));
  for (const page of [tablet, rosaPage]) {
    await expectAdmitted(page);
    await enterCall(page);
  }
  await Promise.all([tablet, rosaPage].map((page) => expectMediaFrom(page, 1)));
  await end(card);
  for (const page of [tablet, rosaPage]) await expectFarewell(page, 'La visita terminó');
});
