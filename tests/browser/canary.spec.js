// After all visits: no name, number, password, cookie or token in what the servers logged and counted, in what browsers
// stored, nor in any address but the link's own.

import { expect, test } from '@playwright/test';
import { lines, secrets } from './harness/record.js';

test('logs, metrics and the storage of browsers know nobody', () => {
  const words = [...new Set(secrets().map((secret) => secret.word))];
  expect(words.length, 'the visits have left words to look for').toBeGreaterThan(10);
  for (const trace of /** @type {const} */ (['log', 'metrics', 'storage'])) {
    const found = lines(trace).filter(({ line }) => words.some((word) => line.includes(word)));
    expect(found.map(({ file, line }) => `${trace}/${file}: ${line}`)).toEqual([]);
  }
  expect(lines('log').filter(({ line }) => line.trim()).length, 'the servers have logged something').toBeGreaterThan(0);
  expect(lines('metrics').filter(({ line }) => line.startsWith('antesala_')).length).toBeGreaterThan(0);
});

test('no address names anybody, and a token stands in its own link only', () => {
  const secret = secrets();
  const people = secret.filter(({ kind }) => kind !== 'token').flatMap(({ word }) => [word, encodeURIComponent(word)]);
  const tokens = secret.filter(({ kind }) => kind === 'token').map(({ word }) => word);
  const wrong = lines('address').filter(({ line }) => {
    const [, address = '', referer = ''] = line.split(' ');
    const elsewhere = address.replace(/^https?:\/\/[^/]+\/(?:j|welcome|set-up)\/[^/?#]+/, '') + referer;
    return people.some((word) => line.includes(word)) || tokens.some((token) => elsewhere.includes(token));
  });
  expect(wrong.map(({ line }) => line)).toEqual([]);
});
