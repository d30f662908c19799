// A whole visit with nothing but the environment pointing to Webex and to Twilio: an admin adds a doctor, a clerk books, a
// phone gets its link, the doctor starts in Webex, the family is pushed in, and the end there is the end here.

import { expect } from './harness/fixtures.js';
import { expectNoMedia } from './harness/media.js';
import { enterLobby, expectAdmitted, expectFarewell, expectWaiting } from './harness/pages.js';
import { add, choosePassword, describe, inventColleague } from './harness/people.js';
import { cardOf, expectSeatWaits, inventFamily, newVisit, seatOf, signIn } from './harness/staff.js';
import { Twilio } from './harness/stubs.js';
import { ENOUGH, SDK, SITE, SOON, chooseAccount, countTaps, expectAtWebex, expectNoToken, expectPicture, letWebexCarry, licencesAreRead, sdkLog, testWith } from './harness/webex.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./harness/fixtures.js').Person} Person
 * @typedef {import('./harness/people.js').Newcomer} Newcomer
 * @typedef {import('./harness/webex.js').Addresses} Addresses
 */

/** @param {(addresses: Addresses) => Record<string, string>} guests settings that say who guests are */
function withPhones(guests) {
  const fixtures = /** @type {import('@playwright/test').Fixtures<{}, { twilio: Twilio, elsewhere: Record<string, string> }, any, any>} */ ({
    twilio: [
      async ({}, /** @type {(twilio: Twilio) => Promise<void>} */ use) => {
        const twilio = await Twilio.start();
        await use(twilio);
        twilio.stop();
      },
      { scope: 'worker' },
    ],
    elsewhere: [
      async (/** @type {{ twilio: Twilio }} */ { twilio }, /** @type {(settings: Record<string, string>) => Promise<void>} */ use) => use(twilio.environment()),
      { scope: 'worker' },
    ],
  });
  return testWith((addresses) => ({ ...guests(addresses), ANTESALA_WEBEX_SDK_FILE: SDK })).extend(fixtures);
}

const GUESTS = /** @type {const} */ ([
  { whose: 'of the service app', test: withPhones(() => ({})), token: /^guest-/, asks: true },
  { whose: 'of an older issuer', test: withPhones(({ issuer }) => issuer), token: /^issued-/, asks: false },
]);

for (const { whose, test, token, asks } of GUESTS) {
  test(`from a new doctor to goodbye, with guests ${whose}`, async ({ hospital, person, twilio, webex }) => {
    test.setTimeout(180_000);
    const admin = await person();
    await letWebexCarry(admin, hospital.signIn('admin'), 'medical_report');
    const abril = inventColleague('doctor');
    const welcome = await provision(admin, abril);
    const doctor = await person();
    await doctor.goto(welcome);
    await choosePassword(doctor);

    const family = inventFamily(1);
    const [rosa] = family.relatives;
    const clerk = await person();
    await signIn(clerk, hospital.signIn('clerk'));
    await newVisit(clerk, family, { service: 'medical_report', admission: 'when_started', doctor: abril.name });
    await clerk.goto('/visits');
    await twilio.expectMessages(rosa.phone, 1);
    const rosaPage = await person();
    const taps = await countTaps(rosaPage);
    await enterLobby(rosaPage, await twilio.link(rosa.phone));
    await expectWaiting(rosaPage);

    await doctor.goto('/board');
    const card = cardOf(doctor, family);
    await expectSeatWaits(seatOf(card, rosa));
    await expect(card).toContainText('Webex está listo.');
    const [meeting, ...more] = (await webex.state()).meetings;
    if (!meeting) throw new Error('there is a meeting where the card says so');
    expect(more, 'one meeting for one visit').toEqual([]);
    expect(meeting.host).toBe(abril.email);
    expect(JSON.stringify(meeting.body), 'the meeting names no patient').not.toContain(family.patient.name.split(' ').at(-1));
    expect((await webex.state()).guests, 'no guest before the door opens').toEqual([]);

    expect(await startInWebex(doctor, card)).toContain(meeting.id);
    await webex.begin(meeting.id);
    for (const seen of [card, cardOf(clerk, family)]) await expect(seen).toHaveAttribute('data-phase', 'in_session');
    await expectAdmitted(rosaPage);
    await rosaPage.getByRole('button', { name: 'Entrar a la llamada' }).click();
    await expectAtWebex(rosaPage);
    expect(await taps(), 'two taps from the message to the call').toBe(2);
    await expect.poll(() => sdkLog(rosaPage)).toContain('joined microphone+camera');
    await expectPicture(rosaPage);
    await expectNoToken(rosaPage);
    expect(await rosaPage.evaluate(() => Reflect.get(window, 'sdkToken'))).toMatch(token);
    expect((await webex.state()).asked.some((line) => line.includes('guests/token')), 'only a service app is asked for guests').toBe(asks);

    await webex.finish(meeting.id);
    await expectFarewell(rosaPage, 'La visita terminó');
    await expectNoMedia(rosaPage);
    await expect(card).toHaveAttribute('data-phase', 'ended');
    await expect(cardOf(clerk, family), 'it is no longer among the open ones').toHaveCount(0);
    await clerk.getByRole('link', { name: /^Cerradas hoy/ }).click();
    await expect(clerk.locator('.ledger tbody tr').filter({ hasText: family.patient.name })).toContainText('Se realizó');
    await twilio.expectMessages(rosa.phone, 1);
  });
}

/** Adds a doctor with a licence and a site; their one-time link, once Webex has granted both. @param {Page} admin @param {Newcomer} newcomer */
async function provision(admin, newcomer) {
  await licencesAreRead(admin);
  await describe(admin, newcomer);
  await chooseAccount(admin, [ENOUGH]);
  await admin.getByLabel('Sitio', { exact: true }).selectOption(new URL(SITE).hostname);
  const link = await add(admin, newcomer);
  await admin.getByRole('link', { name: 'Ver a esta persona' }).click();
  await expect(admin.locator('#webex-account .account-state')).toHaveText('Concedida', SOON);
  return link;
}

/** Starts from the board, in a tab of its own; where Webex's page was opened. @param {Page} doctor @param {import('@playwright/test').Locator} card */
async function startInWebex(doctor, card) {
  await doctor.context().route(`${SITE}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Webex</title>' }));
  const opened = doctor.context().waitForEvent('page');
  await card.getByRole('button', { name: /^Iniciar en Webex/ }).click();
  const tab = await opened;
  await tab.getByRole('link', { name: 'Iniciar en Webex' }).click();
  await tab.waitForURL(/\/start\//);
  const address = tab.url();
  await tab.close();
  return address;
}
