// Pages that are meant for paper.

import { expect } from '@playwright/test';

/**
 * The page's button prints it, in place of the sentence that says how to without one; neither is on the paper.
 * @param {import('@playwright/test').Page} page
 */
export async function expectPrints(page) {
  const acts = page.locator('.sheet-acts');
  await expect(acts.locator('#print-how')).toBeHidden();
  const printed = page.evaluate(() => new Promise((resolve) => (window.print = () => resolve(true))));
  await acts.getByRole('button', { name: 'Imprimir' }).click();
  expect(await printed).toBe(true);
  await page.emulateMedia({ media: 'print' });
  await expect(acts).toBeHidden();
}
