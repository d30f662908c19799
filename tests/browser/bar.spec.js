// The bar on top of every staff page: in one line on a desk, and on a phone one line with a menu, by thumb, keyboard, and
// without scripts.

import { expectAccessible } from './harness/axe.js';
import { expect, test } from './harness/fixtures.js';
import { signIn } from './harness/staff.js';

/** @typedef {import('@playwright/test').Page} Page */

const PHONE = { width: 360, height: 740 };

for (const language of ['es', 'en', 'pt']) {
  test(`the bar is one line wide and narrow, for every role, in ${language}`, async ({ hospital, person }) => {
    for (const role of ['doctor', 'clerk', 'admin']) {
      const page = await person();
      await signIn(page, language === 'es' ? hospital.signIn(role) : hospital.hire(role, language));
      await expect(page.locator('.bar nav a').first()).toBeVisible();
      await expect(page.locator('.bar-menu')).toBeHidden();
      await page.setViewportSize(PHONE);
      await expect(page.locator('.bar nav')).toBeHidden();
      expect((await page.locator('.bar').boundingBox())?.height, 'one line').toBeLessThanOrEqual(72);
      await page.locator('.bar-menu').click();
      await expect(page.locator('.bar nav a').last()).toBeVisible();
      await expect(page.locator('.who button')).toBeInViewport();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
      await page.locator('.bar nav a').last().click();
      await expect(page.locator('h1')).toBeVisible();
      await expect(page.locator('.bar nav'), 'closed on the next page').toBeHidden();
    }
  });
}

test('the menu opens, is walked through and closes by the keyboard alone', async ({ hospital, person }) => {
  const page = await person({ viewport: PHONE });
  await signIn(page, hospital.signIn('clerk'));
  const menu = page.getByRole('button', { name: 'Menú' });
  await menu.focus();
  await page.keyboard.press('Enter');
  const places = page.getByRole('navigation', { name: 'Páginas principales' }).getByRole('link');
  await expect(places).toHaveCount(6);
  await page.keyboard.press('Tab');
  await expect(places.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(places).toHaveCount(0);
  await expect(menu).toBeFocused();
  await page.keyboard.press('Space');
  for (const place of await places.all()) {
    await page.keyboard.press('Tab');
    await expect(place).toBeFocused();
  }
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('Pacientes');
});

test('without scripts the menu leads on, and out', async ({ hospital, person }) => {
  const page = await person({ viewport: PHONE, javaScriptEnabled: false });
  await signIn(page, hospital.signIn('clerk'));
  await page.locator('.bar-menu').click();
  await page.getByRole('link', { name: 'Historial' }).click();
  await expect(page).toHaveURL(/\/history$/);
  await page.locator('.bar-menu').click();
  await page.getByRole('button', { name: 'Salir' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
