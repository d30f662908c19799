// Chromium with an invented camera and microphone, a server for each of two workers, no retries: a flaky test is a failed test.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// Workers inherit the variable, so that all of a run writes into one folder; `end.js` removes it.
process.env.BROWSER_RUN_FOLDER ??= mkdtempSync(join(tmpdir(), 'antesala-browser-'));

export default defineConfig({
  testDir: '.',
  outputDir: '../../target/browser-results',
  globalTeardown: './harness/end.js',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  projects: [
    // The canary reads what all other tests left behind, whether they passed or not.
    { name: 'visits', testIgnore: 'canary.spec.js', teardown: 'canary' },
    { name: 'canary', testMatch: 'canary.spec.js' },
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    // Without a graphics card, pictures that move cost more than the server under test.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      chromiumSandbox: false,
      args: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=user-gesture-required',
        '--allow-loopback-in-peer-connection',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
