// Runs `npm run inspect` as a person does, on files that a test writes.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

const program = join(import.meta.dirname, '../../../src/inspect/start.mjs');

/** What a run of the program has left. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What was printed, as it stands and read as JSON. */
export interface Printed {
  readonly report: unknown;
  readonly text: string;
}

/** A folder of a test's own; it is removed when the tests of the file are over. */
export class InspectFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'inspect-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Runs the program in the folder. */
  async run(...args: readonly string[]): Promise<Outcome> {
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...args], { cwd: this.path })) };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, stdout, stderr };
    }
  }

  /** Writes a file and gives what the program prints of it, which has to be JSON and all there is. */
  async inspect(kind: string, name: string, content: string | Uint8Array, ...options: readonly string[]): Promise<Printed> {
    writeFileSync(join(this.path, name), content);
    const { code, stdout, stderr } = await this.run(kind, name, ...options);
    if (code !== 0 || stderr !== '') throw new Error(`The program has ended with ${code} and said: ${stderr}`);
    return { report: JSON.parse(stdout), text: stdout };
  }

  /** The same without the text. */
  async report(kind: string, name: string, content: string | Uint8Array, ...options: readonly string[]): Promise<unknown> {
    return (await this.inspect(kind, name, content, ...options)).report;
  }
}
