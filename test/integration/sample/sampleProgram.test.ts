// The sample as a real program: what it prints, where the key is, and that it never outlives its purpose.

import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../src/sample/definition';
import { buildSample } from './sampleBuild';
import { call, execute, goodDay, goodDayRow, key, until } from './sampleClient';

let folder: string;
let program: string;
/** The temporary folder of the programs under test. */
let temporary: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sample-program-'));
  program = await buildSample(folder);
});
beforeEach(() => {
  temporary = mkdtempSync(join(folder, 'tmp-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = { ...process.env };
  delete own.SAMPLE_API_KEY;
  return { ...own, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ...more };
}

interface Program {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
}

function collect(child: ChildProcess): Program {
  started.push(child);
  let out = '';
  let err = '';
  child.stdout?.on('data', (data) => (out += String(data)));
  child.stderr?.on('data', (data) => (err += String(data)));
  return { child, out: () => out, err: () => err };
}

function start(words: string[], more?: Record<string, string>): Program {
  return collect(spawn(process.execPath, [program, ...words], { env: environment(more), stdio: ['ignore', 'pipe', 'pipe'] }));
}

async function ready({ child, out, err }: Program): Promise<{ baseUrl: string; workspace: string; services: { name: string; id: string }[] }> {
  await until(() => out().includes('\n') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(err());
  return JSON.parse(out());
}

async function ended({ child }: Program): Promise<number | NodeJS.Signals | null> {
  // Node leaves out the close event after a disconnect, so the ends of process and pipes are looked for one by one.
  await until(() => child.exitCode !== null || child.signalCode !== null);
  await until(() => [child.stdout, child.stderr].every((pipe) => !pipe || pipe.destroyed || pipe.readableEnded));
  return child.exitCode ?? child.signalCode;
}

describe('starting', () => {
  it('prints one line of JSON, keeps the key in a file of its own, and removes it at the end', async () => {
    const running = start(['--port', '0']);
    const { baseUrl, workspace, services } = await ready(running);
    expect({ workspace, services }).toEqual({ workspace: sampleDefinition.workspace, services: [{ name: sampleDefinition.name, id: sampleDefinition.service }] });
    expect(running.out().split('\n')).toEqual([expect.stringContaining(baseUrl), '']);

    await until(() => running.err().includes('\n'));
    const path = / is in (.+), which/.exec(running.err())?.[1] ?? '';
    const made = readFileSync(path, 'utf8');
    expect(made).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const reply = await call(baseUrl, execute, { body: goodDay, headers: { Authorization: `Bearer ${made}` } });
    expect(JSON.parse(reply.text).Results.output1.value.Values).toEqual([goodDayRow]);

    running.child.kill('SIGTERM');
    expect(await ended(running)).toBe(process.platform === 'win32' ? 'SIGTERM' : 0);
    expect(running.out() + running.err()).not.toContain(made);
    if (process.platform !== 'win32') expect(readdirSync(temporary)).toEqual([]);
  });

  it('takes the key from the environment, and then writes no file', async () => {
    const running = start(['--bits', '1', '--ngrams', '1'], { SAMPLE_API_KEY: key });
    const { baseUrl } = await ready(running);
    const reply = await call(baseUrl, execute, { body: goodDay.replace('This is a good day', '1 2 3') });
    expect(JSON.parse(reply.text).Results.output1.value.Values).toEqual([['1', '2']]);
    await until(() => running.err().includes('SAMPLE_API_KEY'));
    expect(readdirSync(temporary)).toEqual([]);
    expect(running.out() + running.err()).not.toContain(key);
  });

  it('writes the key where it is told to, but never over a file', async () => {
    const path = join(temporary, 'key');
    const running = start(['--key-file', path]);
    await ready(running);
    expect(readFileSync(path, 'utf8')).toHaveLength(88);
    const second = start(['--key-file', path]);
    expect(await ended(second)).toBe(1);
    expect(second.err()).toContain(`The key file ${path} exists already`);
    expect(existsSync(path)).toBe(true);
    const third = start(['--key-file', join(temporary, 'missing', 'key')]);
    expect(await ended(third)).toBe(1);
    expect(third.err()).toContain('cannot be written (ENOENT)');
  });

  it('explains all when it is asked to', async () => {
    const help = start(['--help']);
    expect(await ended(help)).toBe(0);
    for (const word of ['--port', '--blob-port', '/jobs-seen', 'statusForm', 'Fail at row', '--bits', '--ngrams', '--key-file', 'SAMPLE_API_KEY', 'curl', 'swagger.json', 'throttle', 'slowBody']) {
      expect(help.out()).toContain(word);
    }
    const forked = collect(fork(program, ['--help'], { env: environment(), silent: true }));
    expect(await ended(forked)).toBe(0);
    expect(forked.out()).toBe(help.out());
  });

  it.each([
    ['an unknown option', ['--prot', '1'], {}, 'is not an option'],
    ['a key that cannot be sent', [], { SAMPLE_API_KEY: 'two words' }, 'SAMPLE_API_KEY must be printable'],
    ['a key file for a key that is given', ['--key-file', 'x'], { SAMPLE_API_KEY: 'two-words' }, 'leave out --key-file or the variable'],
  ])('ends with 2 for %s, and says what is wrong', async (_, words, more, sentence) => {
    const running = start(words, more);
    expect(await ended(running)).toBe(2);
    expect(running.err()).toContain(sentence);
    expect(running.err()).not.toMatch(/two.words|    at /);
    expect(running.out()).toBe('');
  });

  it('ends with 1 and a sentence when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const running = start(['--port', String(port)]);
    expect(await ended(running)).toBe(1);
    expect(running.err()).toBe(`Port ${port} of 127.0.0.1 is in use by another program. Choose another, or 0 for any free one.\n`);
    expect(readdirSync(temporary)).toEqual([]);
    other.close();
  });
});

describe('ending', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends on %s while calls and connections are open', async (signal) => {
    const running = start([], { SAMPLE_API_KEY: key });
    const { baseUrl } = await ready(running);
    await call(baseUrl, '/faults', { body: '{"faults":[{"never":true}]}' });
    const waiting = expect(call(baseUrl, execute, { body: goodDay })).rejects.toThrow();
    await until(async () => (await call(baseUrl, '/faults', { method: 'GET' })).text.includes('"pending":[]'));
    running.child.kill(signal);
    expect(await ended(running)).toBe(process.platform === 'win32' ? signal : 0);
    await waiting;
  });

  it('ends when the program that forked it lets go of it', async () => {
    const running = collect(fork(program, [], { env: environment(), silent: true }));
    await ready(running);
    expect(readdirSync(temporary)).toHaveLength(1);
    running.child.disconnect();
    expect(await ended(running)).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('ends when the program that forked it is killed, and takes its key file along', async () => {
    const parent = join(folder, 'parent.js');
    writeFileSync(parent, `const child = require('node:child_process').fork(${JSON.stringify(program)}, [], { silent: true });
      child.stdout.pipe(process.stdout);`);
    const running = collect(spawn(process.execPath, [parent], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] }));
    const { baseUrl } = await ready(running);
    const answers = (): Promise<boolean> => call(baseUrl, '/faults', { method: 'GET' }).then(() => true, () => false);
    expect(await answers()).toBe(true);
    expect(readdirSync(temporary)).toHaveLength(1);
    running.child.kill('SIGKILL');
    await until(async () => !(await answers()));
    await until(() => readdirSync(temporary).length === 0);
  });

  it('goes on serving when nobody reads what it prints', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    probe.close();
    await once(probe, 'close');
    const running = start(['--port', String(port)], { SAMPLE_API_KEY: key });
    running.child.stdout?.destroy();
    running.child.stderr?.destroy();
    const score = (): Promise<number> => call(`http://127.0.0.1:${port}`, execute, { body: goodDay }).then((reply) => reply.status, () => 0);
    await until(async () => (await score()) === 200 || running.child.exitCode !== null);
    expect(await score()).toBe(200);
    expect(running.child.exitCode).toBeNull();
  });
});
