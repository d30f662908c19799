// Twilio's place, on loopback: the cargo example `stubs`, and its second door by which a test says what happens next.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { keepSecret } from './record.js';
import { binary, tokenOf } from './server.js';

/** @typedef {{ url: string, control: string, account: string, token: string, from: string }} Addresses */

/** Where cargo puts it: beside the program under test. */
const program = join(dirname(binary), 'examples/stubs');

export class Twilio {
  #child;

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {Addresses} addresses
   */
  constructor(child, addresses) {
    this.#child = child;
    this.addresses = addresses;
  }

  /** @returns {Promise<Twilio>} */
  static async start() {
    const { child, addresses } = await launch('twilio');
    return new Twilio(child, addresses);
  }

  /** All that a hospital needs to send through it. @returns {Record<string, string>} */
  environment() {
    const { url, account, token, from } = this.addresses;
    return {
      ANTESALA_SMS: 'twilio', ANTESALA_TWILIO_URL: url, ANTESALA_TWILIO_ACCOUNT_SID: account,
      ANTESALA_TWILIO_AUTH_TOKEN: token, ANTESALA_TWILIO_FROM: from,
    };
  }

  /** What becomes of the next message to a number: `sent,undelivered:30003`; nothing yet when empty. @param {string} to @param {string} reports */
  async plan(to, reports) {
    await this.#post('/plans', { to, reports });
  }

  /** Reports on the newest message to a number. @param {string} to @param {string} reports */
  async report(to, reports) {
    await this.#post('/reports', { to, reports });
  }

  /** Somebody answers. @param {string} from @param {string} body */
  async answer(from, body) {
    await this.#post('/answers', { from, body });
  }

  /** What was sent to a number, the first first. @param {string} to @returns {Promise<{ sid: string, to: string, body: string }[]>} */
  async messages(to) {
    return (await fetch(`${this.addresses.control}/messages?${new URLSearchParams({ to })}`)).json();
  }

  /** The link in the newest message to a number, as the phone got it. @param {string} to @returns {Promise<string>} */
  async link(to) {
    const [link] = (await this.messages(to)).at(-1)?.body.match(/https?:\S+/) ?? [];
    if (!link) throw new Error('the newest message holds no link');
    keepSecret('token', tokenOf(link));
    return link;
  }

  /** How many messages a number has got by and by. @param {string} to @param {number} count */
  async expectMessages(to, count) {
    await expect.poll(async () => (await this.messages(to)).length, { message: 'the phone has its messages' }).toBe(count);
  }

  stop() {
    this.#child.removeAllListeners('exit');
    this.#child.kill('SIGKILL');
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} form
   */
  async #post(path, form) {
    const answer = await fetch(this.addresses.control + path, { method: 'POST', body: new URLSearchParams(form) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

/**
 * Starts the stub of a service; it says where it is.
 * @param {string} service
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, addresses: any }>}
 */
export function launch(service) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run cargo build --example stubs first`);
  const child = spawn(program, [service], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((started, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the stub ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => started({ child, addresses: JSON.parse(line) }));
  });
}
