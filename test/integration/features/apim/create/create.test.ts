// Instances that are made, restored and deleted at the sample's ARM over real sockets, in both styles of the service, and processes that are
// killed (kill -9) at each write: nothing is made twice, and nothing is lost.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { instancePath } from '../../../../../src/arm/apimPaths';
import { isOver, type InstanceWork, type WorkKind } from '../../../../../src/features/apim/create/work';
import { samplePlace } from '../../../../../src/sample/apim/place';
import { startRunning, token, type Running } from '../../../sample/apim/armClient';
import { startGate, type Gate, type Moment } from '../../jobs/jobKillsTools';
import { carryOutHere, type CreateOrder } from './createProgram';

const { subscriptionId } = samplePlace;
let home: string;
let program: string;
let running: Running;
let gate: Gate;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'azureml-creating-'));
  program = join(home, 'create.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'createProgram.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    mainFields: ['module', 'main'], logLevel: 'warning',
  });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  running = await startRunning({ creationMs: 150, now: () => Date.now() });
  gate = await startGate(running.apim.armPort);
  folder = mkdtempSync(join(home, 'place-'));
});
afterEach(async () => {
  gate.close();
  await running.apim.stop();
});

function workFor(kind: WorkKind, name: string, changed: Partial<InstanceWork> & { readonly group?: string } = {}): InstanceWork {
  const { group = 'sample', ...rest } = changed;
  return {
    key: '0mx1eapqv-ucqqn66hm4pz', kind, startedAt: Date.now(), step: 'agreed', owner: {}, tier: 'Developer', newGroup: false, organisation: 'Contoso', email: 'ann@contoso.invalid',
    place: {
      endpointUrl: `http://127.0.0.1:${gate.port}`, sample: true, id: instancePath(subscriptionId, group, name), subscriptionId, resourceGroup: group, name, location: 'West Europe',
    },
    ...rest,
  };
}

const doIt = (work: InstanceWork, way: CreateOrder['way'] = 'begin'): Promise<InstanceWork> => carryOutHere({ way, folder, token, work });
const stateAt = async (work: InstanceWork): Promise<unknown> => {
  const { status, json } = await running.at('GET', `${work.place.id}?api-version=2024-05-01`);
  return status === 200 ? (json as { properties: { provisioningState: string } }).properties.provisioningState : status;
};
const writes = (): readonly string[] => gate.passed.filter((line) => /^(?:PUT|DELETE) /.test(line)).map((line) => line.split('?')[0] ?? '');

it.each(['Developer', 'Consumption', 'BasicV2'])('makes an instance of %s, in the style of its tier, and its group before it', async (tier) => {
  const work = workFor('create', 'contoso-new', { tier, newGroup: true, group: 'fresh' });
  expect(await doIt(work)).toMatchObject({ step: 'done' });
  expect(await stateAt(work)).toBe('Succeeded');
  expect(writes()).toEqual([`PUT /subscriptions/${subscriptionId}/resourcegroups/fresh`, `PUT ${work.place.id}`]);
  // Signed addresses are gone with the end, and were in no file.
  expect(JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'))).toEqual({});
  for (const file of readdirSync(join(folder, 'instances'))) expect(readFileSync(join(folder, 'instances', file), 'utf8')).not.toContain('asyncId');
});

it.each(['Developer', 'Consumption'])('tells the words of the service where the activation of %s fails, and tries again when it is told to', async (tier) => {
  await running.fault({ fault: 'activationFails' });
  const work = workFor('create', 'contoso-bad', { tier });
  const ended = await doIt(work);
  expect(ended).toMatchObject({ step: 'failed' });
  expect([ended.problem?.sentence, ended.problem?.detail].join(' ')).toMatch(/ActivationFailed|activat/i);
  expect(await stateAt(work)).toBe('Failed');
  expect(await doIt({ ...ended, step: 'agreed', problem: undefined })).toMatchObject({ step: 'done' });
});

it('leaves an instance alone that somebody else has made', async () => {
  const { path } = await running.create('theirs');
  expect(await doIt(workFor('create', 'theirs'))).toMatchObject({ step: 'failed', problem: { sentence: expect.stringContaining('was not made by this') } });
  expect(writes()).not.toContain(`PUT ${path}`);
});

it('deletes one, tells that its name is held, and restores it with what it held', async () => {
  const work = workFor('create', 'contoso-back');
  await doIt(work);
  await running.at('PUT', `${work.place.id}/namedValues/kept?api-version=2024-05-01`, { properties: { displayName: 'kept', value: '1' } });
  expect(await doIt(workFor('delete', 'contoso-back'))).toMatchObject({ step: 'done' });
  expect(await stateAt(work)).toBe(404);
  const held = await doIt({ ...workFor('create', 'contoso-back'), key: '0mx1eapqw-ucqqn66hm4pz' });
  expect(held).toMatchObject({ step: 'failed', problem: { detail: expect.stringContaining('soft-deleted') } });
  expect(await doIt(workFor('restore', 'contoso-back'))).toMatchObject({ step: 'done' });
  expect((await running.at('GET', `${work.place.id}/namedValues/kept?api-version=2024-05-01`)).status).toBe(200);
});

describe('a process that is killed', () => {
  const group = /^PUT [^?]*\/resourcegroups\/fresh\?/i;
  const put = /^PUT [^?]*\/service\/contoso-new\?/;
  const remove = /^DELETE [^?]*\/service\/contoso-new\?/;
  const poll = /^GET [^?]*\/operation\w+\//i;
  const cases: readonly (readonly [WorkKind, string, Moment, RegExp])[] = [
    ['create', 'PUT of its group', 'after', group], ['create', 'PUT', 'before', put], ['create', 'PUT', 'after', put], ['create', 'PUT', 'middle', put],
    ['create', 'poll', 'middle', poll], ['delete', 'DELETE', 'before', remove], ['delete', 'DELETE', 'after', remove], ['restore', 'PUT', 'after', put],
  ];
  it.each(cases)(
    'to %s at its %s (%s)', async (kind, _verb, moment, pattern) => {
      const work = workFor(kind, 'contoso-new', kind === 'create' ? { newGroup: true, group: 'fresh' } : {});
      if (kind !== 'create') await running.create('contoso-new');
      if (kind === 'restore') {
        await running.over(await running.at('DELETE', `${work.place.id}?api-version=2024-05-01`));
        await expect.poll(() => stateAt(work)).toBe(404);
      }
      const held = kind === 'restore' ? { ...work, place: { ...work.place, location: 'West Europe' } } : work;
      const before = gate.passed.length;
      const reached = gate.hold(moment, pattern);
      const child = fork(program, [JSON.stringify({ way: 'begin', folder, token, work: held } satisfies CreateOrder)], { silent: true, execArgv: [] });
      children.push(child);
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      await Promise.race([reached, ended.then(() => Promise.reject(new Error('It has ended.')))]);
      child.kill('SIGKILL');
      await ended;

      const after = await doIt(held, 'goOn');
      expect(isOver(after)).toBe(true);
      expect(after.step).not.toBe('failed');
      // What was not begun is begun by the person, and finds what is there.
      const last = after.step === 'notBegun' ? await doIt({ ...after, step: 'agreed' }) : after;
      expect(last).toMatchObject({ step: 'done' });
      expect(await stateAt(held)).toBe(kind === 'delete' ? 404 : 'Succeeded');
      const answered = gate.passed.slice(before).filter((line) => /^(?:PUT|DELETE) [^?]*\/service\/contoso-new\?/.test(line));
      expect(answered).toHaveLength(1);
    },
  );
});
