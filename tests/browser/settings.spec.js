// An admin describes the hospital, and a family sees it at once: help, logo and the newest consent.

import { deflateSync } from 'node:zlib';
import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expectChoicesFit } from './harness/choices.js';
import { expect, test } from './harness/fixtures.js';
import { enterLobby, expectWaiting } from './harness/pages.js';
import { inventFamily, linkFor, newVisit, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

const HELP = 'Trabajo social ayuda de 8 a 20 h.';

test('a field that does not fit is marked, and what was typed is kept', async ({ hospital, person }) => {
  const page = await openSettings(hospital, person);
  await expect(page.locator('#name')).toHaveValue('Hospital San Telmo');
  await onBoth(page, expectAccessible);
  await page.locator('#name').fill('Hospital General Regional Doctor Ignacio');
  await expect(page.locator('#name-count')).toContainText('40 letras: algunos mensajes de texto costarán dos.');
  await page.locator('#name').fill('');
  await page.locator('#link_lead').fill('diez');
  await page.locator('#help_es').fill(HELP);
  await save(page);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator('#error-summary')).toBeFocused();
  await onBoth(page, expectAccessible);
  await expect(page.locator('#link_lead')).toHaveValue('diez');
  await expect(page.locator('#help_es')).toHaveValue(HELP);
  await page.locator('#error-summary a[href="#name"]').click();
  await expect(page.locator('#name')).toBeFocused();
});

test('two admins at once: what the other one changed is shown', async ({ hospital, person }) => {
  const [mine, theirs] = [await openSettings(hospital, person), await openSettings(hospital, person)];
  await theirs.locator('#keep_audit').fill('24');
  await theirs.locator('#keep_calls').fill('5');
  await save(theirs);
  await expect(theirs.locator('.notice')).toContainText('ya valen');
  await mine.locator('#keep_audit').fill('36');
  await save(mine);
  await expect(mine.locator('#error-summary')).toContainText('«24»');
  await expect(mine.locator('#keep_audit')).toHaveValue('36');
  await expect(mine.locator('#keep_calls')).toHaveValue('5');
  await save(mine);
  await expect(mine.locator('.notice')).toContainText('ya valen');
  await expect(mine.locator('#keep_audit')).toHaveValue('36');
});

test('a family sees help, logo and the new consent at once', async ({ hospital, person }) => {
  test.setTimeout(90_000);
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const link = await linkFor(doctor, family.relatives[0]);
  const phone = await person();
  await phone.goto(link);

  const admin = await openSettings(hospital, person);
  await admin.locator('#help_es').fill(HELP);
  await admin.locator('#help_en').fill('Social work helps from 8 to 20 h.');
  await save(admin);
  await admin.locator('#logo').setInputFiles({ name: 'logo.svg', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
  await admin.locator('.logo-form button').click();
  await expect(admin.locator('#logo-error')).toContainText('PNG, JPEG o WebP');
  await admin.locator('#logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: picture(120, 60) });
  await admin.locator('.logo-form button').click();
  await expect(admin.locator('.notice')).toContainText('ya se ve');
  await expectLoaded(admin, '.bar .logo');
  await onBoth(admin, expectAccessible);

  await admin.goto('/settings/consent');
  await onBoth(admin, expectAccessible);
  const published = `Usted acepta hablar por video.\n\nVersión de prueba ${process.pid}.`;
  await admin.locator('#consent_es').fill(published);
  await admin.locator('main button[type=submit]').click();
  await expect(admin.locator('.versions > li').first()).toContainText('Ada Luna Campos');
  await onBoth(admin, expectAccessible);

  // The phone still shows the older consent: its tap leads to the newer one.
  await phone.getByRole('button', { name: 'Entrar a la sala de espera' }).click();
  await expect(phone.locator('.error-summary')).toContainText('El hospital cambió el texto «Antes de entrar».');
  await expect(phone.locator('.consent')).toContainText(`Versión de prueba ${process.pid}.`);
  await expect(phone.locator('.masthead')).toContainText(HELP);
  await expectLoaded(phone, '.masthead .logo');
  await onBoth(phone, expectAccessibleToPatients);
  for (const [language, sentence] of [['en', 'Social work helps from 8 to 20 h.'], ['pt', 'Hospital San Telmo'], ['es', HELP]]) {
    await phone.goto(`${link}?lang=${language}`);
    await expect(phone.locator('.masthead')).toContainText(sentence);
    await onBoth(phone, expectAccessibleToPatients);
  }
  await enterLobby(phone, link);
  await expectWaiting(phone);
  await expect(phone.locator('.masthead')).toContainText(HELP);

  await admin.goto('/settings');
  await admin.locator('#help_es').fill('');
  await admin.locator('#help_en').fill('');
  await save(admin);
  await admin.getByRole('button', { name: 'Quitar el logotipo' }).click();
  await expect(admin.locator('.notice')).toContainText('ya no se usa');
  await expect(admin.locator('.bar .logo')).toHaveCount(0);
});

test('wards are added, renamed and removed; one in use stays', async ({ hospital, person }) => {
  const page = await openSettings(hospital, person);
  await page.getByRole('link', { name: 'Salas' }).click();
  await onBoth(page, expectAccessible);
  await page.locator('#name').fill('Pediatría');
  await page.locator('#name').press('Enter');
  await expect(page.locator('.notice')).toContainText('La sala está agregada.');
  await page.getByLabel('Nombre de Pediatría').fill('Cuna');
  await page.getByLabel('Nombre de Pediatría').press('Enter');
  await expect(page.locator('.notice')).toContainText('guardado');
  await page.getByRole('button', { name: 'Quitar Cuna' }).click();
  await expect(page.locator('.notice')).toContainText('ya no está');
  await page.getByRole('button', { name: /^Quitar / }).first().click();
  await expect(page.locator('#error-summary')).toContainText('No se puede quitar. Personal: ');
  await onBoth(page, expectAccessible);
});

for (const language of ['es', 'en', 'pt']) {
  test(`every page of settings is accessible, wide and narrow, in ${language}`, async ({ hospital, person }) => {
    test.setTimeout(120_000);
    const page = await person();
    await signIn(page, hospital.hire('admin', language));
    for (const path of ['/settings', '/settings/consent', '/settings/wards']) {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expectChoicesFit(page);
      await onBoth(page, expectAccessible);
    }
    await page.locator('#name').press('Enter');
    await expect(page.locator('#error-summary')).toBeFocused();
    await onBoth(page, expectAccessible);
    await page.goto('/settings');
    await page.locator('#link_lead').fill('x');
    await page.locator('#settings-form button.primary').click();
    await expect(page.locator('#error-summary')).toBeFocused();
    await onBoth(page, expectAccessible);
  });
}

/**
 * @param {import('./harness/server.js').Hospital} hospital
 * @param {import('./harness/fixtures.js').Person} person
 */
async function openSettings(hospital, person) {
  const page = await person();
  await signIn(page, hospital.signIn('admin'));
  await page.getByRole('link', { name: 'Ajustes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ajustes del hospital');
  return page;
}

/** @param {Page} page */
async function save(page) {
  await page.getByRole('button', { name: 'Guardar ajustes' }).click();
}

/** @param {Page} page @param {string} picture */
async function expectLoaded(page, picture) {
  await expect.poll(() => page.locator(picture).evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth)).toBe(120);
}

/** On a desk, on a phone, and not wider than the screen. @param {Page} page @param {(page: Page) => Promise<void>} look */
async function onBoth(page, look) {
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await look(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

/** A PNG of one colour. @param {number} width @param {number} height */
function picture(width, height) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1), 90);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {string} name @param {Buffer} data */
function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(checksum(named));
  return Buffer.concat([length, named, check]);
}

/** CRC-32 as PNG wants it. @param {Buffer} bytes */
function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
