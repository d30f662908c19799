// Who comes in by which door, and what everybody else is told.

import { expect, test } from './harness/fixtures.js';
import { enterLobby, expectAdmitted, expectFarewell } from './harness/pages.js';
import { cancel, cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

const LANDINGS = { doctor: '/board', clerk: '/visits', ward: '/ward', admin: '/staff' };

for (const [role, landing] of Object.entries(LANDINGS)) {
  test(`${role} lands on ${landing}, and signs out`, async ({ hospital, person }) => {
    const page = await person();
    await signIn(page, hospital.signIn(role));
    expect(new URL(page.url()).pathname).toBe(landing);
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

test('a phone number without a country and a date that has gone are refused beside their fields', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const page = await person();
  await signIn(page, hospital.signIn('doctor'));
  await page.goto('/visits/new');
  await page.locator('#new-patient > summary').click();
  await page.locator('#new_name').fill(family.patient.name);
  await page.locator('#new_born').fill('1950-02-11');
  await page.locator('#new_phone').fill('123');
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#new_phone-error')).toBeVisible();
  await expect(page.locator('#new_name')).toHaveValue(family.patient.name);

  await page.locator('#new_phone').fill(family.patient.phone);
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
  await page.locator('input[name=when][value=later]').check();
  await page.locator('#date').fill('2020-01-01');
  await page.locator('#time').fill('10:00');
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('#error-summary')).toBeVisible();
  await expect(page.locator('#date-error')).toBeVisible();
});
