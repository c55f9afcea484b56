// A job while it is put together: what it is called, where its files go, what comes of it.

import { describe, expect, it } from 'vitest';
import { apart, finished, freshName, inputText, titleOf, useStorage, usualContainer, type Draft, type DraftInput } from '../../../../src/features/jobs/draft';
import type { Storage, StorageAccess } from '../../../../src/model/storage';
import { account, base, file, secrets, service } from './runnerBench';

const now = Date.UTC(2026, 10, 21, 16, 5);
const storage: Storage = { id: base, name: 'weather', base, local: false };
const one: StorageAccess = { kind: 'container', base, container: 'days', sas: `?sig=${secrets.signature}` };
const options = { startsItself: true, connectionStrings: false, now };

function ofFile(name: string, more: Partial<Extract<DraftInput, { kind: 'file' }>> = {}): DraftInput {
  return { kind: 'file', port: undefined, file: file(name), warnings: [], place: undefined, ...more };
}

const ofBlob: DraftInput = { kind: 'blob', port: 'input2', storage, blob: { base, container: 'in', name: 'old/days.tsv' } };

function draft(inputs: DraftInput[], more: Partial<Draft> = {}): Draft {
  return { service, storage, inputs, outputs: [], parameters: new Map(), ...more };
}

describe('a draft', () => {
  it('is called by its first input', () => {
    expect(titleOf(draft([ofFile('days.csv')]))).toBe('days.csv');
    expect(titleOf(draft([ofBlob]))).toBe('days.tsv');
    expect(titleOf(draft([ofFile('a.csv'), ofBlob, ofBlob]))).toBe('a.csv and 2 more');
    expect(titleOf(draft([]))).toBe('Weather without input');
  });

  it('tells of an input in a few words', () => {
    expect(inputText(ofFile('days.csv'))).toMatch(/^days\.csv \(100 .+\)$/);
    expect(inputText(ofBlob)).toBe('in/old/days.tsv in weather');
  });

  it('puts files where nothing else is', () => {
    const names = Array.from({ length: 50 }, () => freshName('dä ys.csv', now));
    for (const name of names) expect(name).toMatch(/^2026-11-21\/[\da-f]{8}\/dä ys\.csv$/);
    expect(new Set(names).size).toBe(50);
  });
});

describe('what comes of a draft', () => {
  it('is nothing when two of its files would go to one place', async () => {
    const place = { storage: storage.id, container: 'days', name: 'same.csv', overwrite: false };
    const twice = draft([ofFile('a.csv', { port: 'a', place }), ofFile('b.csv', { port: 'b', place })]);
    await expect(finished(twice, () => Promise.resolve(account), options)).rejects.toThrow(/have the same place: .*days\/same\.csv/);
  });

  it('has a fresh place for each file of no chosen one, and keeps blobs where they are', async () => {
    const job = await finished(draft([ofFile('days.csv', { port: 'input1' }), ofBlob], { parameters: new Map([['2', '1.10'], ['1', 'x']]) }), () => Promise.resolve(account), options);
    expect(job).toMatchObject({ service, title: 'days.csv and 1 more', parametersJson: '{"2":"1.10","1":"x"}', startsItself: true, connectionStrings: false, outputs: [] });
    const [first, second] = job.inputs;
    expect(first).toMatchObject({ port: 'input1', file: file('days.csv'), storage: base, overwrite: false, blob: { base, container: usualContainer, name: expect.stringMatching(/^2026-11-21\/.{8}\/days\.csv$/) } });
    expect(second).toEqual({ port: 'input2', storage: base, blob: ofBlob.kind === 'blob' ? ofBlob.blob : undefined, overwrite: false });
  });

  it('takes the chosen place and the request to overwrite', async () => {
    const { inputs: [input] } = await finished(draft([ofFile('days.csv', { place: { storage: base, container: 'mine', name: 'a/b.csv', overwrite: true } })]), () => Promise.resolve(account), options);
    expect(input).toEqual({ file: file('days.csv'), storage: base, blob: { base, container: 'mine', name: 'a/b.csv' }, overwrite: true });
    expect(input).not.toHaveProperty('port');
  });

  it('takes neither place nor request into another storage, also when the first one is chosen again', async () => {
    const place = { storage: base, container: 'mine', name: 'a/b.csv', overwrite: true };
    const other: Storage = { ...storage, id: 'https://other.example/', base: 'https://other.example/' };
    const fresh = { overwrite: false, blob: { container: usualContainer, name: expect.stringMatching(/^2026-11-21\/.{8}\/days\.csv$/) } };
    const made = async (of: Draft) => (await finished(of, () => Promise.resolve(account), options)).inputs[0];
    expect(await made(draft([ofFile('days.csv', { place })], { storage: other }))).toMatchObject({ storage: other.id, ...fresh });
    const changed = draft([ofFile('days.csv', { place }), ofBlob]);
    useStorage(changed, storage);
    expect(await made(changed)).toMatchObject({ overwrite: true, blob: { name: 'a/b.csv' } });
    useStorage(changed, other);
    useStorage(changed, storage);
    expect(changed.inputs).toEqual([ofFile('days.csv'), ofBlob]);
    expect(await made(changed)).toMatchObject({ storage: base, ...fresh });
  });

  it('writes the outputs of jobs that run apart to folders of their own', async () => {
    const outputs = [{ port: 'output1', storage, container: 'out', name: 'r.csv' }, { port: 'output2', storage, container: 'out', name: 'deep/er/s.csv' }];
    const parameters = new Map([['seed', '1']]);
    const first = draft([ofFile('a.csv')], { outputs, parameters });
    const jobs = await Promise.all(apart(first, [[ofFile('b.csv')], [ofFile('c.csv')]]).map((each) => finished(each, () => Promise.resolve(account), options)));
    expect(jobs.map(({ title, parametersJson }) => [title, parametersJson])).toEqual(['a.csv', 'b.csv', 'c.csv'].map((title) => [title, '{"seed":"1"}']));
    const names = jobs.flatMap((job) => job.outputs.map(({ blob }) => blob.name));
    expect(new Set(names).size).toBe(6);
    for (const [index, name] of names.entries()) expect(name).toMatch(index % 2 === 0 ? /^[\da-f]{8}\/r\.csv$/ : /^deep\/er\/[\da-f]{8}\/s\.csv$/);
    expect(apart(first, [])).toEqual([first]);
  });

  it('stays in the one container that a token is for', async () => {
    const { inputs: [free, chosen] } = await finished(draft([ofFile('a.csv'), ofFile('b.csv', { place: { storage: base, container: 'elsewhere', name: 'b.csv', overwrite: false } })]), () => Promise.resolve(one), options);
    expect([free?.blob.container, chosen?.blob.container]).toEqual(['days', 'days']);
  });

  it('has outputs at the address of their own storage, and no secret anywhere', async () => {
    const other: Storage = { ...storage, id: 'other', base: 'https://other.example/' };
    const outputs = [{ port: 'output1', storage: other, container: 'out', name: 'r.csv' }];
    const job = await finished(draft([ofFile('a.csv')], { outputs }), (of) => Promise.resolve(of === other ? { ...one, base: other.base } : account), options);
    expect(job.outputs).toEqual([{ port: 'output1', storage: 'other', blob: { base: other.base, container: 'out', name: 'r.csv' } }]);
    for (const secret of Object.values(secrets)) expect(JSON.stringify(job)).not.toContain(secret);
  });

  it('needs a storage for a file', async () => {
    await expect(finished(draft([ofFile('a.csv')], { storage: undefined }), () => Promise.resolve(account), options)).rejects.toThrow(/storage/);
  });
});
