// Those who work here: whom an admin adds, the link they are handed, and the password they choose by it.

import { expect } from '@playwright/test';
import { keepSecret } from './record.js';
import { tokenOf } from './server.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{ name: string, email: string, role: 'doctor' | 'clerk', password: string }} Newcomer
 */

const PASSWORD = 'mangle-farola-cometa-27';
let people = 0;

/**
 * An invented colleague that no other test uses, known to the canary test.
 * @param {Newcomer['role']} role
 * @returns {Newcomer}
 */
export function inventColleague(role) {
  people += 1;
  const surname = `Canareda${'abcdefghijklmnopqrstuvwxyz'[people % 26]}${process.pid}`.replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  const email = `abril.${surname.toLowerCase()}@hospital.example`;
  for (const word of [surname, email]) keepSecret('person', word);
  keepSecret('secret', PASSWORD);
  return { name: `Abril ${surname}`, email, role, password: PASSWORD };
}

/**
 * Types who they are.
 * @param {Page} admin
 * @param {Newcomer} newcomer
 */
export async function describe(admin, { name, email, role }) {
  await admin.locator('#name').fill(name);
  await admin.locator('#email').fill(email);
  await admin.locator(`input[name=role][value=${role}]`).check();
}

/** Sends the form; the link that is shown once. @param {Page} admin @param {Newcomer} newcomer */
export async function add(admin, newcomer) {
  await admin.getByRole('button', { name: 'Agregar', exact: true }).click();
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText(`${newcomer.name} ya está en el personal`);
  return shownLink(admin);
}

/** @param {Page} admin */
export async function shownLink(admin) {
  const link = await admin.locator('#link').inputValue();
  keepSecret('token', tokenOf(link));
  return link;
}

/** Chooses it on the page behind the link, which signs its owner in. @param {Page} own */
export async function choosePassword(own) {
  await own.locator('#password').fill(PASSWORD);
  await own.locator('main button[type=submit]').click();
  await expect(own).toHaveURL(/\/(?:board|visits)$/);
  await expect(own.locator('.notice')).toContainText('Su contraseña está guardada.');
}
