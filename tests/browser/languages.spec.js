// The pages of the staff that no other test shows in every language: each in Spanish, English and Portuguese, on a desk and
// on a phone, also when something typed is wrong.

import { lookEverywhere } from './harness/everywhere.js';
import { expect, test } from './harness/fixtures.js';
import { keepSecret } from './harness/record.js';
import { addFamily, cardOf, end, inventFamily, signIn, start } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

const LANGUAGES = /** @type {const} */ ([['es', 'es-MX'], ['en', 'en-US'], ['pt', 'pt-BR']]);

for (const [place, [language, locale]] of LANGUAGES.entries()) {
  /** @param {Page} page */
  const look = (page) => lookEverywhere(page, language);

  test(`the door, and the forms of a clerk, in ${language}`, async ({ hospital, person }) => {
    const page = await person({ locale });
    await page.goto('/sign-in');
    await page.locator('main button[type=submit]').click();
    await expectFault(page);
    await look(page);
    await signIn(page, hospital.hire('clerk', language));

    const family = inventFamily(1);
    const day = inDays(61 + place);
    await page.goto(`/visits/new?day=${day}`);
    await page.locator('#new-patient > summary').click();
    await page.locator('button[formaction="/patients"]').click();
    await expectFault(page);
    await look(page);
    await page.goto(`/visits/new?day=${day}`);
    await addFamily(page, family);
    await choose(page, '10:00');
    await page.locator('.form-end button[type=submit]').click();
    await expect(page).toHaveURL(/\/consultations\/[^/]+$/);

    await page.goto(`/visits/new?day=${day}`);
    await page.locator('#patient_search').fill(family.patient.name);
    await expect(page.locator('#found button')).toHaveCount(1);
    await look(page);
    await page.locator('#found button').click();
    await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
    await choose(page, '10:15');
    await expect(page.locator('#overlaps fieldset')).toContainText('10:00');
    await page.locator('.form-end button[type=submit]').click();
    await expectFault(page);
    await look(page);
    await page.locator('#zone').selectOption('America/Tijuana');
    await page.locator('#date').fill(clocksGoBack());
    await page.locator('#time').fill('01:30');
    await expect(page.locator('#reading input')).toHaveCount(2);
    await page.locator('.form-end button[type=submit]').click();
    await expectFault(page);
    await expect(page.locator('#reading input:checked')).toHaveCount(0);
    await look(page);
  });

  test(`a clerk's messages, and two records side by side, in ${language}`, async ({ hospital, person }) => {
    const page = await person({ locale });
    await signIn(page, hospital.hire('clerk', language));
    await page.goto('/messages');
    for (const name of await page.locator('.message-whom > b').allInnerTexts()) keepSecret('person', name);
    await look(page);
    const [number, slip] = ['number', 'slip'].map((door) => page.locator(`a[href$="/${door}"]`).first().getAttribute('href'));
    await page.goto((await number) ?? '');
    await look(page);
    await page.locator('#phone').fill('12');
    await page.locator('main button.primary').click();
    await expectFault(page);
    await look(page);
    await page.goto((await slip) ?? '');
    await expect(page.locator('.slip-code')).toBeVisible();
    await look(page);

    await page.goto('/patients');
    const records = await page.locator('#patients .person a[href^="/patients/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    await page.goto(`${records[0]}/merger/${records[1]?.split('/').at(-1)}`);
    await look(page);
    await page.locator('.form-end .danger').click();
    await expectFault(page);
    await look(page);
  });

  test(`a doctor's board, call and profile, in ${language}`, async ({ hospital, person }) => {
    const page = await person({ locale });
    await signIn(page, hospital.hire('doctor', language));
    const family = inventFamily(1);
    // As long as names get: nothing may be pushed out of its place.
    for (const named of [family.patient, ...family.relatives]) named.name += 'huitzilihuitzin';
    await page.goto('/visits/new');
    await page.locator('input[name=service][value=medical_report]').check();
    await addFamily(page, family);
    await page.locator('.form-end button[type=submit]').click();
    await expect(page.locator('.notice')).toBeVisible();
    await page.goto('/board');
    const card = cardOf(page, family);
    await expect(card).toBeVisible();
    await look(page);
    await start(card);
    await expect(page.locator('#enter')).toBeEnabled();
    await look(page);
    await page.locator('#enter').click();
    await expect(page.locator('#stage')).toBeVisible();
    await look(page);
    await end(card);
    await expect(page.locator('#stage')).toBeHidden();
    await look(page);

    await page.goto('/profile');
    await look(page);
    await page.locator('#message_0').fill('a'.repeat(201));
    await page.locator('form[action="/profile/messages"] button[type=submit]').last().click();
    await expectFault(page);
    await look(page);
    await page.locator('#present').fill('no-es-la-mía-de-hoy');
    await page.locator('#password').fill('duna-brasero-velero-84');
    await page.locator('form[action="/profile/password"] button[type=submit]').click();
    await expect(page.locator('#present-error')).toBeVisible();
    await look(page);
  });

  test(`a ward's page and how messages leave, in ${language}`, async ({ hospital, person }) => {
    const page = await person({ locale });
    await signIn(page, hospital.hire('ward', language));
    await expect(page).toHaveURL(/\/ward$/);
    await expect(page.locator('li.visit').first()).toBeVisible();
    await page.locator('details.code > summary').first().click();
    await look(page);
    await page.context().clearCookies();
    await signIn(page, hospital.hire('admin', language));
    await page.goto('/settings/messages');
    await look(page);
  });
}

/** @param {Page} page */
async function expectFault(page) {
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^(?:Error|Erro): /);
}

/** The first doctor, at this time of the day in the form. @param {Page} page @param {string} time */
async function choose(page, time) {
  await page.locator('input[name=service][value=home_consultation]').check();
  await page.locator('#doctor').selectOption({ index: 1 });
  await page.locator('#time').fill(time);
}

/** A day from today on in Mexico City. @param {number} days */
function inDays(days) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(Date.now() + days * 86_400_000);
}

/** The next night in which clocks of the border go back: the first Sunday of November, a week ahead at least. */
function clocksGoBack() {
  const soonest = Date.now() + 7 * 86_400_000;
  for (let year = new Date(soonest).getUTCFullYear(); ; year += 1) {
    const first = new Date(Date.UTC(year, 10, 1));
    const sunday = new Date(Date.UTC(year, 10, 1 + ((7 - first.getUTCDay()) % 7)));
    if (sunday.getTime() > soonest) return sunday.toISOString().slice(0, 10);
  }
}
