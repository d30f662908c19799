// What people do, in the house's words. Finds everything as a person does: by role, label and text, in Spanish.

import { expect } from '@playwright/test';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Opens the link of a message and takes the first tap: into the waiting room.
 * @param {Page} page
 * @param {string} link
 */
export async function enterLobby(page, link) {
  await page.goto(link);
  await page.getByRole('button', { name: 'Entrar a la sala de espera' }).click();
  await expect(page).toHaveURL(/\/lobby\/[^/]+$/);
}

/** The family waits: they have a place and see no green button. @param {Page} page */
export async function expectWaiting(page) {
  await expect(page.getByRole('heading', { name: 'Ya tiene su lugar' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Entrar a la llamada' })).toBeHidden();
}

/** The door is open: the green button is there. @param {Page} page */
export async function expectAdmitted(page) {
  await expect(page.getByRole('heading', { name: 'Ya puede entrar' })).toBeVisible();
}

/** The second tap: into the call. @param {Page} page */
export async function enterCall(page) {
  await page.getByRole('button', { name: 'Entrar a la llamada' }).click();
  await expectInCall(page);
}

/** @param {Page} page */
export async function expectInCall(page) {
  await expect(page.getByRole('region', { name: 'Videollamada' })).toBeVisible();
}

/** @param {Page} page @param {string} title */
export async function expectFarewell(page, title) {
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Videollamada' })).toBeHidden();
}
