// The command lines of the programs that people start: help, and what makes no sense, before anything is installed, built or opened.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const programs = ['test/host/start.mjs', 'test/host/test.mjs', 'test/host/desktop.mjs', 'test/host/kit.mjs', 'test/bench/bench.mjs'];

function run(program: string, ...args: string[]): { code: number | null; stdout: string; stderr: string } {
  // One that starts instead would never end, and nothing else goes on meanwhile.
  const options = { cwd: root, encoding: 'utf8', timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...args], options);
  return { code: status, stdout, stderr };
}

it.each(programs)('%s tells its options, and refuses others in one line', (program) => {
  const help = run(program, '--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: npm [^]*\n {2}--\S[^]*\n {2}--help +prints this\n$/);
  expect(run(program, '--nope')).toEqual({ code: 2, stdout: '', stderr: "Unknown option '--nope'. --help tells the options.\n" });
});

it.each([
  ['test/host/start.mjs', ['what'], "Unexpected argument 'what'. --help tells the options."],
  ['test/host/start.mjs', ['--port'], "Option '--port <value>' argument missing. --help tells the options."],
  ['test/host/start.mjs', ['--port', '--no-open'], "Option '--port' argument is ambiguous. --help tells the options."],
  ['test/host/start.mjs', ['--port', '0'], '--port takes a number from 1 to 65535.'],
  ['test/host/test.mjs', ['--only', 'most'], '--only takes one of unit, integration, pages, editor, ui.'],
])('%s %j makes no sense', (program, args, line) => {
  expect(run(program, ...args)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
});
