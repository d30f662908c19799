// Accessibility of a page as it stands now, WCAG 2.2 A and AA; patient pages also at AAA contrast.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param {import('@playwright/test').Page} page */
export async function expectAccessible(page) {
  expect(await violations(page, AA, [])).toEqual([]);
}

/** Besides: contrast of 7:1, no text below 18 px, no button lower than 48 px. @param {import('@playwright/test').Page} page */
export async function expectAccessibleToPatients(page) {
  expect(await violations(page, AA, ['color-contrast-enhanced'])).toEqual([]);
  expect(await page.evaluate(tooSmall), 'large enough for old eyes and hands').toEqual([]);
}

/** Runs in the page. */
function tooSmall() {
  /** @param {Element} element */
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.visually-hidden, .in-full');
  const elements = [...document.body.querySelectorAll('*:not(script, noscript)')].filter(isSeen);
  const texts = elements.filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()));
  const small = texts.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 18);
  const low = elements.filter((element) => element.matches('button, .button') && element.getBoundingClientRect().height < 48);
  return [...small, ...low].map((element) => element.outerHTML.slice(0, 120));
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string[]} tags
 * @param {string[]} rules switched on besides the tags
 */
async function violations(page, tags, rules) {
  // Evaluated by the debugger, so that the page's content security policy stays as it is.
  await page.evaluate(source);
  return page.evaluate(
    async ([tags, rules]) => {
      const axe = Reflect.get(window, 'axe');
      const options = {
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
      };
      /** @type {{ violations: { id: string, help: string, nodes: { target: string[], failureSummary: string }[] }[] }} */
      const result = await axe.run(document, options);
      return result.violations.map(({ id, help, nodes }) => ({
        id, help, where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
      }));
    },
    [tags, rules],
  );
}
