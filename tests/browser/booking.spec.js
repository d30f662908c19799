// A visit is booked with the keyboard alone, and what else there is at that time is shown before anything is saved.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { enterLobby } from './harness/pages.js';
import { addFamily, bookAllTheSame, cardOf, inventFamily, linkFor, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

test('a clerk books with the keyboard only, over a visit they have seen', async ({ hospital, person }) => {
  const family = inventFamily(2);
  const page = await person();
  await signIn(page, hospital.signIn('clerk'));
  const when = inDays(3);
  await bookWithMouse(page, family, when);

  await page.goto('/visits/new');
  await reach(page, 'input[name=service]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[name=service][value=medical_report]')).toBeChecked();
  await reach(page, '#patient_search');
  await page.keyboard.type(family.patient.name);
  await expect(page.locator('#found button')).toHaveCount(1);
  await reach(page, '#found button');
  await page.keyboard.press('Enter');
  await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
  await expect(page.locator('#invite input:focus')).toHaveCount(1);
  await reach(page, '#invite label:last-child input');
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: family.relatives[1].name })).toBeChecked();
  await reach(page, '#doctor');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#doctor')).not.toHaveValue('');
  await reach(page, 'input[name=when]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[name=when][value=scheduled]')).toBeChecked();
  await reach(page, '#date');
  // The order of the parts is that of the browser's own language, which is English here.
  await page.keyboard.type(when.slice(5, 7) + when.slice(8, 10) + when.slice(0, 4));
  await expect(page.locator('#date')).toHaveValue(when);
  await reach(page, '#time');
  await page.keyboard.type('1010AM');
  await expect(page.locator('#time')).toHaveValue('10:10');

  const box = page.locator('#overlaps fieldset');
  await expect(box, 'as soon as the time is chosen').toContainText('10:00–10:30');
  await expect(page.locator('#form-status')).toContainText('Otras visitas a la misma hora');
  await look(page);

  await reach(page, '.form-end button[type=submit]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await look(page);
  await reach(page, '#error-summary a[href="#overlaps"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('#overlaps')).toBeFocused();
  await expect(page.locator('#overlaps legend')).toBeInViewport();
  await reach(page, '#accept');
  await page.keyboard.press('Space');
  await expect(page.locator('#accept')).toBeChecked();
  await reach(page, '.form-end button[type=submit]');
  await page.keyboard.press('Enter');
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
});

test('a visit is repeated week after week, and each date is shown', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/visits/new');
  await addFamily(page, family);
  await page.locator('input[name=when][value=scheduled]').check();
  await page.locator('#date').fill(inDays(40));
  await page.locator('#time').fill('07:15');
  await page.locator('#minutes').fill('45');
  await page.locator('#weeks').selectOption('4');
  await expect(page.locator('#overlaps .dates > li')).toHaveCount(4);
  await expect(page.locator('#overlaps')).toContainText('libre');
  await expect(page.locator('#accept')).toHaveCount(0);
  await look(page);
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('Se programaron 4 visitas.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(family.patient.name);
  const series = page.getByRole('region', { name: '4 visitas semanales' });
  await expect(series.getByRole('listitem').first()).toContainText('07:15 esta visita');
  await look(page);
  await series.getByRole('link').last().click();
  await expect(series.getByRole('listitem').last()).toContainText('esta visita');
});

test('without scripts the box is there too', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const scripted = await person();
  await signIn(scripted, hospital.signIn('doctor'));
  const when = inDays(5);
  await bookWithMouse(scripted, family, when);
  const page = await person({ javaScriptEnabled: false });
  await signIn(page, hospital.signIn('doctor'));
  await page.goto(`/visits/new?at=${when}T16:00:00Z`);
  await page.locator('#patient_search').fill(family.patient.name);
  await page.locator('button[name=look]').click();
  await page.locator('#found button').first().click();
  await expect(page.locator('#overlaps')).toContainText('10:00–10:30');
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('#error-summary')).toContainText('Hay otras visitas a esa hora.');
  await page.locator('#accept').check();
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
});

test('of an hour that occurs twice, one is chosen before anything is saved', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/visits/new');
  const save = page.locator('.form-end button[type=submit]');
  await expect(save).toHaveText('Abrir ahora', { useInnerText: true });
  await addFamily(page, family);
  await page.locator('input[name=when][value=scheduled]').check();
  await expect(save).toHaveText('Programar la visita', { useInnerText: true });
  await page.locator('#zone').selectOption('America/Tijuana');
  const night = clocksGoBack();
  await page.locator('#date').fill(night);
  await page.locator('#time').fill('01:30');
  const box = page.locator('#reading');
  await expect(box, 'as soon as the time is chosen').toContainText('UTC−07:00');
  await expect(page.locator('#form-status')).toContainText('ocurren dos veces');
  await expect(box.locator('input:checked')).toHaveCount(0);
  await look(page);
  await save.click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#time')).toHaveValue('01:30');
  await look(page);
  await page.locator('#error-summary a').click();
  await expect(box).toBeFocused();
  await box.getByRole('radio', { name: /La segunda/ }).check();
  await save.click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');

  await page.goto(`/agenda?day=${night}`);
  await page.locator('.planned h2 a').first().click();
  await expect(page.locator('.about-facts')).toContainText('01:30, hora de Tijuana (UTC−08:00)');
  await page.getByRole('link', { name: 'Cambiar de hora' }).click();
  await expect(box.getByRole('radio', { name: /La segunda/ })).toBeChecked();
  await look(page);
});

test('without scripts the two hours are offered, too', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const scripted = await person();
  await signIn(scripted, hospital.signIn('doctor'));
  await bookWithMouse(scripted, family, inDays(6));
  const page = await person({ javaScriptEnabled: false });
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/visits/new');
  await page.locator('#patient_search').fill(family.patient.name);
  await page.locator('button[name=look]').click();
  await page.locator('#found button').first().click();
  await page.locator('input[name=when][value=scheduled]').check();
  await page.locator('#zone').selectOption('America/Ciudad_Juarez');
  await page.locator('#date').fill(clocksGoBack());
  await page.locator('#time').fill('01:10');
  const save = page.locator('.form-end button[type=submit]');
  await expect(save).toHaveText('Programar la visita', { useInnerText: true });
  await save.click();
  await expect(page.locator('#error-summary')).toContainText('Esa hora ocurre dos veces.');
  await page.locator('#reading').getByRole('radio', { name: /La primera.*UTC−06:00/ }).check();
  await save.click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
});

test('a family that waits sees the new time at once, and keeps its place', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await doctor.goto('/visits/new');
  await addFamily(doctor, family);
  await doctor.locator('input[name=when][value=scheduled]').check();
  const [day, time] = inMinutes(8);
  await doctor.locator('#date').fill(day);
  await doctor.locator('#time').fill(time);
  await bookAllTheSame(doctor);
  const rosa = await person();
  await enterLobby(rosa, await linkFor(doctor, family.relatives[0]));
  await expect(rosa.getByText('Llegó temprano.')).toBeVisible();
  await doctor.goto('/board');
  const id = await cardOf(doctor, family).getAttribute('data-consultation');

  await doctor.goto(`/consultations/${id}/appointment`);
  const later = inDays(9);
  await doctor.locator('#date').fill(later);
  await doctor.locator('#time').fill('13:45');
  await doctor.locator('main form button[type=submit]').last().click();
  await expect(rosa.getByText('Cambió la hora de su visita.')).toBeVisible();
  const moment = rosa.locator('#lobby time');
  await expect(moment).toContainText('1:45');
  await expect(moment).toContainText(`${Number(later.slice(8))} de`);
  await doctor.goto('/board');
  await expect(cardOf(doctor, family), 'it is of another day').toHaveCount(0);
});

/**
 * Tabs until the focus is on it: what the keyboard cannot reach fails here.
 * @param {Page} page
 * @param {string} selector
 */
async function reach(page, selector) {
  const isThere = () => page.evaluate((wanted) => Boolean(document.activeElement?.matches(wanted)), selector);
  for (let presses = 0; presses < 80; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/**
 * A visit at ten that day, with the first doctor.
 * @param {Page} page
 * @param {import('./harness/staff.js').Family} family
 * @param {string} day
 */
async function bookWithMouse(page, family, day) {
  await page.goto('/visits/new');
  await addFamily(page, family);
  const doctor = page.locator('#doctor');
  if (await doctor.count()) await doctor.selectOption({ index: 1 });
  await page.locator('input[name=when][value=scheduled]').check();
  await page.locator('#date').fill(day);
  await page.locator('#time').fill('10:00');
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
}

/** @param {number} days from now, in the hospital's zone */
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

/**
 * Date and time of the hospital's clock.
 * @param {number} minutes from now
 */
function inMinutes(minutes) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City', dateStyle: 'short', timeStyle: 'short' });
  return format.format(Date.now() + minutes * 60_000).split(' ');
}

/**
 * On a desk and on a phone: nothing for axe to find, nothing sideways.
 * @param {Page} page
 */
async function look(page) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/booking-${Date.now()}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
