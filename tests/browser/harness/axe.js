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

/** @param {import('@playwright/test').Page} page */
export async function expectAccessibleToPatients(page) {
  expect(await violations(page, AA, ['color-contrast-enhanced'])).toEqual([]);
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
