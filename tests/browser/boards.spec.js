// One clerk and three doctors whose boards are open: what the clerk books, moves and calls off comes and goes by itself, on
// the board of the doctor it concerns and on no other.

import { expect, test } from './harness/fixtures.js';
import { inventColleague } from './harness/people.js';
import { addFamily, cardOf, inventFamily, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./harness/staff.js').Family} Family */

test('three boards follow one clerk, and each sees its own visits only', async ({ hospital, person }) => {
  const [here, soon, later] = await Promise.all([0, 1, 2].map(async () => {
    const colleague = inventColleague('doctor');
    const page = await person();
    await signIn(page, hospital.employ(colleague));
    await expect(page).toHaveURL(/\/board$/);
    await expect(page.locator('#connection')).toBeHidden();
    await page.evaluate(watchCards);
    return { page, name: colleague.name, family: inventFamily(1) };
  }));
  const doctors = [here, soon, later];
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));

  // Now, later today, and on another day.
  const first = await book(clerk, here, undefined);
  await expect(cardOf(here.page, here.family)).toHaveAttribute('data-phase', 'scheduled');
  const second = await book(clerk, soon, inMinutes(20));
  await expect(cardOf(soon.page, soon.family)).toHaveAttribute('data-phase', 'scheduled');
  const third = await book(clerk, later, [inMinutes(8 * 24 * 60)[0], '10:00']);

  await move(clerk, third, inMinutes(25));
  await expect(cardOf(later.page, later.family), 'moved to today').toBeVisible();
  await move(clerk, second, [inMinutes(9 * 24 * 60)[0], '10:00']);
  await expect(cardOf(soon.page, soon.family), 'moved to another day').toHaveCount(0);
  await cancel(clerk, first);
  const called = cardOf(here.page, here.family);
  await expect(called).toHaveAttribute('data-phase', 'cancelled');
  await expect(here.page.locator('#open').locator(called), 'it is among those that are over').toHaveCount(0);

  for (const { page, family } of doctors) {
    const seen = await page.evaluate(() => Reflect.get(window, 'seenPatients'));
    expect(seen, 'by this page since it was opened, without a reload').toEqual([family.patient.name]);
  }
});

/** Runs in the page: keeps whose cards were ever on it. */
function watchCards() {
  /** @type {string[]} */
  const seen = [];
  Reflect.set(window, 'seenPatients', seen);
  const note = () => {
    for (const title of document.querySelectorAll('li.visit h3')) {
      const name = title.textContent?.trim() ?? '';
      if (!seen.includes(name)) seen.push(name);
    }
  };
  note();
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
}

/**
 * The address of the visit that the clerk books for this doctor, at once or at a date and time.
 * @param {Page} clerk
 * @param {{ name: string, family: Family }} doctor
 * @param {string[] | undefined} when
 */
async function book(clerk, { name, family }, when) {
  await clerk.goto('/visits/new');
  await clerk.locator('input[name=service][value=home_consultation]').check();
  await addFamily(clerk, family);
  await clerk.locator('#doctor').selectOption({ label: name });
  await clerk.locator(`input[name=when][value=${when ? 'scheduled' : 'now'}]`).check();
  if (when) await setTime(clerk, when);
  await clerk.locator('.form-end button[type=submit]').click();
  await expect(clerk.locator('.notice')).toContainText(when ? 'La visita está programada.' : 'La visita está abierta.');
  if (!when) await cardOf(clerk, family).getByRole('link', { name: family.patient.name }).click();
  await expect(clerk).toHaveURL(/\/consultations\/[^/]+$/);
  return clerk.url();
}

/** @param {Page} clerk @param {string} visit @param {string[]} when */
async function move(clerk, visit, when) {
  await clerk.goto(`${visit}/appointment`);
  await setTime(clerk, when);
  await clerk.getByRole('button', { name: 'Cambiar la hora' }).click();
  await expect(clerk.locator('.notice')).toContainText('La visita cambió de hora.');
}

/** @param {Page} clerk @param {string} visit */
async function cancel(clerk, visit) {
  await clerk.goto(visit);
  await clerk.locator('details.asks > summary').click();
  await clerk.getByRole('button', { name: 'Sí, cancelarla' }).click();
  await expect(clerk.locator('.notice')).toContainText('La visita está cancelada.');
}

/** @param {Page} clerk @param {string[]} when */
async function setTime(clerk, [date, time]) {
  await clerk.locator('#date').fill(date ?? '');
  await clerk.locator('#time').fill(time ?? '');
}

/** Date and time of the hospital's clock. @param {number} minutes from now */
function inMinutes(minutes) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City', dateStyle: 'short', timeStyle: 'short' });
  return format.format(Date.now() + minutes * 60_000).split(' ');
}
