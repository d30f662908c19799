// What became of visits: filters, charts with their numbers, the file, and all of it on a phone and in three languages.

import { readFileSync } from 'node:fs';
import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { enterLobby } from './harness/pages.js';
import { keepSecret } from './harness/record.js';
import { cancel, cardOf, inventFamily, linkFor, newVisit, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

test('a clerk filters the past, reads the charts as tables, and takes the file home', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  await doctor.goto('/board');
  await cancel(cardOf(doctor, family));
  await expect(cardOf(doctor, family)).toHaveAttribute('data-phase', 'cancelled');

  const page = await person();
  await signIn(page, hospital.signIn('clerk'));
  await page.getByRole('link', { name: 'Historial' }).click();
  const rows = page.locator('.ledger tbody tr');
  for (const name of await rows.locator('th a').allTextContents()) keepSecret('person', name);
  const mine = rows.filter({ hasText: family.patient.name });
  await expect(mine).toContainText('Cancelada');
  await expect(page.getByRole('img')).toHaveCount(3);

  await page.locator('.chart summary').first().click();
  const numbers = page.locator('.chart').first().locator('tbody tr');
  await expect(numbers).toHaveCount(30);
  const total = await page.locator('.figures dd').first().innerText();
  const told = await numbers.locator('td').allInnerTexts();
  expect(told.reduce((sum, text) => sum + Number(text), 0), 'the days add up').toBe(Number(total));

  await page.getByLabel('Resultado').selectOption('ended');
  await page.getByRole('button', { name: 'Mostrar' }).click();
  await expect(page).toHaveURL(/outcome=ended/);
  await expect(mine).toHaveCount(0);
  await page.getByLabel('Resultado').selectOption('cancelled');
  await page.getByRole('button', { name: 'Mostrar' }).click();
  await expect(mine).toHaveCount(1);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Descargar en CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^antesala-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const file = readFileSync(await download.path(), 'utf8');
  expect(file).toContain(family.patient.name);
  expect(file, 'no number to call').not.toContain('+52');

  await page.getByLabel('Desde').fill('2020-01-01');
  await page.getByRole('button', { name: 'Mostrar' }).click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.getByLabel('Desde')).toHaveValue('2020-01-01');
  await atBothWidths(page);
});

test('a person who opens the link is seen in the history; a preview is not', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const link = await linkFor(doctor, family.relatives[0]);
  const phone = await person();
  const told = phone.waitForResponse((answer) => answer.url().endsWith('/openings'));
  await enterLobby(phone, link);
  expect((await told).status()).toBe(204);
  await doctor.goto('/board');
  await cancel(cardOf(doctor, family));
  await expect(cardOf(doctor, family)).toHaveAttribute('data-phase', 'cancelled');
  await doctor.goto('/history');
  const opened = doctor.locator('.ledger tbody tr').filter({ hasText: family.patient.name }).locator('td').nth(5);
  await expect(opened).toHaveText(/^\d\d:\d\d$/);
});

for (const language of ['es', 'en', 'pt']) {
  test(`the history is accessible to whoever reads it, wide and narrow, in ${language}`, async ({ hospital, person }) => {
    test.setTimeout(120_000);
    // A ward's own page is its demo's: nobody else works there.
    const readers = [hospital.hire('doctor', language), hospital.hire('clerk', language)];
    if (language === 'es') readers.push(hospital.signIn('ward'));
    for (const reader of readers) await readHistory(await person(), reader, language);
  });
}

/**
 * @param {Page} page
 * @param {import('./harness/server.js').SignIn} reader
 * @param {string} language
 */
async function readHistory(page, reader, language) {
  await signIn(page, reader);
  await page.goto('/history');
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  for (const name of await page.locator('.ledger tbody th a').allTextContents()) keepSecret('person', name);
  for (const summary of await page.locator('.chart summary').all()) await summary.click();
  await atBothWidths(page);
  await page.goto('/history?from=2026-01-01&to=2026-01-02');
  await expect(page.locator('.empty')).toBeVisible();
  await atBothWidths(page);
  await page.goto('/history?from=2026-01-02&to=2026-01-01');
  await expect(page.locator('#error-summary')).toBeFocused();
  await atBothWidths(page);
}

/** @param {Page} page */
async function atBothWidths(page) {
  for (const [width, height] of [[1280, 800], [360, 740], [320, 640]]) {
    await page.setViewportSize({ width, height });
    if (width > 320) await expectAccessible(page);
    const ledger = page.locator('.ledger');
    const isWhole = (await ledger.count()) === 0 || (await ledger.evaluate((frame) => frame.scrollWidth <= frame.clientWidth));
    if (width === 1280) expect(isWhole, 'a desk shows every column').toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
