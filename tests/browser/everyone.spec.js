// For those without a mouse, without scripts, and without Spanish.

import { expect, test } from './harness/fixtures.js';
import { enterLobby, expectAdmitted, expectInCall, expectWaiting } from './harness/pages.js';
import { cardOf, expectSeatWaits, inventFamily, linkFor, newVisit, seatOf, signIn, start } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

test('with the keyboard alone: sign in, wait, start, admit, enter', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person();
  const { email, password } = hospital.signIn('doctor');
  await doctor.goto('/sign-in');
  await tabTo(doctor, doctor.locator('#email'));
  await doctor.keyboard.type(email);
  await tabTo(doctor, doctor.locator('#password'));
  await doctor.keyboard.type(password);
  await doctor.keyboard.press('Enter');
  await expect(doctor).toHaveURL(/\/board$/);
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const link = await linkFor(doctor, rosa);

  const page = await person();
  await page.goto(link);
  await tabTo(page, page.getByRole('button', { name: 'Entrar a la sala de espera' }));
  await page.keyboard.press('Enter');
  await expectWaiting(page);

  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  const seat = seatOf(card, rosa);
  await expectSeatWaits(seat);
  await tabTo(doctor, card.locator('button[data-act=start]'));
  await doctor.keyboard.press('Enter');
  await expect(doctor).toHaveURL(/\/call$/);
  await tabTo(doctor, seat.locator('button[data-act=admit]'));
  await doctor.keyboard.press('Enter');
  await expect(seat).toHaveAttribute('data-standing', 'admitted');
  await expect(seat, 'the focus stays with the person').toBeFocused();

  await expectAdmitted(page);
  await expect(page.getByRole('button', { name: 'Entrar a la llamada' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectInCall(page);
});

test('without scripts: a visit is opened, the link leads into the lobby, and the board admits', async ({ hospital, person }) => {
  const family = inventFamily(1);
  const rosa = family.relatives[0];
  const doctor = await person({ javaScriptEnabled: false });
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'one_by_one' });
  const page = await person({ javaScriptEnabled: false });
  await enterLobby(page, await linkFor(doctor, rosa));
  await expectWaiting(page);
  await expect(page.locator('#lobby noscript p')).toBeVisible();

  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  await expect(seatOf(card, rosa)).toHaveAttribute('data-standing', 'waiting');
  await card.locator('button[data-act=start]').click();
  await expect(card).toHaveAttribute('data-phase', 'in_session');
  await seatOf(card, rosa).locator('button[data-act=admit]').click();
  await expect(seatOf(card, rosa)).toHaveAttribute('data-standing', 'admitted');
  await page.reload();
  await expectAdmitted(page);
});

test('each relative is met in their language, on every page', async ({ hospital, person }) => {
  const family = inventFamily(3);
  const doctor = await person();
  await signIn(doctor, hospital.signIn('doctor'));
  await newVisit(doctor, family, { service: 'medical_report', admission: 'when_started' });
  const pages = [];
  for (const [index, [language, enter]] of Object.entries(ENTER).entries()) {
    const page = await person({ locale: { es: 'es-MX', en: 'en-US', pt: 'pt-BR' }[language] });
    await page.goto(`${await linkFor(doctor, family.relatives[index])}?lang=${language}`);
    await expectSpoken(page, language);
    await page.getByRole('button', { name: enter }).click();
    await expect(page).toHaveURL(/\/lobby\//);
    await expectSpoken(page, language);
    pages.push({ page, language });
  }
  await doctor.goto('/board');
  const card = cardOf(doctor, family);
  for (const relative of family.relatives) await expectSeatWaits(seatOf(card, relative));
  await start(card);
  for (const { page, language } of pages) {
    const green = page.locator('#enter-call');
    await expect(green).toBeFocused();
    await expectSpoken(page, language);
    await page.reload();
    await expectSpoken(page, language);
    await green.click();
    await expect(page.locator('#stage')).toBeVisible();
    await expectSpoken(page, language);
    await page.locator('#hang-up').click();
    await expect(page.locator('#left')).toBeVisible();
    await expectSpoken(page, language);
  }
  const headings = await Promise.all(pages.map(({ page }) => page.locator('#left-title').innerText()));
  expect(new Set(headings).size, 'three languages').toBe(3);
});

test('the door for staff speaks the language of the browser', async ({ hospital, person }) => {
  for (const [locale, title] of [['es-MX', 'Iniciar sesión'], ['en-US', 'Sign in'], ['pt-BR', 'Entrar']]) {
    const page = await person({ locale });
    await page.goto('/board');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await page.locator('#email').fill(hospital.signIn('doctor').email);
    await page.locator('main button[type=submit]').click();
    await expect(page.locator('#error-summary')).toBeFocused();
    await expectSpoken(page, locale.slice(0, 2));
  }
});

const ENTER = { es: 'Entrar a la sala de espera', en: 'Enter the waiting room', pt: 'Entrar na sala de espera' };

/**
 * The page says its language, and every sentence on it, shown or not, is a sentence.
 * @param {Page} page
 * @param {string} language
 */
async function expectSpoken(page, language) {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  const said = await page.locator('body').evaluate((body) => {
    const names = [...body.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''));
    const texts = [...body.querySelectorAll('*:not(script)')].flatMap((element) =>
      [...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : [])));
    return [document.title, ...names, ...texts];
  });
  const wrong = said.filter((sentence) => /\{\s*\$|^\s*[a-z]+(-[a-z_]+)+\s*$/.test(sentence));
  expect(wrong, 'no key and no blank is left').toEqual([]);
  const silent = await page.locator('main').locator('h1:visible, h2:visible, button:visible, a:visible').evaluateAll((elements) =>
    elements.filter((element) => !(element.textContent?.trim() || element.getAttribute('aria-label'))).map((element) => element.outerHTML));
  expect(silent, 'nothing is without words').toEqual([]);
}

/**
 * Presses Tab until the focus is there.
 * @param {Page} page
 * @param {import('@playwright/test').Locator} target
 */
async function tabTo(page, target) {
  await target.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never gets there');
}
