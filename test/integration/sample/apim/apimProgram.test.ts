// Sample API Management as part of the real program: what it prints, where its token is, and what a folder keeps.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { armFaults } from '../../../../src/sample/apim/armFaults';
import { instanceId, samplePlace } from '../../../../src/sample/apim/place';
import { buildSample } from '../sampleBuild';
import { until } from '../sampleClient';
import { callAt, propertiesOf, version, type ArmReply } from './armClient';

let folder: string;
let program: string;
let temporary: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sample-apim-'));
  program = await buildSample(folder);
});
beforeEach(() => {
  temporary = mkdtempSync(join(folder, 'tmp-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Program {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
}

interface Ready {
  readonly arm: { endpoint: string; tokenFile?: string; subscriptionId: string; resourceGroup: string; service: string };
  readonly gateway: string;
  readonly baseUrl: string;
}

function start(words: string[], more: Record<string, string> = {}): Program {
  const own = { ...process.env };
  delete own.SAMPLE_API_KEY;
  delete own.SAMPLE_ARM_TOKEN;
  const env = { ...own, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ...more };
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (err += String(data)));
  return { child, out: () => out, err: () => err };
}

async function ready({ child, out, err }: Program): Promise<Ready> {
  await until(() => out().includes('\n') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(err());
  return JSON.parse(out());
}

async function ended({ child }: Program): Promise<number | null> {
  await until(() => child.exitCode !== null || child.signalCode !== null);
  await until(() => [child.stdout, child.stderr].every((pipe) => !pipe || pipe.destroyed || pipe.readableEnded));
  return child.exitCode;
}

function call({ arm }: Ready, token: string, path: string, method = 'GET', body?: unknown): Promise<ArmReply> {
  return callAt(`${arm.endpoint}${instanceId}${path}?${version}`, method, { body, headers: { Authorization: `Bearer ${token}` } });
}

describe('starting', () => {
  it('says where it is, keeps the token in a file of its own, and removes it at the end', async () => {
    const running = start(['--api-management']);
    const line = await ready(running);
    const { endpoint, tokenFile = '', ...place } = line.arm;
    const { subscriptionId, resourceGroup, service } = samplePlace;
    expect(place).toEqual({ subscriptionId, resourceGroup, service });
    expect([endpoint, line.gateway]).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
    expect(new Set([endpoint, line.gateway, line.baseUrl]).size).toBe(3);
    const token = readFileSync(tokenFile, 'utf8');
    expect(token).toMatch(/^[\w-]{43}$/);
    if (process.platform !== 'win32') expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(propertiesOf(await call(line, token, '')).gatewayUrl).toBe(line.gateway);
    expect((await call(line, 'x', '')).status).toBe(401);
    expect((await callAt(`${line.gateway}/nothing`, 'GET')).json).toEqual({ statusCode: 404, message: 'Resource not found' });

    running.child.kill('SIGTERM');
    await ended(running);
    expect(running.err()).toContain('is no part of Azure');
    expect(running.out() + running.err()).not.toContain(token);
    if (process.platform !== 'win32') expect([existsSync(tokenFile), existsSync(dirname(tokenFile))]).toEqual([false, false]);
  });

  it('is not there where nobody asks for it', async () => {
    const line = await ready(start([], { SAMPLE_ARM_TOKEN: 'given' }));
    expect(line).not.toHaveProperty('arm');
    expect(line).not.toHaveProperty('gateway');
  });

  it('takes a token that is given, and then writes no file', async () => {
    const running = start(['--api-management', '--creation-seconds', '7'], { SAMPLE_ARM_TOKEN: 'a-given-token', SAMPLE_API_KEY: 'k' });
    const line = await ready(running);
    expect((await callAt(`${line.arm.endpoint}/sample/creation`, 'GET', { headers: { Authorization: 'Bearer a-given-token' } })).json).toEqual({ seconds: 7 });
    expect(line.arm).not.toHaveProperty('tokenFile');
    expect((await call(line, 'a-given-token', '/apis')).status).toBe(200);
    expect(readdirSync(temporary)).toEqual([]);
    expect(running.out() + running.err()).not.toContain('a-given-token');
  });

  it('gives up with a reason', async () => {
    const wrong = start(['--api-management'], { SAMPLE_ARM_TOKEN: 'with blank' });
    expect([await ended(wrong), wrong.err()]).toEqual([2, expect.stringContaining('SAMPLE_ARM_TOKEN must be printable ASCII')]);
    const taken = createServer().listen(0, '127.0.0.1');
    await until(() => taken.listening);
    const address = taken.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    for (const option of ['--arm-port', '--gateway-port']) {
      const refused = start(['--api-management', option, String(port)]);
      expect([await ended(refused), refused.err()]).toEqual([1, expect.stringContaining(`Choose another for ${option}`)]);
    }
    taken.close();
  });

  it('is explained by the help, with each fault', async () => {
    const help = start(['--help']);
    expect(await ended(help)).toBe(0);
    for (const word of ['--api-management', '--arm-port', '--gateway-port', '--creation-seconds', 'SAMPLE_ARM_TOKEN', '/sample/faults', '/sample/creation', instanceId, ...Object.keys(armFaults)])
      expect(help.out()).toContain(word);
  });
});

describe('a folder', () => {
  it('keeps what was made and the ports, also when the program is killed', async () => {
    const words = ['--api-management', '--folder', join(temporary, 'kept')];
    const environment = { SAMPLE_ARM_TOKEN: 'a-given-token', SAMPLE_API_KEY: 'k' };
    const first = start(words, environment);
    const before = await ready(first);
    const secret = { properties: { displayName: 'service-key', value: 'a-very-secret-value', secret: true } };
    expect((await call(before, 'a-given-token', '/namedValues/key', 'PUT', secret)).status).toBe(202);
    first.child.kill('SIGKILL');
    await ended(first);
    for (const name of readdirSync(join(temporary, 'kept'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile()))
      expect(readFileSync(join(name.parentPath, name.name)).includes('a-very-secret-value')).toBe(false);

    const second = start(words, environment);
    const after = await ready(second);
    expect([after.arm.endpoint, after.gateway]).toEqual([before.arm.endpoint, before.gateway]);
    const kept = await callAt(`${after.arm.endpoint}${instanceId}/namedValues/key/listValue?${version}`, 'POST', { headers: { Authorization: 'Bearer a-given-token' } });
    expect(kept.json).toEqual({ value: 'a-very-secret-value' });
    second.child.kill('SIGKILL');
    await ended(second);

    // Ports of Sample API Management stay known while the sample runs without it.
    const third = start(['--folder', join(temporary, 'kept')], environment);
    await ready(third);
    third.child.kill('SIGTERM');
    await ended(third);
    expect((await ready(start(words, environment))).arm.endpoint).toBe(before.arm.endpoint);
  });

  it('keeps nothing of it without a token that is given', async () => {
    const running = start(['--api-management', '--folder', join(temporary, 'kept')]);
    const line = await ready(running);
    const token = readFileSync(line.arm.tokenFile ?? '', 'utf8');
    expect((await call(line, token, '/products/mine', 'PUT', { properties: { displayName: 'Mine' } })).status).toBe(201);
    running.child.kill('SIGTERM');
    await ended(running);
    expect(readdirSync(join(temporary, 'kept')).sort()).toEqual(['blobs', 'jobs', 'ports.json']);
  });
});
