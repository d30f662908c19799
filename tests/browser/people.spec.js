// An admin adds people, hands each a link that works once, and closes the door again; everybody keeps a profile of their own.

import { expectAccessible } from './harness/axe.js';
import { expectChoicesFit } from './harness/choices.js';
import { expect, test } from './harness/fixtures.js';
import { add, choosePassword, describe, inventColleague, shownLink } from './harness/people.js';
import { tokenOf } from './harness/server.js';
import { signIn } from './harness/staff.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./harness/server.js').Hospital} Hospital
 * @typedef {import('./harness/fixtures.js').Person} Person
 */

const COMMON = 'contraseña-contraseña';

test('an admin adds a doctor and a clerk, each with one service and a password of their own', async ({ hospital, person }) => {
  test.setTimeout(90_000);
  const admin = await openStaff(hospital, person);
  for (const [role, service] of /** @type {const} */ ([['doctor', 'medical_report'], ['clerk', 'tele_visit']])) {
    const newcomer = inventColleague(role);
    const link = await addWith(admin, newcomer, service);
    const own = await person();
    await own.goto(link);
    await expect(own.locator('main')).toContainText(newcomer.name);
    await own.locator('#password').fill(COMMON);
    await own.locator('main button[type=submit]').click();
    await expect(own).toHaveTitle(/^Error: /);
    await expect(own.locator('#error-summary')).toBeFocused();
    await expect(own.locator('#password-error')).toBeVisible();
    await choosePassword(own);
    await expectAccessible(own);
    await own.goto('/visits/new');
    const offered = own.locator('input[name=service]');
    await expect(offered).toHaveCount(1);
    await expect(offered).toHaveValue(service);

    await own.goto(link);
    await expect(own.getByRole('heading', { level: 1 }), 'a link works once').toHaveText('Este enlace ya no sirve');
  }
});

test('a link is shown once: neither its page again nor the person\'s page has it', async ({ hospital, person }) => {
  const admin = await openStaff(hospital, person);
  const link = await addWith(admin, inventColleague('clerk'), 'tele_visit');
  await admin.getByRole('link', { name: 'Ver a esta persona' }).click();
  await expect(admin.locator('.account-state')).toHaveText('Sin contraseña aún');
  expect(await admin.content()).not.toContain(tokenOf(link));
  await admin.getByRole('button', { name: 'Crear un enlace de contraseña' }).click();
  expect(await shownLink(admin)).not.toBe(link);
  const late = await person();
  await late.goto(link);
  await expect(late.getByRole('heading', { level: 1 }), 'the new one ends the old one').toHaveText('Este enlace ya no sirve');
});

test('a doctor who loses access sees it on the open board at once', async ({ hospital, person }) => {
  const admin = await openStaff(hospital, person);
  const doctor = inventColleague('doctor');
  const link = await addWith(admin, doctor, 'medical_report');
  const own = await person();
  await own.goto(link);
  const live = new Promise((resolve) => own.on('websocket', (socket) => socket.on('framereceived', resolve)));
  await choosePassword(own);
  await live;
  await expect(own.locator('#connection')).toBeHidden();

  await admin.getByRole('link', { name: 'Ver a esta persona' }).click();
  await admin.locator('details.asking > summary').click();
  await admin.getByRole('button', { name: 'Sí, quitar el acceso' }).click();
  await expect(admin.locator('.notice')).toContainText('Ya no tiene acceso.');
  await expect(own.locator('#connection')).toContainText('Su sesión ya no está abierta aquí.');
  await expect(admin.locator('.account-state')).toHaveText('Sin acceso');
  await own.goto('/board');
  await expect(own).toHaveURL(/\/sign-in/);
});

test('a profile follows its owner\'s language, and asks for the present password', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('ward'));
  for (const [language, title] of [['en', 'My profile'], ['pt', 'Meu perfil'], ['es', 'Mi perfil']]) {
    await chooseLanguage(page, language ?? '');
    await expect(page.locator('h1')).toHaveText(title ?? '');
  }
  await page.locator('#present').fill('no-es-la-mía-de-hoy');
  await page.locator('#password').fill('duna-brasero-velero-84');
  await page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator('#present-error')).toContainText('No es su contraseña actual.');
  await page.locator('#error-summary a[href="#present"]').click();
  await expect(page.locator('#present')).toBeFocused();
  const again = await person();
  await signIn(again, hospital.signIn('ward'));
});

test('the pages about people are accessible, wide and narrow, in three languages', async ({ hospital, person }) => {
  test.setTimeout(240_000);
  const admin = await openStaff(hospital, person);
  await addWith(admin, inventColleague('doctor'), 'home_consultation');
  await admin.getByRole('link', { name: 'Ver a esta persona' }).click();
  const address = new URL(admin.url()).pathname;
  for (const language of ['en', 'pt', 'es']) {
    await chooseLanguage(admin, language);
    await atEveryWidth(admin);
    await admin.goto('/staff');
    await atEveryWidth(admin);
    await admin.goto('/staff/new');
    await atEveryWidth(admin);
    await admin.locator('.form-end button[type=submit]').click();
    await expect(admin).toHaveTitle(/^(Error|Erro): /);
    await atEveryWidth(admin);
    await admin.goto(address);
    await admin.locator('details.asking > summary').click();
    await atEveryWidth(admin);

    // The page behind the link speaks its owner's language.
    await admin.locator('#language').selectOption(language);
    await admin.locator('.form-end button[type=submit]').click();
    await admin.locator(`form[action="${address}/invitations"] button`).click();
    await admin.locator('details.code > summary').click();
    await atEveryWidth(admin);
    const own = await person();
    await own.goto(await shownLink(admin));
    await expect(own.locator('html')).toHaveAttribute('lang', language);
    await atEveryWidth(own);
    await own.locator('main button[type=submit]').click();
    await expect(own.locator('#password-error')).toBeVisible();
    await atEveryWidth(own);
  }
  const gone = await person();
  await gone.goto(`/welcome/${'a'.repeat(22)}`);
  await atEveryWidth(gone);
});

/** @param {Hospital} hospital @param {Person} person */
async function openStaff(hospital, person) {
  const admin = await person();
  await signIn(admin, hospital.signIn('admin'));
  await admin.goto('/staff');
  return admin;
}

/** Adds somebody with one service only; the link they are handed. @param {Page} admin @param {import('./harness/people.js').Newcomer} newcomer @param {string} service */
async function addWith(admin, newcomer, service) {
  await admin.goto('/staff');
  await admin.getByRole('link', { name: 'Agregar a alguien' }).click();
  await describe(admin, newcomer);
  for (const choice of await admin.locator('#services input:visible').all()) {
    await choice.setChecked((await choice.getAttribute('value')) === service);
  }
  return add(admin, newcomer);
}

/** @param {Page} page @param {string} language */
async function chooseLanguage(page, language) {
  await page.goto('/profile');
  await page.locator('#language').selectOption(language);
  await page.locator('form[action="/profile"] button[type=submit]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** @param {Page} page */
async function atEveryWidth(page) {
  await expectChoicesFit(page);
  for (const [width, height] of [[1280, 800], [360, 740], [320, 640]]) {
    await page.setViewportSize({ width, height });
    if (width > 320) await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
