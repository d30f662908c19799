// Who comes in by which door, and what everybody else is told.

import { expect, test } from './harness/fixtures.js';
import { enterLobby, expectAdmitted, expectFarewell } from './harness/pages.js';
import { keepSecret } from './harness/record.js';
import { cancel, cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, remove, replaceLink, seatOf, signIn, start } from './harness/staff.js';

const LANDINGS = { doctor: '/board', clerk: '/visits', ward: '/ward', admin: '/staff' };

for (const [role, landing] of Object.entries(LANDINGS)) {
  test(`${role} lands on ${landing}, and signs out`, async ({ hospital, person }) => {
    const page = await person();
    await signIn(page, hospital.signIn(role));
    expect(new URL(page.url()).pathname).toBe(landing);
    for (const name of await page.locator('h3[data-slot=patient], .seat-who b, tbody th').allTextContents()) keepSecret('person', name);
    await page.locator('form[action="/sign-out"] button').click();
    await page.goto(landing);
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('a wrong password is refused with a sentence, and the address is kept', async ({ hospital, person }) => {
  const page = await person();
  const { email } = hospital.signIn('clerk');
  await page.goto('/sign-in');
  await page.locator('#email').fill(email);
  await page.locator('#password').fill('no es la contraseña');
  await page.locator('main button[type=submit]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page).toHaveTitle(/^Error:/);
  await expect(page.locator('#email')).toHaveValue(email);
});

test('an unknown or truncated link says so without a dead end', async ({ hospital, person }) => {
  const page = await person();
  const truncated = hospital.invitation.slice(0, -5);
  const unknown = `${hospital.invitation.slice(0, -6)}AAAAAA`;
  for (const link of [truncated, unknown]) {
    await page.goto(link);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya no abre');
  }
  await page.getByRole('button', { name: 'Pedir un enlace nuevo' }).click();
  await expect(page.getByRole('heading', { name: 'Recibimos su pedido' })).toBeVisible();
});

test('a participant is nobody on the staff side', async ({ hospital, person }) => {
  const page = await person();
  await enterLobby(page, hospital.invitation);
  for (const path of ['/board', '/visits', '/messages', '/staff']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
});

test('a visit that is called off while they wait says goodbye at once', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const page = await person();
  await enterLobby(page, await linkFor(doctor, family.relatives[0]));
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expectSeatWaits(seatOf(card, family.relatives[0]));
  await cancel(card);
  await expectFarewell(page, 'La visita se canceló');
});

test('who is sent out of a visit is told at once, and the old link stays shut', async ({ hospital, person }) => {
  const family = inventFamily(2);
  const [rosa, julian] = family.relatives;
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const links = [await linkFor(doctor, rosa), await linkFor(doctor, julian)];
  const page = await person();
  await enterLobby(page, links[0]);
  await doctor.goto('/board');
  const seat = seatOf(cardOf(doctor, family), rosa);
  await expectSeatWaits(seat);
  await remove(seat);
  await expectFarewell(page, 'Ya no está en esta visita');
  await expect(seat).toHaveAttribute('data-standing', 'removed');

  await replaceLink(seatOf(cardOf(doctor, family), julian));
  const stranger = await person();
  for (const link of links) {
    await expect(async () => {
      await stranger.goto(link);
      await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya no abre');
    }).toPass();
  }
});

test('two screens press admit at once: one of them does it, nobody is lost', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const page = await person();
  await enterLobby(page, await linkFor(doctor, rosa));
  await doctor.goto('/board');
  const other = await doctor.context().newPage();
  await other.goto('/board');
  await start(cardOf(doctor, family));
  const buttons = [doctor, other].map((screen) => seatOf(cardOf(screen, family), rosa).locator('button[data-act=admit]'));
  for (const button of buttons) await expect(button).toBeVisible();
  await Promise.all(buttons.map((button) => button.evaluate((one) => one instanceof HTMLElement && one.click())));
  await expectAdmitted(page);
  for (const screen of [doctor, other]) {
    await expect(seatOf(cardOf(screen, family), rosa)).toHaveAttribute('data-standing', 'admitted');
  }
});
