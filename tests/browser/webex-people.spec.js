// An admin gives people accounts at Webex, sees what came of it, and compares both sides.

import { expectAccessible } from './harness/axe.js';
import { expect } from './harness/fixtures.js';
import { add, describe, inventColleague } from './harness/people.js';
import { signIn } from './harness/staff.js';
import { ENOUGH, SCARCE, SOON, chooseAccount, licencesAreRead, testWith } from './harness/webex.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./harness/server.js').Hospital} Hospital
 * @typedef {import('./harness/fixtures.js').Person} Person
 */

const test = testWith(() => ({}));

test('a doctor is given an account, the next one finds no licence left, and the door takes it back', async ({ hospital, person }) => {
  test.setTimeout(120_000);
  const admin = await openStaff(hospital, person);
  await licencesAreRead(admin);
  await addDoctor(admin, [ENOUGH, SCARCE]);
  const account = admin.locator('#webex-account');
  await expect(account.locator('.account-state'), 'the page shows it by itself').toHaveText('Concedida', SOON);
  await expect(account).toContainText(`Name of ${SCARCE}`);
  const first = new URL(admin.url()).pathname;
  await atEveryWidth(admin);

  await addDoctor(admin, [SCARCE]);
  await expect(account.locator('.account-state')).toHaveText('No quedan licencias', SOON);
  await expect(account).toContainText('Control Hub');
  await atEveryWidth(admin);
  const second = new URL(admin.url()).pathname;

  await admin.goto(first);
  await admin.locator('details.asking > summary').click();
  await admin.getByRole('button', { name: 'Sí, quitar el acceso' }).click();
  await expect(account.locator('.account-state')).toHaveText('Retirada', SOON);

  await admin.goto(second);
  await admin.getByRole('button', { name: 'Probar ahora' }).click();
  await expect.poll(async () => (await admin.reload(), account.locator('.account-state').textContent()), SOON).toBe('Concedida');
});

test('both sides are compared, and made equal one by one', async ({ hospital, person }) => {
  test.setTimeout(120_000);
  const admin = await openStaff(hospital, person);
  await licencesAreRead(admin);
  await admin.goto('/staff/webex/choices');
  await admin.locator(`input[name=licence][value=${ENOUGH}]`).check();
  await atEveryWidth(admin);
  await admin.locator('.form-end button[type=submit]').click();
  await expect(admin.locator('.notice')).toContainText('guardados');

  await admin.goto('/staff');
  await admin.getByRole('link', { name: 'Comparar con Webex' }).click();
  await atEveryWidth(admin);
  await admin.getByRole('button', { name: 'Comparar', exact: true }).click();
  await expect(admin.locator('#webex-comparison')).toHaveAttribute('data-stage', 'done', SOON);
  await atEveryWidth(admin);
  const missing = admin.locator('.difference[data-kind=missing_there]');
  const before = await missing.count();
  expect(before, 'nobody was decided about yet').toBeGreaterThan(0);
  const [first] = await missing.evaluateAll((rows) => rows.map((row) => row.id));
  await admin.locator(`#${first}`).getByRole('button', { name: 'Crear en Webex' }).click();
  await expect(admin.locator('.notice')).toContainText('Se pidió a Webex');
  const fate = admin.locator(`#${first} .account-state`);
  await expect.poll(async () => (await admin.reload(), fate.textContent()), SOON).toBe('Hecha');
  expect(await admin.locator('.difference[data-fate=done]').count(), 'nothing else was done').toBe(1);
  const left = admin.locator('.difference[data-fate=open]').first();
  const id = await left.getAttribute('id');
  await left.getByRole('button', { name: 'Dejar así' }).click();
  await expect(admin.locator(`#${id} .account-state`)).toHaveText('Se deja así');
});

test('it works without scripts', async ({ hospital, person }) => {
  const admin = await person({ javaScriptEnabled: false });
  await signIn(admin, hospital.signIn('admin'));
  await admin.goto('/staff/webex');
  await admin.getByRole('button', { name: /^Comparar/ }).click();
  await expect.poll(async () => (await admin.reload(), admin.locator('#webex-comparison').getAttribute('data-stage')), SOON).toBe('done');
  await admin.getByRole('button', { name: /^Dejar así/ }).first().click();
  await expect(admin.locator('.notice')).toContainText('Se deja como está.');
});

test('the pages are accessible in three languages', async ({ hospital, person }) => {
  test.setTimeout(180_000);
  const admin = await openStaff(hospital, person);
  await licencesAreRead(admin);
  for (const language of ['en', 'pt', 'es']) {
    await admin.goto('/profile');
    await admin.locator('#language').selectOption(language);
    await admin.locator('form[action="/profile"] button[type=submit]').click();
    await expect(admin.locator('html')).toHaveAttribute('lang', language);
    for (const address of ['/staff/new', '/staff/webex', '/staff/webex/choices']) {
      await admin.goto(address);
      await atEveryWidth(admin);
    }
  }
});

/** @param {Hospital} hospital @param {Person} person */
async function openStaff(hospital, person) {
  const admin = await person();
  await signIn(admin, hospital.signIn('admin'));
  return admin;
}

/** Adds a doctor with these licences, and opens their page. @param {Page} admin @param {string[]} licences */
async function addDoctor(admin, licences) {
  const newcomer = inventColleague('doctor');
  await admin.goto('/staff/new');
  await describe(admin, { ...newcomer, role: 'clerk' });
  await expect(admin.locator('#webex'), 'who conducts no visits needs none').toBeHidden();
  await describe(admin, newcomer);
  await chooseAccount(admin, licences);
  await atEveryWidth(admin);
  await add(admin, newcomer);
  await admin.getByRole('link', { name: 'Ver a esta persona' }).click();
}

/** @param {Page} page */
async function atEveryWidth(page) {
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
  }
}
