// What stands in lists to choose from.

import { expect } from '@playwright/test';

/**
 * On a desk, whichever choice is made can be read whole.
 * @param {import('@playwright/test').Page} page
 */
export async function expectChoicesFit(page) {
  await page.setViewportSize({ width: 1280, height: 800 });
  const cut = await page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) throw new Error('this browser cannot measure text');
    return [...document.querySelectorAll('select')].flatMap((list) => {
      const style = getComputedStyle(list);
      pen.font = style.font;
      const arrow = 20;
      const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
      const isShown = list.clientWidth > 0;
      return [...list.options].map((option) => option.text).filter((text) => isShown && pen.measureText(text).width > room);
    });
  });
  expect(cut).toEqual([]);
}
