// What messages say, worded by an admin with a count that follows every letter; a late start in one tap; and waiting elsewhere
// until a message comes.

import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { enterCall, enterLobby, expectAdmitted, expectWaiting } from './harness/pages.js';
import { admit, cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

const COME = '/settings/texts/come_now/es';

for (const language of ['es', 'en', 'pt']) {
  test(`texts and a late start at every width, in ${language}`, async ({ hospital, person }) => {
    const page = await person();
    await signIn(page, hospital.hire('admin', language));
    for (const path of ['/settings/texts', '/settings/texts/booked/pt', '/settings']) {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await onBoth(page, expectAccessible);
    }
    const clerk = await person();
    await signIn(clerk, hospital.hire('clerk', language));
    const menu = clerk.locator('li.visit details[data-act=run_late]:not([hidden])').first();
    await menu.locator('summary').click();
    await onBoth(clerk, expectAccessible);
    await menu.locator('button[value="10"]').click();
    await expect(clerk.locator('.visit-late:not([hidden])').first()).toContainText(/\d\d:\d\d/);
    await expect(clerk.locator('[aria-busy]')).toHaveCount(0);
    await onBoth(clerk, expectAccessible);
  });
}

test('an own text is counted letter by letter, kept, and given back', async ({ hospital, person }) => {
  const page = await person();
  await signIn(page, hospital.signIn('admin'));
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Textos' }).click();
  await page.locator(`a[href="${COME}"]`).click();
  const [field, count, trouble] = ['#text', '#count', '#trouble'].map((id) => page.locator(id));
  await expect(count).toContainText(/Ocupa hasta \d+ de 160 letras/);
  await field.fill('{hospital}: su turno llegó. {link}');
  await expect(page.locator('#example')).toContainText('Hospital San Telmo: su turno llego. http');
  await field.fill(`{hospital}: ${'a'.repeat(150)} {link}`);
  await expect(trouble).toContainText(/Es demasiado largo: quite \d+ letras/);
  await field.fill('{hospital}: su turno llegó {hora}. {link}');
  await expect(trouble).toContainText('No existe el dato {hora}.');
  await expect(page.locator('#example')).toBeHidden();
  await page.getByRole('button', { name: 'Guardar texto' }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator('#error-summary')).toBeFocused();
  await onBoth(page, expectAccessible);
  await expect(field).toHaveValue('{hospital}: su turno llegó {hora}. {link}');
  await field.fill('{hospital}: su turno llegó. {link}');
  await expect(trouble).toHaveText('');
  await page.getByRole('button', { name: 'Guardar texto' }).click();
  await expect(page.locator('.notice')).toContainText('El texto está guardado.');
  await page.locator(`a[href="${COME}"]`).click();
  await onBoth(page, expectAccessible);
  await page.getByRole('button', { name: 'Volver a nuestro texto' }).click();
  await expect(page.locator('.notice')).toContainText('otra vez nuestro texto');
});

test('without scripts the server counts after a press', async ({ hospital, person }) => {
  const page = await person({ javaScriptEnabled: false });
  await signIn(page, hospital.signIn('admin'));
  await page.goto(COME);
  await page.locator('#text').fill('{hospital}: adelante. {link}');
  await page.getByRole('button', { name: 'Ver ejemplo' }).click();
  await expect(page.locator('#example')).toContainText('Hospital San Telmo: adelante. http');
  await expect(page.locator('#count')).toContainText('de 160 letras');
  await expect(page.locator('#text')).toHaveValue('{hospital}: adelante. {link}');
});

test('a late start is said in the lobby at once, and whoever put the phone away is called in', async ({ hospital, person }) => {
  test.setTimeout(120_000);
  const family = inventFamily(2);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const links = [await linkFor(doctor, family.relatives[0]), await linkFor(doctor, family.relatives[1])];
  const [rosa, julian] = [await person(), await person()];
  await enterLobby(rosa, links[0]);
  await enterLobby(julian, links[1]);
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, family.relatives[0]));

  await card.locator('details[data-act=run_late] > summary').click();
  await card.locator('button[data-act=run_late][value="20"]').click();
  await expect(card.locator('[data-slot=late]')).toContainText(/Se avisó: empieza hacia las \d\d:\d[05]/);
  for (const page of [rosa, julian]) {
    await expect(page.locator('#status')).toContainText(/Hay retraso: hacia las .* empezará la visita\./);
    await page.getByRole('button', { name: 'Avísenme por mensaje' }).click();
    await expect(page.locator('#text-me-said')).toContainText('Ya puede guardar el teléfono.');
    await expect(page.getByRole('button', { name: 'Ya no hace falta' })).toBeFocused();
    await expectWaiting(page);
    await onBoth(page, expectAccessibleToPatients);
  }
  await julian.getByRole('button', { name: 'Ya no hace falta' }).click();
  await expect(julian.getByRole('button', { name: 'Avísenme por mensaje' })).toBeVisible();

  await start(card);
  const calling = cardOf(doctor, family);
  await admit(seatOf(calling, family.relatives[0]));
  await admit(seatOf(calling, family.relatives[1]));
  await expectAdmitted(rosa);
  // After twenty seconds without her, the message goes out.
  const called = doctor.locator('li.sent-message').filter({ hasText: 'ya puede pasar' });
  await expect(async () => {
    await doctor.goto('/messages');
    await expect(called).toHaveCount(1, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(called).toContainText(family.relatives[0].name);
  await enterCall(rosa);
});

/**
 * Wide and narrow, neither of which scrolls sideways.
 * @param {Page} page
 * @param {(page: Page) => Promise<void>} look
 */
async function onBoth(page, look) {
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await look(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}
