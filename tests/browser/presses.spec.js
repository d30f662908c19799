// Hurried hands: the second press of a double click hits nothing that has just taken the first one's place.

import { expect, test } from './harness/fixtures.js';
import { enterLobby, expectAdmitted, expectWaiting } from './harness/pages.js';
import { cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

test('who is let in by a double click stays in', async ({ hospital, person }) => {
  test.setTimeout(60_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const lobby = await person();
  await enterLobby(lobby, await linkFor(doctor, rosa));
  await expectWaiting(lobby);
  await doctor.goto('/board');
  const seat = seatOf(cardOf(doctor, family), rosa);
  await expectSeatWaits(seat);
  await start(cardOf(doctor, family));
  await doctor.goto('/board');

  const admit = seat.locator('button[data-act=admit]');
  await admit.scrollIntoViewIfNeeded();
  const place = await admit.boundingBox();
  if (!place) throw new Error('There is no button to press');
  await admit.click();
  const hold = seat.locator('button[data-act=hold]');
  await expect(hold).toBeVisible();
  await doctor.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  await expectAdmitted(lobby);
  await hold.click(); // Held a first time now, or the button would be gone.
  await expectWaiting(lobby);
});
