// What a run leaves for the canary test: server logs and metrics, addresses asked for, what browsers stored, and the words
// that must not be there.

import { appendFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {'log' | 'metrics' | 'address' | 'storage'} Trace */
/** @typedef {'person' | 'phone' | 'token' | 'secret'} Kind */

/** Where this run writes. */
export function runFolder() {
  const folder = process.env.BROWSER_RUN_FOLDER;
  if (!folder) throw new Error('BROWSER_RUN_FOLDER is set by playwright.config.js');
  return folder;
}

/**
 * A file that the canary test reads afterwards.
 * @param {Trace} trace
 * @param {string} name
 */
export function traceFile(trace, name) {
  const folder = join(runFolder(), trace);
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/**
 * Notes a word that must never appear in a trace.
 * @param {Kind} kind
 * @param {string} word
 */
export function keepSecret(kind, word) {
  appendFileSync(join(runFolder(), 'secrets.jsonl'), `${JSON.stringify({ kind, word })}\n`);
}

/** @returns {{ kind: Kind, word: string }[]} */
export function secrets() {
  const text = readFileSync(join(runFolder(), 'secrets.jsonl'), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line));
}

/**
 * All lines of one kind of trace, with the file they stand in.
 * @param {Trace} trace
 */
export function lines(trace) {
  const folder = join(runFolder(), trace);
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8').split('\n').map((line) => ({ file, line })),
  );
}
