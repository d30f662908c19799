// A page in the state it is in, on a desk and on a phone: nothing for axe to find, nothing sideways or glued to the edge, its language said.

import { expect } from '@playwright/test';
import { expectAccessible } from './axe.js';

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} language
 */
export async function lookEverywhere(page, language) {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  const unspoken = await page.locator('body').evaluate((body) => {
    const texts = [...body.querySelectorAll('*:not(script)')].flatMap((element) => [...element.childNodes])
      .flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : []));
    return [document.title, ...texts].filter((text) => /\{\s*\$|^\s*[a-z]+(-[a-z_]+)+\s*$/.test(text));
  });
  expect(unspoken, 'no key and no blank is left').toEqual([]);
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page);
    expect(await sticksOut(page), `nothing sideways at ${width} px`).toEqual([]);
    if (process.env.SHOTS) await shoot(page, `${language}-${width}`);
  }
}

/** What makes a page wider than its window, or is glued to its edge. @param {import('@playwright/test').Page} page */
function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isWide = document.documentElement.scrollWidth > width;
    const wide = [...document.body.querySelectorAll('*')].filter((element) => isWide && element.getBoundingClientRect().right > width + 1);
    const glued = [...document.querySelectorAll('main h1, #error-summary')].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return !element.closest('.visually-hidden') && element.checkVisibility() && (left < 8 || right > width - 8);
    });
    return [...wide, ...glued].map((element) => element.outerHTML.slice(0, 80)).slice(0, 8);
  });
}

let shots = 0;

/** @param {import('@playwright/test').Page} page @param {string} name */
async function shoot(page, name) {
  shots += 1;
  await page.screenshot({ path: `${process.env.SHOTS}/${String(shots).padStart(3, '0')}-${name}.png`, fullPage: true });
}
