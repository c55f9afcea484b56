// The half of a key that a served VS Code gives to its page: to the page alone, and the same one after a restart. A small server stands for VS Code's.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = join(import.meta.dirname, '../..', 'host', 'servedEditor.mjs');
const token = 'a-token-of-this-test';
let folder = '';
const ends: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  writeFileSync(join(folder, 'token'), token);
  writeFileSync(join(folder, 'main.mjs'), `import { createServer } from 'node:http';
    const server = createServer((request, response) => response.end(request.method + ' ' + request.url + ' ' + process.argv.slice(2).join(' ')));
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`);
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true });
});

/** Starts the program and returns its address. */
async function start(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program, join(folder, 'main.mjs'), join(folder, 'key'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => child.kill());
  const [port] = await once(createInterface(child.stdout), 'line');
  return `http://127.0.0.1:${port}`;
}

async function ask(address: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Buffer }> {
  const response = await fetch(`${address}/mint-key`, { method: 'POST', headers });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

test('is 32 bytes, and the same ones after a restart', async () => {
  const first = await ask(await start());
  expect([first.status, first.body.length]).toEqual([200, 32]);
  expect((await ask(await start())).body.equals(first.body)).toBe(true);
  expect(readFileSync(join(folder, 'key')).equals(first.body)).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
});

test('is given only to a page that was opened with the token', async () => {
  const address = await start('--connection-token-file', join(folder, 'token'));
  for (const cookie of [undefined, 'vscode-tkn=', 'vscode-tkn=another', `other=${token}`, `vscode-tkn=${token}x`]) {
    const { status, body } = await ask(address, cookie === undefined ? {} : { cookie });
    expect([cookie, status, body.length]).toEqual([cookie, 403, 0]);
  }
  expect(await ask(address, { cookie: `a=b; vscode-tkn=${token}` })).toMatchObject({ status: 200 });
});

test('is all that is answered in its place: everything else goes to the server, with its own arguments', async () => {
  const address = await start('--host', 'x');
  expect(await (await fetch(`${address}/mint-key`)).text()).toBe('GET /mint-key --host x');
  expect(await (await fetch(`${address}/other`, { method: 'POST' })).text()).toBe('POST /other --host x');
});
