// The transport as it ships: small, and without touching what the other extensions of the process use.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { settings } from './calls';

const source = join(import.meta.dirname, '../../../src/http/transport.ts');

/** Bundles a module as the build does, with minifying. */
function bundle(entry: { contents: string } | { file: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'transport.js');
  buildSync({
    ...('file' in entry ? { entryPoints: [entry.file] } : { stdin: { contents: entry.contents, resolveDir: import.meta.dirname } }),
    outfile, bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'error',
  });
  return outfile;
}

/** Runs a script in a Node of its own; it sees the path of the bundle as `file`. */
function runWith(file: string, script: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', `const file = ${JSON.stringify(file)};${script}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const useIt = `
  const { createTransport } = require(file);
  const server = require('node:http').createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1', async () => {
    const transport = createTransport(${JSON.stringify(settings())});
    const request = { method: 'GET', url: 'http://127.0.0.1:' + server.address().port, headers: [], timeoutMs: 0 };
    const outcome = await transport.send(request, new AbortController().signal);
    const slots = [1, 2].map((version) => globalThis[Symbol.for('undici.globalDispatcher.' + version)] === undefined);
    console.log(JSON.stringify({ status: outcome.answer.status, slots }));
    await transport.close();
    server.close();
  });`;

it('leaves the process\'s own dispatcher alone, also after a call', () => {
  expect(runWith(bundle({ file: source }), useIt)).toEqual({ status: 200, slots: [true, true] });
});

it('would be caught if it did not', () => {
  const file = bundle({ contents: 'export { Agent } from "undici";' });
  expect(runWith(file, 'require(file); console.log(globalThis[Symbol.for("undici.globalDispatcher.1")] === undefined);')).toBe(false);
});

it('is smaller than 350 kB', () => {
  expect(statSync(bundle({ file: source })).size).toBeLessThan(350_000);
});
