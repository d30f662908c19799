// Files of patients and staff, from a spreadsheet to the people who are registered, and back.

import { readFileSync } from 'node:fs';
import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { keepSecret } from './harness/record.js';
import { signIn } from './harness/staff.js';

/** @param {string} rows */
const file = (rows) => ({ name: 'pacientes.csv', mimeType: 'text/csv', buffer: Buffer.from(`nombre;fecha de nacimiento;teléfono;familiar 1 nombre;familiar 1 parentesco;familiar 1 teléfono;color\n${rows}`) });

/**
 * @param {import('@playwright/test').Page} page
 * @param {{ name: string, mimeType: string, buffer: Buffer }} given
 */
async function handIn(page, given) {
  await page.locator('#file').setInputFiles(given);
  await page.locator('main form button[type=submit]').first().click();
}

for (const width of [1280, 360]) {
  test(`a clerk imports patients, corrects what is wrong, and exports at ${width} px`, async ({ hospital, person }) => {
    const surname = `Canarimp${width === 360 ? 'uno' : 'dos'}${String(process.pid).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? 'p')}`;
    keepSecret('person', surname);
    const page = await person({ viewport: { width, height: 800 } });
    await signIn(page, hospital.signIn('clerk'));
    await page.goto('/patients');
    await page.locator('main a[href="/patients/imports"]').click();
    await expect(page.locator('h1')).toHaveText('Importar pacientes');
    await expectAccessible(page);

    await handIn(page, { ...file(''), buffer: Buffer.from([0x6e, 0x6f, 0x6d, 0xe9]) });
    await expect(page).toHaveTitle(/^Error:/);
    await expect(page.locator('#file-error')).toContainText('CSV UTF-8');
    await expect(page.locator('#error-summary')).toBeFocused();
    await expectAccessible(page);

    // A patient alike in phone and name is asked about: each width has a phone of its own.
    const phone = `55412345${width === 360 ? 6 : 7}`;
    await handIn(page, file(`Tomás ${surname};11/02/1950;${phone}7;Rosa ${surname};hija;${phone}8;azul\nInés ${surname};30/02/1984;12;;;;\n`));
    await expect(page.locator('.import-figures')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('.message.warn')).toContainText('color');
    const problems = page.locator('.import-rows tbody tr');
    await expect(problems).toHaveCount(2);
    await expect(problems.first()).toContainText('30/02/1984');
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling').toBe(true);

    const [handedBack] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="problems.csv"]').click()]);
    const toCorrect = readFileSync(await handedBack.path(), 'utf8');
    expect(toCorrect).toContain(`Inés ${surname}`);
    expect(toCorrect).not.toContain(`Tomás ${surname}`);

    await page.locator('.import-ask > summary').click();
    await expectAccessible(page);
    await page.locator('.import-ask button').click();
    await expect(page.locator('.message.good')).toContainText('se registraron 1', { timeout: 20_000 });
    await expectAccessible(page);

    await page.goto('/patients/imports');
    await handIn(page, { name: 'corregido.csv', mimeType: 'text/csv', buffer: Buffer.from(toCorrect.replace('30/02/1984', '29/02/1984').replace(',12,', ',,')) });
    await expect(page.locator('.import-ask > summary')).toContainText('1', { timeout: 20_000 });
    await page.getByRole('button', { name: 'Borrar este archivo' }).click();
    await expect(page.locator('.notice')).toContainText('Se borraron');

    const [exported] = await Promise.all([page.waitForEvent('download'), page.locator('a[href="/patients/export.csv"]').click()]);
    expect(readFileSync(await exported.path(), 'utf8')).toContain(`Rosa ${surname},hija,+52${phone}8`);
  });
}

test('while nobody answers the page says so, and goes on by itself', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.hire('clerk', 'es'));
  await page.goto('/patients/imports');
  const letters = (/** @type {number} */ number) => [...String(number)].map((digit) => 'qrstuvwxyz'[Number(digit)]).join('');
  // As many as take longer than the page needs to open.
  const rows = Array.from({ length: 5_000 }, (_, row) => `Canarlargo ${letters(row)};11/02/1950;;;;;\n`);
  /** @type {'dead' | 'starting' | 'well'} */
  let server = 'dead';
  await page.route('**/imports/*', (route) => {
    if (server === 'well' || route.request().resourceType() !== 'fetch') return route.fallback();
    return server === 'dead' ? route.abort('connectionrefused') : route.fulfill({ status: 503, body: '' });
  });
  await handIn(page, file(rows.join('')));
  await expect(page.locator('#import-running')).toBeVisible();
  const told = page.locator('#connection');
  await expect(told).toHaveText('Se perdió la conexión. Lo que ve puede ser viejo. Reconectando…');
  await expectAccessible(page);
  server = 'starting';
  await page.waitForResponse((answer) => answer.status() === 503);
  await page.waitForResponse((answer) => answer.status() === 503);
  await expect(told, 'the page was not read anew').toBeVisible();
  server = 'well';
  await expect(page.locator('.import-figures')).toContainText('5000', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Borrar este archivo' }).click();
  await expect(page.locator('.notice')).toContainText('Se borraron');
});

test('without scripts the page of a file comes back by itself', async ({ hospital, person }) => {
  const page = await person({ javaScriptEnabled: false });
  await signIn(page, hospital.signIn('admin'));
  await page.goto('/staff/imports');
  const address = `canarimp${process.pid}@hospital.example`;
  await handIn(page, { name: 'personal.csv', mimeType: 'text/csv', buffer: Buffer.from(`nombre,correo,función\nPersona Nueva,${address},captura\n`) });
  await expect(page.locator('.import-figures')).toBeVisible({ timeout: 20_000 });
  await page.locator('.import-ask > summary').click();
  await page.locator('.import-ask button').click();
  await expect(page.locator('#import-invite')).toBeVisible({ timeout: 20_000 });
});

for (const [language, header] of [['es', 'nombre,fecha de nacimiento'], ['en', 'name,date of birth'], ['pt', 'nome,data de nascimento']]) {
  test(`every page about files is accessible, wide and narrow, in ${language}`, async ({ hospital, person }) => {
    test.setTimeout(120_000);
    const surname = `Canarfila${String(process.pid).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? 'p')}`;
    keepSecret('person', surname);
    const page = await person();
    await signIn(page, hospital.hire('clerk', language));
    await page.goto('/patients/imports');
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await page.locator('main details > summary').click();
    await atBothWidths(page);
    await handIn(page, { name: 'foto.csv', mimeType: 'text/csv', buffer: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
    await expect(page.locator('#file-error')).toContainText('CSV');
    await atBothWidths(page);
    // As a spreadsheet saves "Unicode text": UTF-16 with tabs.
    const rows = `${header}\nTomás ${surname},1950-02-11\nInés ${surname},1984-02-30\n`.replaceAll(',', '\t');
    await handIn(page, { name: 'unicode.txt', mimeType: 'text/plain', buffer: Buffer.from(`\ufeff${rows}`, 'utf16le') });
    await expect(page.locator('.import-rows tbody tr')).toHaveCount(1, { timeout: 20_000 });
    await page.locator('.import-ask > summary').click();
    await atBothWidths(page);
    await page.locator('.import-acts > form button').click();
    await expect(page.locator('.notice')).toBeVisible();

    const admin = await person();
    await signIn(admin, hospital.hire('admin', language));
    await admin.goto('/staff/imports');
    await atBothWidths(admin);
  });
}

/** @param {import('@playwright/test').Page} page */
async function atBothWidths(page) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
  }
}
