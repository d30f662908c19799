// What staff do: sign in, open a visit, hand over its links, and act on its card.

import { expect } from '@playwright/test';
import { expectInCall } from './pages.js';
import { keepSecret } from './record.js';
import { tokenOf } from './server.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').Locator} Locator
 * @typedef {{ name: string, phone: string }} Guest
 * @typedef {{ patient: Guest & { born: string }, relatives: (Guest & { relation: string })[], reason: string }} Family
 */

let families = 0;

/**
 * An invented family that no other test uses, known to the canary test.
 * @param {number} relatives
 * @returns {Family}
 */
export function inventFamily(relatives) {
  families += 1;
  const surname = `Canariel${families}n${process.pid}`.replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  let last = 0;
  /** @param {string} first */
  const guest = (first) => {
    last += 1;
    const phone = `+5255${String(41_000_000 + families * 1_000 + last)}`;
    keepSecret('person', surname);
    keepSecret('phone', phone.slice(3));
    return { name: `${first} ${surname}`, phone };
  };
  const reason = `Seguimiento ${surname}`;
  return {
    patient: { ...guest('Tomás'), born: '1950-02-11' },
    relatives: ['Rosa', 'Julián', 'Inés', 'Marco'].slice(0, relatives).map((first) => ({ ...guest(first), relation: 'familiar' })),
    reason,
  };
}

/**
 * @param {Page} page
 * @param {import('./server.js').SignIn} who
 */
export async function signIn(page, who) {
  await page.goto('/sign-in');
  await page.locator('#email').fill(who.email);
  await page.locator('#password').fill(who.password);
  await page.locator('main button[type=submit]').click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/**
 * Adds a new family on the spot and opens a visit with all of them, now.
 * @param {Page} page
 * @param {Family} family
 * @param {{ service: 'home_consultation' | 'medical_report' | 'tele_visit', admission: 'when_started' | 'one_by_one', doctor?: string }} visit
 */
export async function newVisit(page, family, { service, admission, doctor }) {
  await page.goto('/visits/new');
  await page.locator(`input[name=service][value=${service}]`).check();
  await addFamily(page, family);
  if (service !== 'medical_report') await page.locator('input[name=invite][value=patient]').check();
  for (const relative of family.relatives) await page.locator('#invite label').filter({ hasText: relative.name }).locator('input').check();
  if (doctor) await page.locator('#doctor').selectOption({ label: doctor });
  await page.locator('#reason').fill(family.reason);
  const choice = page.locator(`input[name=admission][value=${admission}]`);
  if (!(await choice.isVisible())) await page.locator('details:has(input[name=admission]) > summary').click();
  await choice.check();
  await page.locator('.form-end button[type=submit]').click();
  await expect(page.locator('.notice')).toContainText('La visita está abierta.');
}

/**
 * The quick form inside the form: a patient with relatives, on the spot.
 * @param {Page} page
 * @param {Family} family
 */
export async function addFamily(page, family) {
  await page.locator('#new-patient > summary').click();
  await page.locator('#new_name').fill(family.patient.name);
  await page.locator('#new_born').fill(family.patient.born);
  await page.locator('#new_phone').fill(family.patient.phone);
  for (const [row, relative] of family.relatives.entries()) {
    if (!(await page.locator(`#relative_${row}_name`).isVisible())) await page.locator('button[name=rows_more]').click();
    await page.locator(`#relative_${row}_name`).fill(relative.name);
    await page.locator(`#relative_${row}_relation`).fill(relative.relation);
    await page.locator(`#relative_${row}_phone`).fill(relative.phone);
  }
  await page.locator('button[formaction="/patients"]').click();
  await expect(page.locator('#patient .chosen')).toContainText(family.patient.name);
}

/**
 * Sends the form of a visit at a date and time, over what others have booked the doctor for meanwhile.
 * @param {Page} page
 */
export async function bookAllTheSame(page) {
  const send = page.locator('.form-end button[type=submit]');
  await send.click();
  await expect(page.locator('.notice, #error-summary').first()).toBeVisible();
  if (await page.locator('#accept').count()) {
    await page.locator('#accept').check();
    await send.click();
  }
  await expect(page.locator('.notice')).toContainText('La visita está programada.');
}

/**
 * The link in the message to a guest, from the page where staff see what would be sent.
 * @param {Page} page
 * @param {Guest} guest
 */
export async function linkFor(page, guest) {
  await page.goto('/messages');
  const toGuest = page.locator('.message-whom > b').filter({ hasText: guest.name });
  const message = page.locator('li.sent-message').filter({ has: toGuest }).first();
  const link = await message.locator('a[data-invitation]').getAttribute('href');
  if (!link) throw new Error('the message has no link');
  expect((await message.innerText()).split(link), 'it is shown once').toHaveLength(2);
  keepSecret('token', tokenOf(link));
  return link;
}

/**
 * The card of a visit.
 * @param {Page} page
 * @param {Family} family
 */
export function cardOf(page, family) {
  return page.locator('li.visit').filter({ has: page.locator('h3').filter({ hasText: family.patient.name }) });
}

/**
 * A guest's row on the card.
 * @param {Locator} card
 * @param {Guest} guest
 */
export function seatOf(card, guest) {
  return card.locator('ul.seats > li').filter({ has: card.page().locator('.seat-who b').filter({ hasText: guest.name }) });
}

/**
 * Starts a visit; this leads a doctor on to its call page, where the card stands too.
 * @param {Locator} card
 * @param {RegExp} leadsTo
 */
export async function start(card, leadsTo = /\/consultations\/[^/]+\/call$/) {
  await card.locator('button[data-act=start]').click();
  await expect(card.page()).toHaveURL(leadsTo);
  await expect(card).toHaveAttribute('data-phase', 'in_session');
}

/** Goes in by the green button of a call page. @param {Page} page */
export async function enterCallAsStaff(page) {
  await page.locator('#enter').click();
  await expectInCall(page);
}

/** Presses a button of a row, once the row is ready: for a moment after a press it takes no other. @param {Locator} row @param {string} act */
async function press(row, act) {
  await expect(row).not.toHaveAttribute('aria-busy');
  await row.locator(`button[data-act=${act}]`).click();
}

/** @param {Locator} seat */
export async function admit(seat) {
  await press(seat, 'admit');
  await expect(seat).toHaveAttribute('data-standing', /admitted|left/);
}

/** @param {Locator} seat */
export async function hold(seat) {
  await press(seat, 'hold');
  await expect(seat).toHaveAttribute('data-standing', 'waiting');
}

/** Ends the visit, after the question. @param {Locator} card */
export async function end(card) {
  await card.locator('details[data-act=end] > summary').click();
  await card.locator('button[data-act=end]').click();
}

/** Sends somebody out of the visit for good. @param {Locator} seat */
export async function remove(seat) {
  await seat.locator('details[data-act=more] > summary').click();
  await seat.locator('button[data-act=remove]').click();
}

/** Sends a new link; the old one opens nothing any more. @param {Locator} seat */
export async function replaceLink(seat) {
  await seat.locator('details[data-act=more] > summary').click();
  await seat.locator('button[data-act=replace]').click();
}

/** Calls the visit off, after the question. @param {Locator} card */
export async function cancel(card) {
  await card.locator('details[data-act=cancel] > summary').click();
  await card.locator('button[data-act=cancel]').click();
}

/** Somebody's row says they are in the lobby. @param {Locator} seat */
export async function expectSeatWaits(seat) {
  await expect(seat).toHaveAttribute('data-standing', 'waiting');
  await expect(seat).toHaveAttribute('data-presence', 'here');
}
