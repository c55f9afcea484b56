// What a service's page is told and may say, without an editor.

import { describe, expect, it } from 'vitest';
import { lastExchange } from '../../../../src/features/code/lastExchange';
import { givenRequest } from '../../../../src/features/code/givenRequest';
import { readFromServicePage, readSavedAddress } from '../../../../src/features/code/messages';
import type { Entry } from '../../../../src/features/scoring/runs';
import { InvalidInput } from '../../../../src/model/errors';
import type { Service } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { serviceView } from '../../../../src/protocols/studio/serviceView';
import { someActions } from '../../ui/someActions';

const actions = someActions();

function serviceAt(address: string): Service {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name: 'Alpha', address, endpoint: reading.endpoint, subscriptionKeyHeader: 'X-Key' };
}

const alpha = serviceAt('https://host.example/workspaces/a1/services/b1');

describe('what the page says', () => {
  it('is believed only in the shapes that it has', () => {
    const good = [
      { type: 'ready' }, { type: 'send' }, { type: 'runJob' }, { type: 'copyAddress' }, { type: 'action', action: 'showLog' },
      { type: 'copyUrl', way: 0, operation: 1 }, { type: 'copyRequest', way: 1, operation: 0 }, { type: 'copyCode', way: 0, code: 5 }, { type: 'openCode', way: 1, code: 0 },
    ];
    for (const message of good) expect(readFromServicePage({ ...message, more: 'x' }, actions)).toEqual(message);
    const bad = [undefined, null, 'ready', {}, { type: 'cancel' }, { type: 'copyUrl', way: 0 }, { type: 'copyUrl', operation: 0 }, { type: 'copyCode', way: -1, code: 0 }, { type: 'openCode', way: 0, code: 0.5 }, { type: 'copyCode', way: '0', code: 0 }, { type: 'action', action: 'rm' }];
    for (const message of bad) expect(readFromServicePage(message, actions)).toBeUndefined();
  });

  it('and has saved tells of its service', () => {
    expect(readSavedAddress({ address: alpha.address })).toBe(alpha.address);
    for (const state of [undefined, null, {}, { address: '' }, { address: 1 }]) expect(readSavedAddress(state)).toBeUndefined();
  });
});

describe('what the page is told', () => {
  it('has the last request where it belongs, cut where it is long, and whole in the code', () => {
    const long = `{"Inputs":{"input1":{"ColumnNames":["a"],"Values":[["${'x'.repeat(30_000)}end"]]}}}`;
    const [way] = serviceView(alpha, { request: long, answer: '{}' }).ways;
    const [table, rows] = way?.operations ?? [];
    expect(table?.request).toMatch(/x\n… \(\d+ more characters\)$/);
    expect(table?.response).toBe('{}');
    expect(rows?.requestNote).toMatch(/^The shape of a request/);
    expect(way?.codes.every(({ code }) => code.includes('xend'))).toBe(true);
  });

  it('shows no half of a secret where a sample ends, and says that more follows', () => {
    // What is masked becomes shorter, so that the end of what was looked through would come into sight.
    const shrinking = '&sig=ZZ9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg%3D%3D'.repeat(300);
    for (const length of [19_990, 20_000, 23_970, 23_980, 23_990, 24_000]) {
      const beginning = `{"Inputs":{"a":[{"x":"${shrinking}`;
      const body = `${beginning}${' '.repeat(length - beginning.length)} https://u:Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5@host ${'y'.repeat(300_000)}"}]}}`;
      const [way] = serviceView(alpha, { request: body, answer: body.slice(0, 100_000), answerGoesOn: true }).ways;
      const operation = way?.operations[1];
      expect(operation?.request).toMatch(/\n… \(\d+ more characters\)$/);
      expect(operation?.response).toMatch(/\n… \(much more follows\)$/);
      for (const text of [operation?.request, operation?.response, ...(way?.codes.map(({ code }) => code) ?? [])]) expect(text).not.toMatch('Zm9v');
    }
  });

  it('is the shape of a request that no form can be told of, with the request in the code', () => {
    const [way] = serviceView(alpha, { request: 'no json' }).ways;
    expect(way?.operations.map(({ requestNote }) => requestNote?.slice(0, 9))).toEqual(['The shape', 'The shape', undefined]);
    expect(way?.codes[1]?.code).toContain("request = 'no json'");
  });

  it('tells of hosts that are switched off', () => {
    const retired = serviceAt('https://ussouthcentral.services.azureml.net/workspaces/a1/services/b1');
    expect(serviceView(retired, {}).notes.at(-1)).toMatch(/retired/);
  });
});

describe('an exchange whose code is copied', () => {
  it('has to have its request', () => {
    expect(givenRequest({ address: 'x', source: 'a.json', requestBody: '{}' })).toBe('{}');
    for (const other of [undefined, 'x', {}, { requestBody: 1 }]) expect(givenRequest(other)).toBeUndefined();
    expect(() => givenRequest({ source: 'a.json', requestBody: '' })).toThrow(new InvalidInput({ sentence: 'The request "a.json" is not in the history, as it was too large to be kept.', advice: 'Open its file and copy that as code.' }));
  });
});

describe('what is at hand', () => {
  const entry = (status: number, body: string, service = alpha): Entry => ({
    item: { file: 'file:///a.json', source: 'a.json', service, read: () => Promise.resolve({ form: 'table', json: '{}' }) },
    state: {
      kind: 'answered',
      exchange: {
        service, source: 'a.json', method: 'POST', url: service.address, requestHeaders: [], requestBody: `request ${status}`, requestBytes: 1, startedAt: 0, durationMs: 0,
        earlierAttempts: [], tables: [], notes: [], answer: { status, statusText: '', headers: [], body: Buffer.from(body) },
      },
    },
  });
  const history = (address: string): Promise<string | undefined> => Promise.resolve(`history of ${address}`);

  it('is the last exchange that went well, or what the history has', async () => {
    const other = serviceAt('https://host.example/score');
    expect(await lastExchange({ entries: [entry(200, 'é'), entry(401, 'no'), entry(200, 'other', other)] }, history, alpha.address)).toEqual({ request: 'request 200', answer: 'é' });
    expect(await lastExchange({ entries: [entry(200, 'z'.repeat(300_000))] }, history, alpha.address)).toEqual({ request: 'request 200', answer: 'z'.repeat(200_000), answerGoesOn: true });
    expect(await lastExchange({ entries: [entry(401, 'no')] }, history, alpha.address)).toEqual({ request: `history of ${alpha.address}` });
    expect(await lastExchange({ entries: [] }, () => Promise.resolve(undefined), alpha.address)).toEqual({ request: undefined });
  });
});
