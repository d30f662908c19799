// Messages that leave, with Twilio's place taken by a stub that is configured by environment variables only: followed live
// on the board and on the Messages page, as a clerk does.

import { expectAccessible } from './harness/axe.js';
import { lookEverywhere } from './harness/everywhere.js';
import { expect, test as base } from './harness/fixtures.js';
import { enterLobby } from './harness/pages.js';
import { expectPrints } from './harness/paper.js';
import { keepSecret } from './harness/record.js';
import { Hospital } from './harness/server.js';
import { addFamily, cardOf, inventFamily, newVisit, seatOf, signIn } from './harness/staff.js';
import { Twilio } from './harness/stubs.js';

/**
 * A hospital that sends through the stub, at most so many segments a day.
 * @param {string} limit
 */
function sending(limit) {
  /** @type {import('@playwright/test').Fixtures<{}, { twilio: Twilio, hospital: Hospital }, {}, {}>} */
  const fixtures = {
    twilio: [
      async ({}, use) => {
        const twilio = await Twilio.start();
        await use(twilio);
        twilio.stop();
      },
      { scope: 'worker' },
    ],
    hospital: [
      async ({ twilio }, use, worker) => {
        const settings = { ...twilio.environment(), ANTESALA_SMS_DAILY_LIMIT: limit };
        const hospital = new Hospital(`texts-${worker.workerIndex}`, settings);
        await hospital.open();
        await use(hospital);
        await hospital.close();
      },
      { scope: 'worker', timeout: 60_000 },
    ],
  };
  return base.extend(fixtures);
}

const test = sending('0');
const testWithLittleLeft = sending('1');

const REPORT = /** @type {const} */ ({ service: 'medical_report', admission: 'when_started', doctor: 'Dr. Andrés Villaseñor Luna' });

/** @param {import('@playwright/test').Page} page */
const doctorOf = (page) => page.locator('#doctor option[value]:not([value=""])').first();

/**
 * A visit of a new family with one relative, now.
 * @param {import('@playwright/test').Page} clerk
 * @param {import('./harness/staff.js').Family} family
 */
async function openReport(clerk, family) {
  await clerk.goto('/visits/new');
  const doctor = await doctorOf(clerk).textContent();
  await newVisit(clerk, family, { ...REPORT, doctor: doctor?.trim() ?? '' });
  await clerk.goto('/visits');
  return seatOf(cardOf(clerk, family), family.relatives[0]);
}

test('a message is followed live on the board: sent, delivered, and what was answered', async ({ hospital, person, twilio }) => {
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  await twilio.plan(rosa.phone, 'sent');
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  const seat = await openReport(clerk, family);
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText('mensaje enviado');
  await twilio.report(rosa.phone, 'delivered');
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText('mensaje entregado');
  await twilio.report(rosa.phone, 'sent');
  await twilio.answer(rosa.phone, 'Llego 10 min tarde');
  await expect(seat.locator('[data-slot="replies"]')).toContainText('Llego 10 min tarde');
  await expect(seat.locator('[data-slot="delivery"]'), 'an old report moves nothing back').toHaveText('mensaje entregado');
  await expectAccessible(clerk);
  const phone = await person();
  await enterLobby(phone, await twilio.link(rosa.phone));
  await expect(seat).toHaveAttribute('data-standing', 'waiting');
  await expect(seat.locator('[data-slot="replies"]'), 'what was answered stays').toBeVisible();
});

test('one that does not arrive says whom to call; sent again to another number it arrives, and the old link is dead', async ({ hospital, person, twilio }) => {
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  const other = rosa.phone.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10));
  keepSecret('phone', other.slice(3));
  await twilio.plan(rosa.phone, 'sent,undelivered:30003');
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  const seat = await openReport(clerk, family);
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText(`el mensaje no llegó: llame al ${rosa.phone}`);
  const old = await twilio.link(rosa.phone);

  const messages = await clerk.context().newPage();
  await messages.goto('/messages?show=trouble');
  const row = messages.locator('li.sent-message').filter({ hasText: rosa.name });
  await expect(row).toContainText('El teléfono está apagado o sin señal.');
  await expect(row.getByRole('link', { name: `Llame al ${rosa.phone}` })).toBeVisible();
  await twilio.plan(rosa.phone, '');
  await row.getByRole('button', { name: /Enviar otra vez/ }).click();
  await expect(messages.locator('.notice')).toContainText('El mensaje sale otra vez.');
  await expect.poll(async () => (await twilio.messages(rosa.phone)).length).toBe(2);
  await expect(messages.locator('li.sent-message').filter({ hasText: rosa.name }), 'the next one waits').toContainText('Se puede enviar otra vez');
  for (const width of [1280, 360]) {
    await messages.setViewportSize({ width, height: 800 });
    await expectAccessible(messages);
    expect(await messages.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} px`).toBe(true);
  }

  await messages.locator('li.sent-message').filter({ hasText: rosa.name }).getByRole('link', { name: /Cambiar el número/ }).first().click();
  await messages.locator('#phone').fill('12');
  await messages.getByRole('button', { name: 'Guardar y enviar' }).click();
  await expect(messages.locator('#error-summary')).toBeFocused();
  await expectAccessible(messages);
  await messages.locator('#phone').fill(other);
  await messages.getByLabel('También en su expediente').check();
  await messages.getByRole('button', { name: 'Guardar y enviar' }).click();
  await expect(messages.locator('.notice')).toContainText(`es ${other} en su expediente`);
  await expect(seat.locator('[data-slot="delivery"]'), 'the board follows').toHaveText('mensaje entregado');

  const stranger = await person();
  await stranger.goto(old);
  await expect(stranger.getByRole('button', { name: 'Entrar a la sala de espera' })).toHaveCount(0);
  const phone = await person();
  await enterLobby(phone, await twilio.link(other));
});

test('the list lives: a row changes where it stands, what is new is announced, and a slip can be printed', async ({ hospital, person, twilio }) => {
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  await twilio.plan(rosa.phone, 'sent');
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  await openReport(clerk, family);
  const messages = await clerk.context().newPage();
  await messages.goto('/messages');
  const row = messages.locator('li.sent-message').filter({ hasText: rosa.name });
  await expect(row.locator('.sending')).toHaveText('Enviado');
  await twilio.report(rosa.phone, 'delivered');
  await expect(row.locator('.sending')).toHaveText('Entregado');
  await expect(messages.locator('#news')).toBeHidden();
  await openReport(clerk, inventFamily(1));
  await expect(messages.locator('#news')).toBeVisible();

  await row.getByRole('link', { name: /Imprimir/ }).click();
  await expect(messages.getByRole('img', { name: /Código QR/ })).toBeVisible();
  await expect(messages.locator('.slip-link')).toHaveText(await twilio.link(rosa.phone));
  for (const width of [1280, 360]) {
    await messages.setViewportSize({ width, height: 800 });
    await expectAccessible(messages);
  }
  await expectPrints(messages);
  await expect(messages.locator('.slip-code')).toBeVisible();

  const plain = await person({ javaScriptEnabled: false, storageState: await clerk.context().storageState() });
  await plain.goto(messages.url());
  await expect(plain.locator('.sheet-acts')).toContainText('Imprima esta hoja desde el navegador.');
  await expect(plain.getByRole('button'), 'nothing that would not answer').toHaveCount(0);
});

test('who answers STOP is called, until they answer START', async ({ hospital, person, twilio }) => {
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  const seat = await openReport(clerk, family);
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText('mensaje entregado');
  await twilio.answer(rosa.phone, 'ALTO');
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText(`pidió no recibir mensajes: llame al ${rosa.phone}`);
  await seat.locator('details[data-act=more] > summary').click();
  const replaced = clerk.waitForResponse((response) => response.url().endsWith('/links'));
  await seat.locator('button[data-act=replace]').click();
  await replaced;
  const unsent = clerk.locator('li.sent-message').filter({ hasText: rosa.name }).filter({ has: clerk.locator('.sending') });
  await expect(async () => {
    await clerk.goto('/messages?show=trouble');
    await expect(unsent).toContainText('Esta persona pidió no recibir más mensajes.', { timeout: 2_000 });
  }, 'as soon as the worker has looked at it').toPass();
  expect(await twilio.messages(rosa.phone), 'nothing more was sent').toHaveLength(1);
  await twilio.answer(rosa.phone, 'ALTA');
  await clerk.goto('/visits');
  await expect(seat.locator('[data-slot="delivery"]')).not.toContainText('pidió no recibir mensajes');
});

test('a date is sent at once, and the link by itself ten minutes before', async ({ hospital, person, twilio }) => {
  test.setTimeout(200_000);
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  await clerk.goto('/visits/new');
  await clerk.locator('input[name=service][value=medical_report]').check();
  await addFamily(clerk, family);
  await clerk.locator('#invite label').filter({ hasText: rosa.name }).locator('input').check();
  await clerk.locator('#doctor').selectOption({ label: (await doctorOf(clerk).textContent())?.trim() ?? '' });
  await clerk.locator('#reason').fill(family.reason);
  await clerk.locator('input[name=when][value=scheduled]').check();
  // The link is due at the next full minute but one: later than the form is sent, and no sooner than it must.
  const zone = await clerk.locator('#zone').inputValue().catch(() => 'America/Mexico_City');
  const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 11 * 60_000);
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone || 'America/Mexico_City', dateStyle: 'short', timeStyle: 'short' }).format(at).split(' ');
  await clerk.locator('#date').fill(parts[0] ?? '');
  await clerk.locator('#time').fill(parts[1] ?? '');
  const send = clerk.locator('.form-end button[type=submit]');
  await send.click();
  await expect(clerk.locator('.notice, #error-summary').first()).toBeVisible();
  if (await clerk.locator('#accept').count()) {
    await clerk.locator('#accept').check();
    await send.click();
  }
  await expect(clerk.locator('.notice')).toContainText('La visita está programada.');
  await clerk.goto('/visits');
  const seat = seatOf(cardOf(clerk, family), rosa);
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText('mensaje entregado');
  const [date] = await twilio.messages(rosa.phone);
  expect(date?.body).not.toContain('/j/');
  await expect.poll(async () => (await twilio.messages(rosa.phone)).length, { timeout: 150_000, message: 'the link comes by itself' }).toBe(2);
  const phone = await person();
  await enterLobby(phone, await twilio.link(rosa.phone));
  await expect(seat).toHaveAttribute('data-standing', 'waiting');
});

testWithLittleLeft('at the day\'s limit messages wait, everybody is told, and an admin lifts it for today', async ({ hospital, person, twilio }) => {
  testWithLittleLeft.setTimeout(180_000);
  const clerk = await person();
  await signIn(clerk, hospital.signIn('clerk'));
  // The first takes what is left of it; the second waits.
  await openReport(clerk, inventFamily(1));
  const family = inventFamily(1);
  const [rosa] = family.relatives;
  const seat = await openReport(clerk, family);
  await expect(seat.locator('[data-slot="delivery"]')).toHaveText('mensaje por enviar');
  await clerk.goto('/messages');
  await expect(clerk.getByRole('alert')).toContainText('Se alcanzó el límite de mensajes de hoy (1).');
  await expect(clerk.locator('li.sent-message').filter({ hasText: rosa.name })).toContainText('Se alcanzó el límite de hoy.');
  expect(await twilio.messages(rosa.phone)).toHaveLength(0);
  await clerk.goto('/visits');

  const admin = await person();
  await signIn(admin, hospital.signIn('admin'));
  await expect(admin.getByRole('alert')).toContainText('Se alcanzó el límite');
  await admin.getByRole('link', { name: 'Envío de mensajes' }).click();
  await lookEverywhere(admin, 'es');
  for (const language of ['en', 'pt']) {
    const reader = await person();
    for (const [role, path] of [['clerk', '/messages'], ['admin', '/settings/messages']]) {
      await reader.context().clearCookies();
      await signIn(reader, hospital.hire(role, language));
      await reader.goto(path);
      await expect(reader.getByRole('alert')).toBeVisible();
      await lookEverywhere(reader, language);
    }
  }
  await admin.getByRole('button', { name: 'Quitar el límite por hoy' }).click();
  await expect(admin.locator('.notice')).toContainText('Hoy ya no hay límite de mensajes.');
  await expect(admin.getByRole('alert')).toHaveCount(0);
  await expect(seat.locator('[data-slot="delivery"]'), 'what waited goes out').toHaveText('mensaje entregado', { timeout: 90_000 });
  expect(await twilio.messages(rosa.phone)).toHaveLength(1);
});
