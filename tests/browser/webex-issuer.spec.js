// Guests from an issuer made before 2026.

import { expect } from './harness/fixtures.js';
import { enterLobby, expectAdmitted, expectInCall } from './harness/pages.js';
import { cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';
import { SDK, letWebexCarry, sdkLog, testWith } from './harness/webex.js';

const test = testWith(({ issuer }) => ({ ...issuer, ANTESALA_WEBEX_SDK_FILE: SDK }));

test('a guest of the old issuer is pushed in like any other', async ({ hospital, person, webex }) => {
  await letWebexCarry(await person(), hospital.signIn('admin'), 'medical_report');
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  await expect.poll(async () => (await webex.state()).meetings.length).toBe(1);
  const rosaPage = await person();
  await enterLobby(rosaPage, await linkFor(doctor, family.relatives[0]));
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, family.relatives[0]));
  await start(card, /\/call\/webex$/);
  await expectAdmitted(rosaPage);
  await rosaPage.getByRole('button', { name: 'Entrar a la llamada' }).click();
  await expectInCall(rosaPage);
  await expect.poll(() => sdkLog(rosaPage)).toContain('joined microphone+camera');
  expect(await rosaPage.evaluate(() => Reflect.get(window, 'sdkToken'))).toMatch(/^issued-/);
  expect((await webex.state()).asked.filter((line) => line.includes('guests/token'))).toEqual([]);
});
