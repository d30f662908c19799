// A clerk's day with records: found while typing, registered, edited against another clerk, merged; by keyboard, on a phone,
// in three languages, and without scripts.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { inventFamily, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

test('somebody is found while typing, by the keyboard alone, and their record opens', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await clerk(hospital, person);
  await register(page, family);
  await addRelative(page, family);
  await page.goto('/patients');
  await page.locator('#text').focus();
  const surname = family.patient.name.split(' ')[1];
  await page.keyboard.type(surname.slice(0, 11).toUpperCase());
  await expect(page.locator('#patients .person')).toHaveCount(1);
  await expect(page.locator('#patients-status')).toHaveText('1 paciente');
  await expect(page, 'what was typed is in no address').toHaveURL(/\/patients$/);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#patients .person a')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('#text')).toBeFocused();

  await page.locator('#text').fill(spaced(family.relatives[0].phone));
  await expect(page.locator('#patients .person')).toContainText(family.patient.name);
  // Its last digits are enough.
  await page.locator('#text').fill(family.relatives[0].phone.slice(-7));
  await expect(page.locator('#patients .person')).toContainText(family.patient.name);
  await page.locator('#text').fill('zzzz');
  await expect(page.locator('#patients .empty')).toBeVisible();
  await page.locator('#text').fill('');
  await expect(page.locator('#of')).toBeVisible();
  await page.locator('#text').fill(family.patient.name);
  await expect(page.locator('#patients .person')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.locator('#patients .person a')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText(family.patient.name);
  await expect(page.locator('.relatives')).toContainText(family.relatives[0].name);
});

test('without scripts the search button works, and so does everything else', async ({ hospital, person }) => {
  const family = inventFamily(0);
  const page = await clerk(hospital, person, { javaScriptEnabled: false });
  await register(page, family);
  await page.goto('/patients');
  await page.locator('#text').fill(family.patient.name);
  await page.locator('#patient-search button').click();
  await expect(page.locator('#patients .person')).toContainText(family.patient.name);
  await page.locator('#patients .person a').click();
  await page.locator('.page-acts a[href$="/edit"]').click();
  await page.locator('input[name=care][value=discharged]').check();
  await page.locator('#discharged_on').fill('2026-01-05');
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.facts')).toContainText('Alta el 5 de enero de 2026');
});

test('a relative whose number is known is asked about, and families that share a phone go on', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await clerk(hospital, person);
  await register(page, family);
  await addRelative(page, family);
  await fillRelative(page, family);
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#phone-error')).toContainText(family.relatives[0].name);
  await expect(page.locator('.alike .person')).toContainText(family.relatives[0].name);
  await eachWidth(page);
  await page.locator('#somebody_else').check();
  await page.locator('.form-end button.primary').click();
  await expect(page.locator('.notice')).toContainText('El familiar quedó en el registro.');
  await expect(page.locator('.relatives li')).toHaveCount(2);
});

test('who may be registered already is shown before anybody is registered twice', async ({ hospital, person }) => {
  const family = inventFamily(0);
  const page = await clerk(hospital, person);
  await register(page, family);
  await fillRecord(page, family);
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator('.alike .person')).toContainText(family.patient.name);
  await eachWidth(page);
  await page.locator('#error-summary a[href="#somebody_else"]').click();
  await expect(page.locator('#somebody_else')).toBeFocused();
  await page.keyboard.press('Space');
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('El paciente quedó en el registro.');

  await page.locator('a[href$="/merger"]').click();
  await eachWidth(page);
  await page.locator('#patients .person a').first().click();
  await expect(page.locator('.merge-same').first()).toContainText(family.patient.name);
  await eachWidth(page);
  await page.locator('.form-end .danger').click();
  await expect(page.locator('#error-summary')).toContainText('Confirme que es la misma persona.');
  await page.locator('#sure').check();
  await page.locator('.form-end .danger').click();
  await expect(page.locator('.notice')).toContainText('Los dos registros son ahora uno.');
  await page.goto('/patients');
  await page.locator('#text').fill(family.patient.name);
  await expect(page.locator('#patients-status')).toHaveText('1 paciente');
});

test('two clerks edit one record: the second sees what the first wrote', async ({ hospital, person }) => {
  const family = inventFamily(0);
  const first = await clerk(hospital, person);
  await register(first, family);
  const address = first.url();
  const second = await clerk(hospital, person);
  await second.goto(`${address}/edit`);
  await first.goto(`${address}/edit`);
  await first.locator('#email').fill('primera@correo.example');
  await first.locator('.form-end button[type=submit]').click();
  await expect(first.locator('.facts')).toContainText('primera@correo.example');

  await second.locator('#email').fill('segunda@correo.example');
  await second.locator('.form-end button[type=submit]').click();
  await expect(second.locator('#email-error')).toHaveText('Correo electrónico: ahora dice «primera@correo.example».');
  await expect(second.locator('#email')).toHaveValue('segunda@correo.example');
  await eachWidth(second);
  await second.locator('.form-end button[type=submit]').click();
  await expect(second.locator('.facts')).toContainText('segunda@correo.example');
});

for (const language of ['es', 'en', 'pt']) {
  test(`every page at every width, in ${language}`, async ({ hospital, person }) => {
    test.setTimeout(120_000);
    const family = inventFamily(2);
    const page = await clerk(hospital, person);
    await register(page, family);
    await addRelative(page, family);
    const address = new URL(page.url()).pathname;
    await page.locator('.who button').click();
    await signIn(page, hospital.hire('clerk', language));
    for (const path of ['/patients', '/patients/new', address, `${address}/edit`, `${address}/relatives/new`, `${address}/merger`]) {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await eachWidth(page);
    }
    await page.goto(address);
    await page.locator('.relatives a').click();
    await page.locator('details > summary').click();
    await eachWidth(page);
    await page.goto('/patients/new');
    await page.locator('.form-end button[type=submit]').click();
    await expect(page.locator('.field-error')).toHaveCount(2);
    await eachWidth(page);
  });
}

/**
 * @param {import('./harness/server.js').Hospital} hospital
 * @param {import('./harness/fixtures.js').Person} person
 * @param {import('@playwright/test').BrowserContextOptions} [options]
 */
async function clerk(hospital, person, options) {
  const page = await person(options);
  await signIn(page, hospital.signIn('clerk'));
  return page;
}

/** @param {Page} page @param {import('./harness/staff.js').Family} family */
async function register(page, family) {
  await fillRecord(page, family);
  await expect(page.locator('.notice')).toContainText('El paciente quedó en el registro.');
}

/** @param {Page} page @param {import('./harness/staff.js').Family} family */
async function fillRecord(page, family) {
  await page.goto('/patients/new');
  await page.locator('#name').fill(family.patient.name);
  await page.locator('#born').fill(family.patient.born);
  await page.locator('#phone').fill(family.patient.phone);
  await page.locator('.form-end button[type=submit]').click();
}

/** @param {Page} page @param {import('./harness/staff.js').Family} family */
async function addRelative(page, family) {
  await fillRelative(page, family);
  await expect(page.locator('.relatives')).toContainText(family.relatives[0].name);
}

/** @param {Page} page @param {import('./harness/staff.js').Family} family */
async function fillRelative(page, family) {
  await page.locator('a[href$="/relatives/new"]').click();
  await page.locator('#name').fill(family.relatives[0].name);
  await page.locator('#relation').fill(family.relatives[0].relation);
  await page.locator('#phone').fill(family.relatives[0].phone);
  await page.locator('.form-end button.primary').click();
}

/** Nothing sideways, nothing axe complains of. @param {Page} page */
async function eachWidth(page) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** A number as people write it. @param {string} phone */
function spaced(phone) {
  return `${phone.slice(3, 5)} ${phone.slice(5, 9)} ${phone.slice(9)}`;
}
