// Traces as the service writes them, read into steps; what is not understood stays, and hostile ones do no harm.

import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../../../src/features/apim/trace/readTrace';
import type { Trace } from '../../../../../src/features/apim/trace/traceModel';
import { shownTrace } from '../../../../../src/features/apim/trace/traceWords';

const line = (source: string, data: unknown, elapsed = '00:00:00.0010000'): object => ({ source, timestamp: '2026-11-30T12:00:00Z', elapsed, data });
const trace = (entries: unknown): Trace => {
  const read = readTrace({ serviceName: 'contoso', traceId: 't', traceEntries: entries });
  expect.assert(read);
  return read;
};
const inbound = (data: unknown): Trace['steps'][number] | undefined => trace({ inbound: [line('some', data)] }).steps[0];

describe('a trace', () => {
  it('is read in the order of its sections, with what each step took', () => {
    const read = trace({
      'outbound': [line('set-status', { message: 'Set.' }, '00:00:01.2500000')],
      'inbound': [line('api-inspector', { request: { method: 'GET', url: 'https://a/b' } }, '00:00:00.0725926'), line('cors', { message: 'None.' }, '00:00:00.0730000')],
      'backend': [line('forward-request', { message: 'Forwarded.' }, '00:00:00.2000000'), line('forward-request', { response: { status: { code: 200, reason: 'OK' } } }, '00:00:01.2000000')],
      'on-error': [],
    });
    expect(read.steps.map(({ section, source, atMs, tookMs }) => [section, source, atMs?.toFixed(4), tookMs?.toFixed(4)])).toEqual([
      ['inbound', 'api-inspector', '72.5926', '72.5926'], ['inbound', 'cors', '73.0000', '0.4074'], ['backend', 'forward-request', '200.0000', '127.0000'],
      ['backend', 'forward-request', '1200.0000', '1000.0000'], ['outbound', 'set-status', '1250.0000', '50.0000'],
    ]);
    expect([read.totalMs, read.left]).toEqual([1250, 0]);
  });

  it.each([
    [{ message: 'One.' }, { messages: ['One.'], facts: [] }],
    [{ message: ['One.', 'Two.'] }, { messages: ['One.', 'Two.'] }],
    [{ messages: ['Rate limit is exceeded.'] }, { messages: ['Rate limit is exceeded.'] }],
    ['only a text', { messages: ['only a text'], rest: undefined }],
    [{ message: 'Set.', header: { name: 'X-A', value: 'b' } }, { facts: [{ kind: 'headerSet', header: { name: 'X-A', value: 'b' } }] }],
    [{ header: { name: 'X-A' } }, { facts: [{ kind: 'headerRemoved', header: { name: 'X-A', value: undefined } }] }],
    [{ headers: [{ name: 'A', value: '1' }, { name: 'B', value: ['2', '3'] }] }, { facts: [{ header: { value: '1' } }, { header: { value: '["2","3"]' } }] }],
    [{ added: [{ name: 'A', value: '1' }], removed: [{ name: 'B' }] }, { facts: [{ kind: 'headerSet' }, { kind: 'headerRemoved' }] }],
    [{ oldBackendServiceUrl: 'http://a', newBackendServiceUrl: 'http://b' }, { facts: [{ kind: 'backend', before: 'http://a', after: 'http://b' }] }],
    [{ oldUrl: '/a', request: { url: '/b' } }, { facts: [{ kind: 'url', before: '/a', after: '/b' }] }],
    [{ request: { method: 'POST', url: '/b', headers: [{ name: 'A', value: '1' }] } }, { facts: [{ kind: 'request', method: 'POST', headers: [{ name: 'A' }] }] }],
    [{ response: { status: { code: '404', reason: 'Not Found' }, headers: null } }, { facts: [{ kind: 'response', status: 404, reason: 'Not Found', headers: [] }] }],
    [{ message: 'Evaluated.', expression: 'context.Request.IpAddress', value: true }, { facts: [{ kind: 'expression', value: 'true' }] }],
  ])('says %j', (data, expected) => {
    expect(inbound(data)).toMatchObject({ rest: undefined, ...expected });
  });

  it('says which variable was set', () => {
    expect(trace({ inbound: [line('set-variable', { message: 'Set.', name: 'a', value: { b: 1 } })] }).steps[0]?.facts).toEqual([{ kind: 'variable', name: 'a', value: '{"b":1}' }]);
  });

  it.each([
    [{ configuration: { api: { from: '/demo' } } }, ['configuration']],
    [{ message: 'Known.', other: 1 }, ['other']],
    [{ message: { text: 'odd' } }, ['message']],
    [{ header: { name: 'A', value: 'b', more: 1 } }, ['header']],
    [{ headers: ['A: b'] }, ['headers']],
    [{ request: { method: 'GET', body: 'b' } }, ['request']],
    [{ response: { status: 200 } }, ['response']],
    [{ response: { status: { code: 200, more: 1 } } }, ['response']],
    [{ name: 'no variable', value: 1 }, ['name', 'value']],
    [{ newBackendServiceUrl: 5 }, ['newBackendServiceUrl']],
    [['a', 'list'], ['0', '1']],
    [17, []],
  ])('keeps what it does not understand: %j', (data, names) => {
    const rest: unknown = JSON.parse(inbound(data)?.rest ?? 'null');
    expect(typeof rest === 'object' && rest !== null ? Object.keys(rest) : []).toEqual(names);
    expect(inbound(data)?.rest).toBeDefined();
  });

  it.each([undefined, null, 5, {}, { traceEntries: [] }, { traceEntries: { inbound: {} } }, { traceEntries: { inbound: [] } }])('is none: %j', (body) => {
    expect(readTrace(body)).toBeUndefined();
  });

  it('has lines that are none', () => {
    const { steps } = trace({ inbound: [null, 5, 'text', {}, { source: 7, elapsed: 'soon', data: null }] });
    expect(steps).toHaveLength(5);
    expect(steps.every(({ source, atMs, tookMs, messages, rest }) => source === '' && atMs === undefined && tookMs === undefined && messages.length === 0 && rest === undefined)).toBe(true);
  });

  it('is cut where it is far too long, and says so', () => {
    const long = 'x'.repeat(100_000);
    const { steps, left } = trace({ inbound: Array.from({ length: 1_003 }, () => line(long, { message: long, header: { name: long, value: long }, rest: long })) });
    expect([steps.length, left]).toEqual([1_000, 3]);
    const [first] = steps;
    expect([first?.source.length, first?.messages[0]?.length, first?.rest?.length]).toEqual([201, 2_001, 20_001]);
    expect(shownTrace({ steps, left, totalMs: 1 }, { method: 'GET', operation: 'x', status: 200 }, 0).notes).toEqual(['3 more steps are not shown.']);
  });

  it('takes hostile names for names', () => {
    const { steps } = trace(JSON.parse('{"inbound":[{"source":"__proto__","data":{"__proto__":{"polluted":true},"message":"<b>\\ud800\\u202e"}}]}'));
    expect(steps[0]).toMatchObject({ source: '__proto__', messages: ['<b>\ud800\u202e'], rest: expect.stringContaining('"__proto__"') });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('that is nested without end is read, and its depth left alone', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(trace({ inbound: [line('deep', { message: 'Read.', deep })] }).steps[0]?.messages).toEqual(['Read.']);
  });
});

describe('in words', () => {
  const shown = (entries: unknown, unread = 0): ReturnType<typeof shownTrace> => shownTrace(trace(entries), { method: 'POST', operation: 'RRS Execute', status: 200 }, unread);

  it('a trace tells the call, its sections and each step', () => {
    const { title, sections, notes } = shown({
      'inbound': [line('set-header', { message: 'Assigned.', header: { name: 'X-A', value: 'b' } }), line('rewrite-uri', { oldUrl: '/a', request: { url: '/b' } }, '00:00:00.0020000')],
      'backend': [line('forward-request', { request: { method: 'POST', url: 'http://c/b', headers: [{ name: 'H', value: 'v' }] } }, '00:00:00.0040000')],
      'on-error': [line('', { other: 1 }, '00:00:00.0080000')],
    });
    expect(title).toBe('POST RRS Execute, 200, 8 ms');
    expect(sections.map((each) => [each.title, each.took, each.steps.length])).toEqual([['Inbound', '2 ms', 2], ['Backend', '2 ms', 1], ['On Error', '4 ms', 1]]);
    expect(sections[0]?.steps[0]).toEqual({ source: 'set-header', took: '1 ms', at: 'After 1 ms', share: 0.125, said: ['Assigned.'], changed: ['Header X-A: b'], headers: [] });
    expect(sections[0]?.steps[1]?.changed).toEqual(['Path and query: /b, was /a']);
    expect(sections[1]?.steps[0]).toMatchObject({ changed: ['POST http://c/b'], headers: [{ name: 'H', value: 'v' }] });
    expect(sections[2]?.steps[0]).toMatchObject({ source: '(no name)', said: ['Shown as it came.'], rest: expect.stringContaining('other') });
    expect(notes).toEqual([]);
  });

  it('says why more is hidden', () => {
    expect(shown({ inbound: [line('a', {})] }, 2).notes).toEqual([
      'Some policies or secret named values could not be read, or are too short to be found.', 'So only names, times, methods, statuses and sentences of the gateway itself are shown.',
    ]);
  });
});
