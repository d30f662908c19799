// The hospital under test: `antesala demo` on a free port with a folder of its own, killed and restarted at will.

import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { keepSecret, runFolder, traceFile } from './record.js';

/**
 * @typedef {{ role: string, email: string, password: string }} SignIn
 * @typedef {{ url: string, sign_ins: SignIn[], invitation: string }} Greeting
 */

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const binary = resolve(root, process.env.ANTESALA_BINARY ?? 'target/debug/antesala');

/** Where the demo's first tele-visits are. */
const WARD = 'Medicina interna';

export class Hospital {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;
  #log;
  /** Whose account was made. @type {Set<string>} */
  #hired = new Set();
  #data;
  #environment;

  /**
   * @param {string} name of its log, unique in a run
   * @param {Record<string, string>} [environment] settings besides those of every test
   */
  constructor(name, environment = {}) {
    this.#environment = environment;
    if (!existsSync(binary)) throw new Error(`${binary} is missing: run cargo build first`);
    this.#data = mkdtempSync(join(runFolder(), 'data-'));
    this.logFile = traceFile('log', `${name}.log`);
    this.metricsFile = traceFile('metrics', `${name}.txt`);
    this.#log = createWriteStream(this.logFile, { flags: 'a' });
    this.url = '';
    /** @type {SignIn[]} */
    this.signIns = [];
    this.invitation = '';
  }

  /** Starts for the first time and reads who may sign in. */
  async open() {
    const greeting = await this.#spawn(0);
    this.url = greeting.url.replace(/\/$/, '');
    this.signIns = greeting.sign_ins;
    this.invitation = greeting.invitation;
    for (const { email, password } of this.signIns) {
      keepSecret('person', email);
      keepSecret('secret', password);
    }
    keepSecret('token', tokenOf(this.invitation));
    await this.ready();
  }

  /** Ends it without a word, as a power cut would. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Asks it to finish what it does and leave; returns the milliseconds it took. */
  async drain() {
    const begun = performance.now();
    await this.#end('SIGTERM');
    return performance.now() - begun;
  }

  /** Starts again on the same port and data. */
  async reopen() {
    await this.#spawn(Number(new URL(this.url).port));
    await this.ready();
  }

  /** Ends the process and removes its data. */
  async close() {
    await this.kill();
    this.#log.end();
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Returns once `/readyz` says yes. */
  async ready() {
    const answers = () => fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
    await expect.poll(answers, { timeout: 20_000, message: 'the server gets ready' }).toBe(true);
  }

  /** The end of the log, for the report of a failed test. */
  lastLog() {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-60).join('\n');
  }

  /** @param {string} role */
  signIn(role) {
    const found = this.signIns.find((signIn) => signIn.role === role);
    if (!found) throw new Error(`the demo names no sign-in for the role ${role}`);
    return found;
  }

  /**
   * Adds somebody who reads another language, as the hospital's IT does; the same person once.
   * @param {string} role
   * @param {string} language
   * @returns {SignIn}
   */
  hire(role, language) {
    const newcomer = { role, email: `${role}.${language}@hospital.example`, name: 'Nadia Prado', password: 'faro-manglar-tinta-61' };
    return this.employ(newcomer, language);
  }

  /**
   * The same, for somebody whose name a test needs.
   * @param {SignIn & { name: string }} newcomer
   * @param {string} [language]
   * @returns {SignIn}
   */
  employ({ role, email, name, password }, language = 'es') {
    if (this.#hired.has(email)) return { role, email, password };
    this.#hired.add(email);
    const place = role === 'ward' ? ['--ward', WARD] : [];
    const arguments_ = ['staff', 'add', '--role', role, ...place, '--language', language, '--email', email, '--name', name, '--data', this.#data];
    execFileSync(binary, arguments_, { cwd: this.#data, input: `${password}\n`, env: { PATH: process.env.PATH, HOME: process.env.HOME } });
    return { role, email, password };
  }

  /**
   * @param {number} port
   * @returns {Promise<Greeting>}
   */
  #spawn(port) {
    const child = spawn(binary, ['demo', '--json', '--port', String(port), '--data', this.#data], {
      cwd: this.#data,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ANTESALA_LOG: 'debug', ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.on('data', (chunk) => this.#log.write(chunk));
    return new Promise((greet, fail) => {
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${this.lastLog()}`)));
      let greeted = false;
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (greeted || !line.startsWith('{"url"')) return void this.#log.write(`${line}\n`);
        greeted = true;
        greet(JSON.parse(line));
      });
    });
  }

  /**
   * Keeps the metrics for the canary test, then ends the process.
   * @param {NodeJS.Signals} signal
   */
  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const answer = await fetch(`${this.url}/metrics`).catch(() => undefined);
    if (answer?.ok) appendFileSync(this.metricsFile, await answer.text());
    child.removeAllListeners('exit');
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }
}

/**
 * The token of an invitation link.
 * @param {string} link
 */
export function tokenOf(link) {
  const token = new URL(link).pathname.split('/').at(-1);
  if (!token) throw new Error('this link holds no token');
  return token;
}
