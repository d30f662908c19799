// What every browser test gets: a hospital that runs, and people with a browser of their own each.

import { appendFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import { watchCalls } from './media.js';
import { keepSecret, traceFile } from './record.js';
import { Hospital } from './server.js';

/**
 * @typedef {import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions} Args
 * @typedef {import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions} WorkerArgs
 * @typedef {(options?: import('@playwright/test').BrowserContextOptions) => Promise<import('@playwright/test').Page>} Person
 */

/** @type {import('@playwright/test').Fixtures<{ person: Person, strangers: string[] }, { hospital: Hospital }, Args, WorkerArgs>} */
const fixtures = {
  // Whom else pages may lead to.
  strangers: [[], { option: true }],

  hospital: [
    async ({}, use, worker) => {
      const hospital = new Hospital(`server-${worker.workerIndex}`);
      await hospital.open();
      await use(hospital);
      await hospital.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  // A person is a browser context: nobody shares cookies. Whatever a page complains about fails the test.
  person: async ({ browser, hospital, contextOptions, strangers }, use, testInfo) => {
    /** @type {string[]} */
    const complaints = [];
    /** @type {import('@playwright/test').BrowserContext[]} */
    const contexts = [];
    const addresses = traceFile('address', `worker-${testInfo.workerIndex}.txt`);
    const storage = traceFile('storage', `worker-${testInfo.workerIndex}.txt`);

    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: hospital.url, ...options });
      contexts.push(context);
      await context.addInitScript(watchCalls);
      context.on('request', (request) => {
        const referer = request.headers()['referer'] ?? '';
        appendFileSync(addresses, `${request.method()} ${request.url()} ${referer}\n`);
        if (![hospital.url, ...strangers].includes(new URL(request.url()).origin)) complaints.push(`third party: ${request.url()}`);
      });
      context.on('page', (page) => page.on('websocket', (socket) => appendFileSync(addresses, `GET ${socket.url()}\n`)));
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('console', (message) => {
        const text = message.text();
        // The browser itself reports every answer of 400 or more and every refused connection; tests judge those themselves.
        const reported = /Failed to load resource|WebSocket connection to .* failed|ERR_CONNECTION/.test(text);
        if (message.type() === 'error' && !reported) complaints.push(text);
      });
      return context.newPage();
    });

    for (const context of contexts) {
      for (const { value } of await context.cookies()) if (value.length >= 16) keepSecret('token', value);
      for (const page of context.pages()) {
        const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).catch(() => '');
        appendFileSync(storage, `${stored}\n`);
      }
      await context.close();
    }
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('server.log', { body: hospital.lastLog(), contentType: 'text/plain' });
    }
    expect(complaints, 'pages run without errors and ask nobody else').toEqual([]);
  },
};

export const test = base.extend(fixtures);
export { expect };
