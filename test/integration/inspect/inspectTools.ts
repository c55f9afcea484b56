// Runs what `npm run inspect` runs on files that a test writes: the command itself, and the program that it bundles, bundled once.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

const sources = join(import.meta.dirname, '../../../src/inspect');

/** Does with the program what `start.mjs` does, with a file for what is made in memory there. */
const startOfProgram = `
  const { main } = require('./main');
  void main(process.argv.slice(2), process.cwd(), process).then((code) => (process.exitCode = code));
`;

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
  private readonly built = mkdtempSync(join(tmpdir(), 'inspect-program-'));
  private readonly program = join(this.built, 'inspect.js');

  constructor() {
    beforeAll(async () => {
      await build({
        stdin: { contents: startOfProgram, resolveDir: sources }, outfile: this.program, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
        mainFields: ['module', 'main'], logLevel: 'warning',
      });
    });
    afterAll(() => [this.path, this.built].forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  }

  /** Runs the command's own script in the folder, which bundles the program each time. */
  runCommand(...args: readonly string[]): Promise<Outcome> {
    return this.start(join(sources, 'start.mjs'), args);
  }

  /** Runs the program in the folder. */
  run(...args: readonly string[]): Promise<Outcome> {
    return this.start(this.program, args);
  }

  private async start(script: string, args: readonly string[]): Promise<Outcome> {
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [script, ...args], { cwd: this.path })) };
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
