// Where nobody works yet: the link that the server says makes the first admin, once, and leads them to the staff.

import { EmptyHospital } from './harness/empty.js';
import { lookEverywhere } from './harness/everywhere.js';
import { expect, test as base } from './harness/fixtures.js';
import { keepSecret } from './harness/record.js';

/** @type {import('@playwright/test').Fixtures<{ empty: EmptyHospital, strangers: string[] }, {}, any, any>} */
const fixtures = {
  empty: async ({}, /** @type {(empty: EmptyHospital) => Promise<void>} */ use, /** @type {import('@playwright/test').TestInfo} */ info) => {
    const empty = await EmptyHospital.open(`empty-${info.testId}`);
    await use(empty);
    await empty.close();
  },
  strangers: async (/** @type {{ empty: EmptyHospital }} */ { empty }, /** @type {(strangers: string[]) => Promise<void>} */ use) => use([empty.url]),
};
const test = base.extend(fixtures);

test('the first admin makes an account, in their language, and nobody makes another by the same link', async ({ empty, person }) => {
  const [email, password] = ['ada.canarino@hospital.example', 'brasero-manglar-velero-53'];
  keepSecret('person', email);
  keepSecret('secret', password);
  const [spanish, english, portuguese] = [await person({ locale: 'es-MX' }), await person({ locale: 'en-US' }), await person({ locale: 'pt-BR' })];
  const readers = /** @type {const} */ ([[spanish, 'es'], [english, 'en'], [portuguese, 'pt']]);
  for (const [page, language] of readers) {
    await page.goto(empty.link);
    await lookEverywhere(page, language);
    await page.locator('#email').fill('ada at hospital');
    await page.locator('main button[type=submit]').click();
    await expect(page).toHaveTitle(/^(?:Error|Erro): /);
    await expect(page.locator('#error-summary')).toBeFocused();
    await expect(page.locator('.field-error')).toHaveCount(3);
    await expect(page.locator('#email'), 'nothing typed is lost').toHaveValue('ada at hospital');
    await lookEverywhere(page, language);
  }
  await portuguese.locator('#name').fill('Ada Canarino');
  await portuguese.locator('#email').fill(email);
  await portuguese.locator('#password').fill(password);
  await portuguese.locator('main button[type=submit]').click();
  await expect(portuguese, 'they are in at once').toHaveURL(/\/staff$/);
  await expect(portuguese.locator('.notice')).toBeVisible();
  await expect(portuguese.locator('main')).toContainText('Ada Canarino');
  await lookEverywhere(portuguese, 'pt');
  for (const [page, language] of readers.slice(0, 2)) {
    await page.locator('main button[type=submit]').click();
    await expect(page.locator('#password'), 'the link has been used').toHaveCount(0);
    await lookEverywhere(page, language);
    await page.locator('main a.button').click();
    await expect(page).toHaveURL(/\/sign-in$/);
  }
});
