// Every page in the states people meet it in: axe without a finding on a phone and on a desk, nothing sideways at 320 px.

import { expectAccessible, expectAccessibleToPatients } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { enterCall, enterLobby, expectAdmitted, expectFarewell, expectWaiting } from './harness/pages.js';
import { addFamily, admit, bookAllTheSame, cardOf, end, enterCallAsStaff, expectSeatWaits, hold, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

test('the family’s pages, from the link to the goodbye', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const link = await linkFor(doctor, rosa);
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  const seat = seatOf(card, rosa);

  const page = await person();
  const look = () => atEveryWidth(page, expectAccessibleToPatients);
  await page.goto(link);
  await look();
  await enterLobby(page, link);
  await expectWaiting(page);
  await look();
  await expectSeatWaits(seat);
  await start(card);
  await admit(seat);
  await expectAdmitted(page);
  await look();
  await enterCall(page);
  await expect(page.locator('#countdown')).toBeHidden();
  await look();
  await enterCallAsStaff(doctor);
  await expect(page.locator('.tile[data-picture=on]')).toBeVisible();
  await look();
  await page.locator('#hang-up').click();
  await expect(page.locator('#left')).toBeVisible();
  await look();
  await hold(seat);
  await expectWaiting(page);
  await look();

  const elsewhere = await page.context().newPage();
  await elsewhere.goto(page.url());
  await expect(page.locator('#elsewhere')).toBeVisible();
  await look();
  await admit(seat);
  const tablet = await person();
  await enterLobby(tablet, link);
  await expect(tablet.getByText('Abrió el enlace en otro dispositivo.')).toBeVisible();
  await atEveryWidth(tablet, expectAccessibleToPatients);
  await end(card);
  await expectFarewell(elsewhere, 'La visita terminó');
  await atEveryWidth(elsewhere, expectAccessibleToPatients);
});

test('the lobby of who is early, cameras that fail, and links that lead nowhere', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await doctor.goto('/visits/new');
  await doctor.locator('input[name=service][value=medical_report]').check();
  await addFamily(doctor, family);
  await doctor.locator('input[name=when][value=scheduled]').check();
  const soon = new Date(Date.now() + 9 * 60_000);
  const inHospital = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City', dateStyle: 'short', timeStyle: 'short' }).format(soon);
  await doctor.locator('#date').fill(inHospital.slice(0, 10));
  await doctor.locator('#time').fill(inHospital.slice(11, 16));
  await bookAllTheSame(doctor);

  const page = await person();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const look = () => atEveryWidth(page, expectAccessibleToPatients);
  const link = await linkFor(doctor, family.relatives[0]);
  await enterLobby(page, link);
  await expect(page.getByText('Llegó temprano.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'La cámara está bloqueada' })).toBeVisible();
  await look();
  await page.goto(`${link.slice(0, -6)}AAAAAA`);
  await look();
  await page.getByRole('button', { name: 'Pedir un enlace nuevo' }).click();
  await expect(page.getByRole('heading', { name: 'Recibimos su pedido' })).toBeVisible();
  await look();
});

test('the door for staff, and the form that opens a visit', async ({ hospital, person }) => {
  const page = await person();
  const look = () => atEveryWidth(page, expectAccessible);
  await page.goto('/sign-in');
  await look();
  await page.locator('main button[type=submit]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await look();
  await signIn(page, hospital.signIn('clerk'));
  await page.goto('/visits/new');
  await look();
  await page.locator('#patient_search').fill('an');
  await expect(page.locator('#found button').first()).toBeVisible();
  await look();
  await page.locator('#new-patient > summary').click();
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await look();
  await page.locator('input[name=when][value=scheduled]').check();
  await page.locator('.form-end button[type=submit]').click();
  await expect(page).toHaveURL(/\/visits$/);
  await expect(page.locator('#error-summary')).toBeFocused();
  await look();
});

test('the board, its menus, the messages and the call page', async ({ hospital, person }) => {
  test.setTimeout(150_000);
  const family = inventFamily(2);
  const [rosa, julian] = family.relatives;
  const page = await person();
  const look = () => atEveryWidth(page, expectAccessible);
  await signIn(page, hospital.signIn('doctor'));
  await newVisit(page, family, { service: 'medical_report', admission: 'one_by_one' });
  const phone = await person();
  await enterLobby(phone, await linkFor(page, rosa));
  await page.locator('details.code > summary').first().click();
  await look();
  await page.goto('/board');
  const card = cardOf(page, family);
  await expectSeatWaits(seatOf(card, rosa));
  await look();
  for (const menu of [card.locator('details[data-act=cancel]'), card.locator('details[data-act=extend]'), seatOf(card, julian).locator('details[data-act=more]')]) {
    await menu.locator('summary').click();
    await expect(menu.locator('.menu-body')).toBeVisible();
    await look();
  }
  await page.locator('#over-section > summary').click();
  await look();
  await page.reload();
  await start(card);
  await expect(page.locator('#enter')).toBeEnabled();
  await look();
  await enterCallAsStaff(page);
  await look();
  await admit(seatOf(card, rosa));
  await enterCall(phone);
  await expect(page.locator('.tile[data-picture=on]')).toBeVisible();
  await look();
  await page.goto('/board');
  await expect(card).toHaveAttribute('data-phase', 'in_session');
  await look();
});

test('the pages of clerk, ward and admin', async ({ hospital, person }) => {
  for (const [role, path] of [['clerk', '/visits'], ['ward', '/ward'], ['admin', '/staff']]) {
    const page = await person();
    await signIn(page, hospital.signIn(role));
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    const code = page.locator('details.code > summary').first();
    if (role === 'ward') await code.click();
    await atEveryWidth(page, expectAccessible);
  }
});

/**
 * Looks at a page on a desk and on a phone, and makes it as narrow as a page has to bear.
 * @param {Page} page
 * @param {(page: Page) => Promise<void>} look
 */
async function atEveryWidth(page, look) {
  for (const [width, height] of [[1280, 800], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await look(page);
    await expectNothingSideways(page, width);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNothingSideways(page, 320);
}

/** @param {Page} page @param {number} width */
async function expectNothingSideways(page, width) {
  const wide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const all = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > width + 1);
    return all.map((element) => `${element.tagName.toLowerCase()}#${element.id}.${element.className}`).slice(0, 8);
  }, width);
  expect(wide, `nothing sticks out at ${width} px`).toEqual([]);
}
