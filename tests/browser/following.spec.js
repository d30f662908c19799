// Pages that follow what others do: an open agenda, and pages whose reader is no longer let in.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { addFamily, inventFamily, signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./harness/staff.js').Family} Family */

test('an open agenda follows a doctor and a clerk, and keeps focus and place', async ({ hospital, person }) => {
  test.setTimeout(120_000);
  const [first, second, third] = [inventFamily(1), inventFamily(1), inventFamily(1)];
  const day = inDays(23);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await book(doctor, first, day, '10:00');
  await doctor.goto(`/agenda?day=${day}`);
  const rows = doctor.locator('.planned');
  await expect(rows).toHaveCount(1);
  // Low enough that the page can be scrolled.
  await doctor.setViewportSize({ width: 1280, height: 200 });
  const link = doctor.getByRole('link', { name: first.patient.name });
  await link.focus();
  await doctor.evaluate(() => document.querySelector('.planned')?.scrollIntoView());
  await expect.poll(() => doctor.evaluate(() => scrollY)).toBeGreaterThan(0);
  const top = await rows.first().evaluate((row) => row.getBoundingClientRect().top);

  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  await clerk.goto(`/agenda?view=week&day=${day}`);
  await expect(clerk.locator('.block')).toHaveCount(1);
  const booking = await person();
  await signIn(booking, hospital.signIn('clerk'));
  const name = await doctor.locator('.me').innerText();
  await book(booking, second, day, '08:00', name);

  await expect(rows, 'nobody reloaded it').toHaveCount(2);
  await expect(doctor.locator('#announcements')).toHaveText(`Visita nueva: ${second.patient.name}, 08:00.`);
  await expect(link).toBeFocused();
  const now = await rows.filter({ hasText: first.patient.name }).evaluate((row) => row.getBoundingClientRect().top);
  expect(Math.abs(now - top), 'it came above, and what is read stays where it is').toBeLessThan(2);
  await expect(clerk.locator('.block')).toHaveCount(2);
  await doctor.setViewportSize({ width: 1280, height: 800 });

  // The clerk calls the first one off, while the doctor looks at it.
  await booking.goto(`/agenda?day=${day}`);
  await booking.getByRole('link', { name: first.patient.name }).click();
  await booking.locator('details.asks > summary').click();
  await booking.getByRole('button', { name: 'Sí, cancelarla' }).click();
  await expect(rows.filter({ hasText: first.patient.name })).toHaveAttribute('data-state', 'cancelled');
  await expect(doctor.locator('#announcements')).toContainText('Cancelada');
  await expect(link, 'the row was replaced under the focus').toBeFocused();
  await expect(clerk.locator('.block[data-state=cancelled]')).toHaveCount(1);

  // Moved to another day, by the doctor's own second window: it goes here, and leaves the focus on the page.
  await book(booking, third, day, '12:00', name);
  await expect(rows).toHaveCount(3);
  await doctor.getByRole('link', { name: third.patient.name }).focus();
  await booking.goto(`/agenda?day=${day}`);
  await booking.getByRole('link', { name: third.patient.name }).click();
  await booking.getByRole('link', { name: 'Cambiar de hora' }).click();
  await booking.locator('#date').fill(inDays(37));
  await booking.getByRole('button', { name: 'Cambiar la hora' }).click();
  await expect(booking.locator('.notice'), 'a page that is read in the background takes no notice away').toContainText('La visita cambió de hora.');
  await expect(rows).toHaveCount(2);
  await expect(doctor.locator('#announcements')).toContainText(`Ya no está aquí: ${third.patient.name}, 12:00.`);
  expect(await doctor.evaluate(() => document.activeElement?.id)).toBe('main');
  await look(doctor, 'agenda-live');
  await look(clerk, 'agenda-week-live');
});

test('where WebSockets are blocked the agenda asks, and without scripts it says how old it is', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(1);
  const day = inDays(44);
  const page = await person();
  await page.routeWebSocket(/agenda\/socket/, (socket) => socket.close());
  await signIn(page, hospital.signIn('doctor'));
  const asked = page.waitForResponse((answer) => answer.url().includes('/agenda/state'));
  await page.goto(`/agenda?day=${day}`);
  await expect(page.getByText('No hay visitas este día.')).toBeVisible();
  const other = await person();
  await signIn(other, hospital.signIn('doctor'));
  await book(other, family, day, '09:00');
  expect((await asked).ok()).toBe(true);
  await expect(page.locator('.planned'), 'the empty day became a list').toHaveCount(1, { timeout: 45_000 });

  const plain = await person({ javaScriptEnabled: false });
  await signIn(plain, hospital.signIn('doctor'));
  await plain.goto(`/agenda?day=${day}`);
  await expect(plain.getByText(/Se leyó a las \d\d:\d\d\./)).toBeVisible();
  await plain.getByRole('link', { name: 'Leer de nuevo' }).click();
  await expect(plain.locator('.planned')).toHaveCount(1);
  if (process.env.SHOTS) await plain.screenshot({ path: `${process.env.SHOTS}/agenda-plain.png` });
});

test('whose session is over is led back in, on the agenda and on the board', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  for (const path of ['/agenda', '/board']) {
    await page.goto(path);
    await expect(page.locator('#connection-door')).toBeHidden();
    const other = await page.context().newPage();
    await other.goto('/profile');
    await other.getByRole('button', { name: 'Salir' }).click();
    await expect(page.locator('#connection')).toContainText('Entre de nuevo para continuar.');
    const door = page.getByRole('link', { name: 'Entrar de nuevo' });
    await expect(door).toBeVisible();
    await look(page, `denied-${path.slice(1)}`);
    await door.click();
    await expect(page.locator('#email')).toBeVisible();
    await signIn(page, hospital.signIn('doctor'));
  }
});

test('who is refused a page reads it in their own words', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  for (const [path, title] of [['/patients', 'Su cuenta no incluye esta página'], ['/nowhere', 'No encontramos esto']]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await look(page, `refused-${path.slice(1)}`);
    await page.getByRole('link', { name: 'Ir a mi página de inicio' }).click();
    await expect(page).toHaveURL(/\/board$/);
  }
});

/**
 * @param {Page} page
 * @param {Family} family
 * @param {string} day
 * @param {string} time
 * @param {string} [doctor] for who may choose
 */
async function book(page, family, day, time, doctor) {
  await page.goto(`/visits/new?day=${day}`);
  await page.locator('input[name=service][value=home_consultation]').check();
  await addFamily(page, family);
  if (doctor) await page.locator('#doctor').selectOption({ label: doctor });
  await page.locator('#time').fill(time);
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
}

/** A day from today on in Mexico City. @param {number} days */
function inDays(days) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(Date.now() + days * 86_400_000);
}

/**
 * On a desk and on a phone: nothing for axe to find, nothing sideways.
 * @param {Page} page
 * @param {string} name
 */
async function look(page, name) {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
