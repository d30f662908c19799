// Every page in the states people meet it in: axe without a finding, no sideways scrolling at 320 px.

import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectInCall, expectWaiting } from './harness/pages.js';
import { admit, cardOf, end, expectSeatWaits, hold, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('the family’s pages, from the link to the goodbye', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const link = await linkFor(doctor, rosa);
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  const seat = seatOf(card, rosa);

  const page = await person({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
  const look = async () => {
    await expectAccessibleToPatients(page);
    await expectNoSidewaysScrolling(page);
  };
  await page.goto(link);
  await look();
  await enterLobby(page, link);
  await expectWaiting(page);
  await look();
  await expectSeatWaits(seat);
  await start(card);
  await admit(seat);
  await expectAdmitted(page);
  await look();
  await enterCall(page);
  await look();
  await page.getByRole('button', { name: 'Colgar' }).click();
  await expect(page.getByRole('heading', { name: 'Salió de la llamada' })).toBeVisible();
  await look();
  await hold(seat);
  await expectWaiting(page);
  await look();
  await end(card);
  await expectFarewell(page, 'La visita terminó');
  await look();
  await page.goto(`${link.slice(0, -6)}AAAAAA`);
  await look();
});

test('the staff’s pages', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(1);
  const page = await person();
  await page.goto('/sign-in');
  await expectAccessible(page);
  await signIn(page, hospital.signIn('doctor'));
  await newVisit(page, family, { service: 'medical_report', admission: 'when_started' });
  for (const path of ['/board', '/visits/new', '/messages']) {
    await page.goto(path);
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScrolling(page);
    await page.setViewportSize({ width: 1280, height: 720 });
  }
  await page.goto('/board');
  await start(cardOf(page, family));
  await expectAccessible(page);
  await cardOf(page, family).locator('a[data-act=call]').click();
  await expect(page.locator('#enter')).toBeEnabled();
  await expectAccessible(page);
  await page.locator('#enter').click();
  await expectInCall(page);
  await expectAccessible(page);
});

for (const [role, path] of [['clerk', '/visits'], ['ward', '/ward'], ['admin', '/staff']]) {
  test(`the landing page of the ${role}`, async ({ hospital, person }) => {
    const page = await person();
    await signIn(page, hospital.signIn(role));
    await page.goto(path);
    await expectAccessible(page);
  });
}

/** @param {import('@playwright/test').Page} page */
async function expectNoSidewaysScrolling(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'nothing sticks out sideways').toBeLessThanOrEqual(0);
}
