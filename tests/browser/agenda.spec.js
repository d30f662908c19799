// The agenda, from the day to one visit and back: book, move, hand over, print, and keep it in a calendar.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { expectPrints } from './harness/paper.js';
import { keepSecret } from './harness/record.js';
import { addFamily, cardOf, inventFamily, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./harness/staff.js').Family} Family */

test('a clerk books from the agenda, moves the visit past another one, and hands it over', async ({ hospital, person }) => {
  test.setTimeout(90_000);
  const [family, other] = [inventFamily(1), inventFamily(1)];
  const day = inDays(16); // A week of its own.
  const page = await person();
  await signIn(page, hospital.signIn('clerk'));
  await page.getByRole('link', { name: 'Agenda' }).click();
  await page.locator('#day').fill(day);
  await page.getByRole('button', { name: 'Mostrar' }).click();
  await expect(page.getByText('No hay visitas este día.')).toBeVisible();
  await page.getByRole('link', { name: 'Abrir una visita este día' }).click();
  await expect(page.locator('#date'), 'the form knows the day').toHaveValue(day);
  await book(page, family, '10:00');
  await page.goto(`/visits/new?day=${day}`);
  await book(page, other, '12:00');

  await page.goto(`/agenda?day=${day}`);
  const rows = page.locator('.planned');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(family.reason);
  await rows.first().getByRole('link', { name: family.patient.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(family.patient.name);
  await expect(page.locator('.told')).toContainText('programó la visita.');

  await page.getByRole('link', { name: 'Cambiar de hora' }).click();
  await expect(page.locator('#time')).toHaveValue('10:00');
  await page.locator('#time').fill('12:15');
  await page.locator('#minutes').fill('45');
  await page.getByRole('button', { name: 'Cambiar la hora' }).click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator('.moving-overlaps')).toContainText(other.patient.name);
  await expect(page.locator('#time'), 'nothing typed is lost').toHaveValue('12:15');
  await page.locator('#accept').check();
  await page.getByRole('button', { name: 'Cambiar la hora' }).click();
  await expect(page.locator('.notice')).toContainText('La visita cambió de hora.');
  await expect(page.locator('.about-facts')).toContainText('de 12:15 a 13:00');

  await page.getByRole('link', { name: 'Pasar a otro médico' }).click();
  const doctor = await page.locator('#doctor option').nth(1).innerText();
  await page.locator('#doctor').selectOption({ label: doctor });
  await page.getByRole('button', { name: 'Pasar la visita' }).click();
  await expect(page.locator('.notice')).toContainText('tablero de quien la recibe');
  await expect(page.locator('.about-facts')).toContainText(doctor);

  await page.getByRole('link', { name: 'Invitar a alguien más' }).click();
  await expect(page.locator('#invite')).toHaveText('No hay nadie más registrado en esta familia.');
  await page.getByRole('link', { name: 'Registrar a un familiar' }).click();
  const cousin = inventFamily(1).relatives[0];
  await page.locator('#name').fill(cousin.name);
  await page.locator('#relation').fill(cousin.relation);
  await page.locator('#phone').fill(cousin.phone);
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('checkbox', { name: cousin.name }).uncheck();
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await page.getByRole('checkbox', { name: cousin.name }).check();
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.locator('.notice')).toContainText('Se invitó a esas personas.');
  await expect(page.locator('.about-seats')).toContainText(cousin.name);

  await page.goto(`/agenda?day=${day}&view=week`);
  await expect(page.locator('.column')).toHaveCount(7);
  await expect(page.locator('.block')).toHaveCount(2);
  await page.getByRole('link', { name: 'Semana siguiente' }).click();
  await expect(page.locator('.block')).toHaveCount(0);
});

test('a card on the board leads to its visit, which can be called off there', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/visits/new');
  await page.locator('input[name=service][value=medical_report]').check();
  await addFamily(page, family);
  await page.locator('.form-end button[type=submit]').click();
  await page.goto('/board');
  await cardOf(page, family).getByRole('link', { name: family.patient.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(family.patient.name);
  await page.locator('details.asks > summary').click();
  await page.getByRole('button', { name: 'Sí, cancelarla' }).click();
  await expect(page.locator('.notice')).toContainText('La visita está cancelada.');
  await expect(page.locator('.page-head .phase')).toHaveText('Cancelada');
  await expect(page.locator('.about-acts')).not.toContainText('Cambiar de hora');
});

test('the sheet of a day prints without its way back', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.getByRole('link', { name: 'Agenda' }).click();
  for (const name of await page.locator('.planned h2').allInnerTexts()) keepSecret('person', name);
  await page.getByRole('link', { name: 'Hoja del día' }).click();
  await expect(page.locator('.sheet-rows > li').first()).toBeVisible();
  await expectPrints(page);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  const colours = await page.evaluate(() => [document.documentElement, document.body].map((part) => getComputedStyle(part).backgroundColor));
  for (const colour of colours) expect(['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'], 'no grey on paper').toContain(colour);
});

test('a private calendar address is shown once and ends when its owner says so', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/profile/calendar');
  await page.getByRole('button', { name: 'Crear una dirección' }).click();
  const address = await page.locator('#address').inputValue();
  keepSecret('token', address.split('/').at(-1)?.replace('.ics', '') ?? '');
  const program = await fetch(address);
  expect(program.headers.get('content-type')).toContain('text/calendar');
  expect(await program.text()).toContain('SUMMARY:Videollamada');
  await page.goto('/profile/calendar');
  await expect(page.locator('#address')).toHaveCount(0);
  await page.getByRole('button', { name: 'Quitarla' }).click();
  await expect(page.locator('.notice')).toContainText('La dirección ya no sirve.');
  expect((await fetch(address)).status).toBe(404);
});

test('day, week, visit, moving, handing over, inviting and sheet are accessible, wide and narrow, in three languages', async ({ hospital, person }) => {
  test.setTimeout(240_000);
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  for (const language of ['en', 'pt', 'es']) {
    await page.goto('/profile');
    await page.locator('#language').selectOption(language);
    await page.locator('form[action="/profile"] button[type=submit]').click();
    await page.goto('/agenda');
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const open = page.locator('.planned[data-state=scheduled] h2 a').first();
    const visit = (await open.getAttribute('href')) ?? '';
    const paths = ['/agenda', '/agenda?view=week', `/agenda?day=${inDays(400)}`, '/agenda/sheet', visit, `${visit}/appointment`, `${visit}/doctor`, `${visit}/people`, '/profile/calendar'];
    for (const path of paths) {
      await page.goto(path);
      await atEveryWidth(page);
    }
  }
});

test('the day is reached and left by keyboard alone', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/agenda');
  const tabTo = async (/** @type {import('@playwright/test').Locator} */ target) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error('the keyboard does not reach it');
  };
  await tabTo(page.getByRole('link', { name: 'Día siguiente' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`day=${inDays(1)}`));
  await page.goto('/agenda');
  const first = page.locator('.planned h2 a').first();
  const name = await first.innerText();
  keepSecret('person', name);
  await tabTo(first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

/**
 * Fills the form that knows its day already: a new family, the first doctor, this time.
 * @param {Page} page
 * @param {Family} family
 * @param {string} time
 */
async function book(page, family, time) {
  await page.locator('input[name=service][value=home_consultation]').check();
  await addFamily(page, family);
  await page.locator('#doctor').selectOption({ index: 1 });
  await page.locator('#reason').fill(family.reason);
  await page.locator('#time').fill(time);
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
}

/** A day from today on in Mexico City. @param {number} days */
function inDays(days) {
  const then = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City', dateStyle: 'short' }).format(then);
}

/** @param {Page} page */
async function atEveryWidth(page) {
  for (const [width, height] of [[1280, 800], [360, 740], [320, 640]]) {
    await page.setViewportSize({ width, height });
    if (width > 320) await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `nothing sideways at ${width} px`).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
