// What keeps a browser out of the meeting: each leads, with its own sentence, to Webex's own page or to the next try.

import { expectAccessibleToPatients } from './harness/axe.js';
import { expect } from './harness/fixtures.js';
import { expectNoMedia } from './harness/media.js';
import { atEverySize, inMeeting, openWebexsPage } from './harness/meeting.js';
import { expectInCall } from './harness/pages.js';
import { SDK, expectAtWebex, expectPicture, sdkLog, testWith } from './harness/webex.js';

/** @typedef {import('@playwright/test').Page} Page */

const test = testWith(() => ({ ANTESALA_WEBEX_SDK_FILE: SDK }));
const testWithoutSdk = testWith(() => ({}));

const HERE = ['Webex no funciona en esta página', 'Toque «Abrir en Webex» para entrar.'];
const FAILED = ['No pudimos entrar a Webex', 'Su cámara está apagada. Intente otra vez, o abra Webex.'];
const PASSWORD = ['Webex pide una contraseña', 'Toque «Abrir en Webex». Ahí no hace falta escribirla.'];

for (const [what, said, mood] of /** @type {[string, string[], object][]} */ ([
  ['a password that is another by now', PASSWORD, { password: 'another' }],
  ['a meeting that cannot be joined', FAILED, { join: false }],
])) {
  test(`${what} leads to the page of Webex`, async ({ hospital, person, webex }) => {
    const { rosaPage } = await inMeeting({ hospital, person, webex }, mood, { expectsToEnter: false });
    await expectWayOut(rosaPage, said);
  });
}

test('an SDK that is refused leads to the page of Webex', async ({ hospital, person, webex }) => {
  const prepare = (/** @type {Page} */ page) => page.context().route('**/webex/sdk/*', (route) => route.abort());
  const { rosaPage } = await inMeeting({ hospital, person, webex }, {}, { expectsToEnter: false, prepare });
  await expectWayOut(rosaPage, HERE);
});

test('an SDK that never comes is waited for half a minute', async ({ hospital, person, webex }) => {
  const before = (await webex.state()).guests.length;
  const prepare = async (/** @type {Page} */ page) => {
    await page.clock.install();
    await page.context().route('**/webex/sdk/*', () => undefined);
  };
  const { rosaPage } = await inMeeting({ hospital, person, webex }, {}, { expectsToEnter: false, prepare });
  await expectInCall(rosaPage);
  await expect.poll(async () => (await webex.state()).guests.length, { message: 'the pass is here' }).toBeGreaterThan(before);
  await rosaPage.clock.fastForward(15_000);
  await expectInCall(rosaPage);
  await rosaPage.clock.fastForward(15_000);
  await expectWayOut(rosaPage, HERE);
});

test('a meeting that never answers is waited for three quarters of a minute', async ({ hospital, person, webex }) => {
  const prepare = (/** @type {Page} */ page) => page.clock.install();
  const { rosaPage } = await inMeeting({ hospital, person, webex }, { join: 'never' }, { expectsToEnter: false, prepare });
  await expect.poll(() => sdkLog(rosaPage)).toContain('joining');
  await rosaPage.clock.fastForward(30_000);
  await expectInCall(rosaPage);
  await rosaPage.clock.fastForward(15_000);
  await expectWayOut(rosaPage, FAILED);
  expect(await sdkLog(rosaPage), 'out of what it was half in').toContain('left');
});

test('a browser that can make no calls is led to the page of Webex', async ({ hospital, person, webex }) => {
  const prepare = (/** @type {Page} */ page) => page.addInitScript(() => void Reflect.deleteProperty(window, 'RTCPeerConnection'));
  const { rosaPage } = await inMeeting({ hospital, person, webex }, {}, { expectsToEnter: false, prepare });
  await expectWayOut(rosaPage, HERE);
});

testWithoutSdk('a hospital without an SDK leads to the page of Webex', async ({ hospital, person, webex }) => {
  const { rosaPage } = await inMeeting({ hospital, person, webex }, {}, { expectsToEnter: false });
  await expectWayOut(rosaPage, HERE);
});

test('when Webex is busy, the page waits as long as it asks, and says so', async ({ hospital, person, webex }) => {
  await webex.isBusy('guests/token', [20, 3600]);
  const before = await tokensAsked(webex);
  const prepare = (/** @type {Page} */ page) => page.clock.install();
  const { rosaPage } = await inMeeting({ hospital, person, webex }, {}, { expectsToEnter: false, prepare });
  const notice = rosaPage.locator('#stage-notice');
  await expect(notice).toHaveText('Webex está saturado. Intentamos de nuevo en 20 segundos.');
  await atEverySize(rosaPage, expectAccessibleToPatients);
  expect(await tokensAsked(webex), 'nobody asks meanwhile').toBe(before + 1);
  await rosaPage.clock.fastForward(20_000);
  await expect(notice).toHaveText('Webex está saturado. Intentamos de nuevo en 60 segundos.');
  expect(await tokensAsked(webex)).toBe(before + 2);
  await rosaPage.clock.fastForward(60_000);
  await expectAtWebex(rosaPage);
  await expectPicture(rosaPage);
  expect(await tokensAsked(webex)).toBe(before + 3);
});

/**
 * The page says what is the matter, the camera is off, and Webex's own page is one tap away.
 * @param {Page} page
 * @param {string[]} said
 */
async function expectWayOut(page, [title, how]) {
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await expect(page.locator('#door-how')).toContainText(how);
  await expectNoMedia(page);
  await atEverySize(page, expectAccessibleToPatients);
  await openWebexsPage(page);
}

/** How often a guest's token was asked for. @param {import('./harness/webex.js').Organisation} webex */
async function tokensAsked(webex) {
  return (await webex.state()).asked.filter((line) => line === 'POST guests/token').length;
}
