// What the page of a publishing may send, and the words for what it is told.

import { describe, expect, it } from 'vitest';
import { bodyEnding, bodyOfAll, bodyText } from '../../../../../src/features/apim/publish/bodyText';
import { readFromPublishPage, readSavedPublishing } from '../../../../../src/features/apim/publish/messages';
import { failureText, keptText, limitText, noteText, waitText, warningText } from '../../../../../src/features/apim/publish/publishWords';

const actions = { has: (id: unknown): id is string => id === 'signIn' };

describe('messages of the page', () => {
  it.each([
    ...['ready', 'apply', 'stop', 'undo', 'drift', 'planAgain', 'choices', 'portal', 'send', 'runJob'].map((type) => ({ type })),
    { type: 'choose', key: '/apis/a', chosen: false }, { type: 'look', key: 'a' }, { type: 'driftDiff', key: 'a' },
    { type: 'offer', key: 'a', kind: 'update' }, { type: 'offer', key: 'a', kind: 'revision' }, { type: 'action', action: 'signIn' },
  ])('%o is one', (message) => {
    expect(readFromPublishPage({ ...message, other: 1 }, actions)).toEqual(message);
  });

  it.each([
    undefined, 'apply', {}, { type: 'x' }, { type: 'choose', key: 'a' }, { type: 'choose', chosen: true }, { type: 'choose', key: '', chosen: true },
    { type: 'look' }, { type: 'look', key: 'a'.repeat(1001) }, { type: 'offer', key: 'a', kind: 'take' }, { type: 'action', action: 'x' },
  ])('%o is none', (message) => {
    expect(readFromPublishPage(message, actions)).toBeUndefined();
  });

  it('saved state names a publishing, or none', () => {
    expect(readSavedPublishing({ key: 'a' })).toBe('a');
    for (const state of [undefined, {}, { key: '' }, { key: 5 }]) expect(readSavedPublishing(state)).toBeUndefined();
  });
});

describe('words', () => {
  it.each([
    [{ element: 'quota', calls: 100, kilobytes: 2048, seconds: 604800 }, 'a quota of 100 calls, 2 MB in 7 days'],
    [{ element: 'quota', calls: 100, seconds: 0 }, 'a quota of 100 calls for ever'],
    [{ element: 'quota-by-key', kilobytes: '{{kb}}', seconds: 60 }, 'a quota by key of {{kb}} kB in 60 seconds'],
    [{ element: 'rate-limit', calls: '@(n)', seconds: 60 }, '@(n) calls in 60 seconds'],
    [{ element: 'rate-limit-by-key', calls: 3, seconds: '{{s}}', only: 'echo' }, '3 calls in {{s}} by key (for echo alone)'],
  ] as const)('the limit %o is "%s"', (limit, text) => {
    expect(limitText({ ...limit, conditional: false })).toBe(text);
    expect(limitText({ ...limit, conditional: true })).toBe(`${text} (on a condition)`);
  });

  it('there are for each note, warning, failure and wait', () => {
    const left = (['expression', 'namedValue', 'stays', 'conditional', 'beside', 'repeated', 'noInbound', 'notUnderstood'] as const).map((reason) =>
      noteText({ code: 'limitLeft', left: { element: 'quota', reason, attribute: 'calls', value: '{{n}}' } }));
    const notes = (['secretKept', 'valueIsPlain', 'policyPartly', 'changedMeanwhile', 'madeMeanwhile'] as const).map((code) => noteText({ code }));
    const parts = (['expression', 'conditional', 'repeated', 'noInbound', 'notUnderstood'] as const).map((reason) =>
      noteText({ code: 'partLeft', element: 'cors', reason }));
    const others = [
      ...parts, noteText({ code: 'partReplaced', element: 'cors' }),
      noteText({ code: 'notActive', state: 'suspended' }), noteText({ code: 'revision', revision: '2' }),
      warningText({ code: 'notUnderstood', from: { kind: 'allApis' } }), warningText({ code: 'notUnderstood', from: { kind: 'product', name: 'Starter' } }),
      warningText({ code: 'operationsBeside', names: ['A', 'B'] }),
      warningText({ code: 'inherited', from: { kind: 'allApis' }, limit: { element: 'rate-limit', calls: 1, seconds: 60, conditional: false } }),
      ...(['moved', 'gone', 'holdsOthers', 'beforeLost'] as const).map(keptText),
      ...(['signIn', 'forbidden', 'locked', 'network', 'other'] as const).map((reason) => failureText({ reason })),
      failureText({ reason: 'other', status: 500 }), failureText({ reason: 'other', status: 400, code: 'ValidationError' }),
    ];
    const all = [...left, ...notes, ...others];
    expect(new Set(all).size).toBe(all.length);
    for (const text of all) expect(text).toMatch(/^\S.*\.$/);
    expect(warningText({ code: 'inherited', from: { kind: 'allApis' }, limit: { element: 'rate-limit', calls: 1, seconds: 60, conditional: false } })).toContain('is refused now and then');
    for (const reason of ['throttled', 'busy', 'activating', 'running'] as const) expect(waitText({ reason, seconds: 3 })).toContain('3 seconds');
  });

  it('bodies are texts to be compared', () => {
    expect([bodyText({ kind: 'policy', text: 'a\r\nb' }), bodyEnding({ kind: 'policy', text: '' })]).toEqual(['a\nb', 'xml']);
    expect([bodyText({ kind: 'json', properties: { a: 1 } }), bodyEnding({ kind: 'json', properties: {} })]).toEqual(['{\n  "a": 1\n}\n', 'json']);
    const [a, b] = [{ kind: 'policy' as const, text: '<a />' }, { kind: 'json' as const, properties: { x: 1 } }];
    expect(bodyOfAll([{ name: 'A', body: a }])).toBe(a);
    expect(bodyOfAll([{ name: 'A -->', body: a }, { name: 'B', body: a }])).toEqual({ kind: 'policy', text: '<!-- A - -> -->\n<a />\n<!-- B -->\n<a />' });
    expect(bodyOfAll([{ name: 'A', body: b }, { name: 'B', body: b }])).toEqual({ kind: 'json', properties: { A: { x: 1 }, B: { x: 1 } } });
    expect([bodyText(undefined), bodyText({ kind: 'link' })]).toEqual(['', '']);
  });
});
