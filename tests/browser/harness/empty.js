// A hospital in which nobody works yet: `antesala serve` in an empty folder, which says a link for the first admin once.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepSecret, runFolder, traceFile } from './record.js';
import { binary, tokenOf } from './server.js';

export class EmptyHospital {
  #process;
  #data;

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {string} data
   * @param {string} link
   */
  constructor(process, data, link) {
    this.#process = process;
    this.#data = data;
    /** To make the first admin by. */
    this.link = link;
    this.url = new URL(link).origin;
  }

  /** @param {string} name of its log, unique in a run @returns {Promise<EmptyHospital>} */
  static async open(name) {
    const data = mkdtempSync(join(runFolder(), 'data-'));
    const log = createWriteStream(traceFile('log', `${name}.log`), { flags: 'a' });
    const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--hospital', 'Hospital San Telmo', '--data', data], {
      cwd: data,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ANTESALA_LOG: 'debug', ANTESALA_LOG_FORMAT: 'json' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.pipe(log);
    const link = await new Promise((found, fail) => {
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [said] = line.match(/https?:\S+\/set-up\/\S+/) ?? [];
        if (said) found(said);
      });
    });
    keepSecret('token', tokenOf(link));
    return new EmptyHospital(child, data, link);
  }

  /** Ends the process and removes its data. */
  async close() {
    this.#process.removeAllListeners('exit');
    const gone = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGTERM');
    await gone;
    rmSync(this.#data, { recursive: true, force: true });
  }
}
