// What stands on the page of a call, what is wrong with it, and what it comes to: addresses, headers, bodies, and reading anew.

import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../../src/features/tryIt/address';
import { bodyProblem, sentBody } from '../../../../src/features/tryIt/bodyCheck';
import { draftOf, draftProblems, preparedCall, withGiven } from '../../../../src/features/tryIt/draft';
import { halfAt, withoutHalves } from '../../../../src/features/tryIt/halves';
import { headerProblems } from '../../../../src/features/tryIt/headers';
import type { CallBody, CallParameter, CallShape } from '../../../../src/features/tryIt/shape';
import { whyUnsent } from '../../../../src/features/tryIt/unsent';

const path = (name: string, value = '', more: Partial<CallParameter> = {}): CallParameter => ({ name, place: 'path', required: true, value, values: [], ...more });
const json: CallBody = { contentType: 'application/json', json: true, comments: false, required: false, text: '{"a":1}' };
const shapeOf = (more: Partial<CallShape> = {}): CallShape => ({
  title: 'T', owner: 'O', where: 'W', sample: false, method: 'POST', bases: ['https://a.example/x', 'https://b.example'], template: '/items/{id}?v={v}&w={w}&fixed=1',
  parameters: [path('id', 'i'), path('v', '1', { place: 'query' }), path('w', '', { place: 'query', required: false }), path('o', '', { place: 'option', required: false })],
  headers: [], keyHeaders: ['x-key'], body: json, keys: [{ id: 'k', label: 'K' }, { id: 'none', label: 'No' }], key: 'k', notes: [], ...more,
});
const shown = (shape: CallShape, values: readonly string[]): string => addressOf(shape, { ...draftOf(shape), values }).shown;

describe('addresses', () => {
  it('have what is given in the form of its place, and what is missing as its name', () => {
    expect(shown(shapeOf(), ['i', '1', '', ''])).toBe('https://a.example/x/items/i?v=1&fixed=1');
    expect(shown(shapeOf(), ['a/b?c#d %', 'ä&b=c+', 'w', 'o o'])).toBe('https://a.example/x/items/a%2Fb%3Fc%23d%20%25?v=%C3%A4%26b%3Dc%2B&w=w&fixed=1&o=o%20o');
    expect(shown(shapeOf(), ['', '', '', ''])).toBe('https://a.example/x/items/{id}?v={v}&fixed=1');
    expect(shown(shapeOf({ template: '/files/{rest}', parameters: [path('rest', '', { rest: true, required: false })] }), ['a b/c'])).toBe('https://a.example/x/files/a%20b/c');
    expect(shown(shapeOf({ template: '/{unknown}', parameters: [] }), [])).toBe('https://a.example/x/{unknown}');
    expect(shown(shapeOf({ template: '', parameters: [path('n', '', { place: 'option' })] }), [''])).toBe('https://a.example/x?n={n}');
  });

  it('are found whatever a parameter is called', () => {
    const shape = shapeOf({ template: '/{__proto__}/{constructor}', parameters: [path('__proto__'), path('constructor')] });
    expect(shown(shape, ['a', 'b'])).toBe('https://a.example/x/a/b');
    expect(shown(shapeOf({ template: '/{ID}', parameters: [path('id')] }), ['${x}$&'])).toBe(`https://a.example/x/${encodeURIComponent('${x}$&')}`);
  });

  it('lead nowhere else', () => {
    const { problems } = addressOf(shapeOf(), { ...draftOf(shapeOf()), values: ['..', '\ud800', '\udc00', ''] });
    expect(problems).toEqual([expect.stringMatching(/^"id" cannot be a dot/), expect.stringMatching(/half/), expect.stringMatching(/half/), undefined]);
    const rest = shapeOf({ template: '/f/{rest}', parameters: [path('rest', '', { rest: true })] });
    expect(addressOf(rest, { ...draftOf(rest), values: ['a/../b'] }).problems).toEqual([expect.stringMatching(/dots/)]);
  });
});

it('halves of characters are found', () => {
  expect([halfAt('a😀b'), halfAt('a\ud83d'), halfAt('\ude00a'), halfAt('\ude00\ud83d')]).toEqual([undefined, 1, 0, 0]);
  expect(withoutHalves('a\ud83db😀')).toBe('a\ufffdb😀');
});

it('a name has its value wherever it stands in a template', () => {
  expect(shown(shapeOf({ template: '/{y}/{Y}?y={y}&x={z}&w={z}', parameters: [path('y'), path('z', '', { place: 'query' })] }), ['a', 'b'])).toBe('https://a.example/x/a/a?y=a&x=b&w=b');
});

describe('headers', () => {
  it.each([
    ['X-A', 'b', undefined], ['', '', undefined], ['', 'b', 'needs a name'], ['X A', '', 'letters, digits'], ['X:A', '', 'letters, digits'], ['X-A', 'b\nc', 'one line'],
    ['X-A', 'b\r\nc', 'one line'], ['X-A', '\0', 'one line'], ['X-A', '😀', 'Latin 1'], ['X-A', '\x7f', 'Latin 1'], ['Authorization', '', 'carries a key'], ['COOKIE', '', 'carries a key'],
    ['X-Key', '', 'carries a key'], ['Ocp-Apim-Subscription-Key', '', 'carries a key'], ['Ocp-Apim-Trace', '', 'carries a key'], ['Content-Length', '1', 'made for each call'],
    ['host', 'x', 'made for each call'], ['Transfer-Encoding', 'chunked', 'made for each call'], [`X-${'a'.repeat(300)}`, '', 'letters, digits'], ['__proto__', 'x', undefined],
  ])('%s: %j', (name, value, problem) => {
    const [found] = headerProblems({ keyHeaders: ['x-key'] }, [{ name, value }]);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});

describe('bodies', () => {
  const comments = { ...json, comments: true };
  it.each([
    [json, '{"a": [1, {"b": null}]}', undefined], [json, '', undefined], [{ ...json, required: true }, ' \n', {}], [json, '{"a":1,}', { line: 1, column: 7 }],
    [json, '// x\n{}', { line: 1, column: 1 }], [json, '{\r\n  /* x */}', { line: 2, column: 3 }], [comments, '{ // x\n"a":1,}', undefined], [json, '{"a":\n]', { line: 2, column: 1 }],
    [json, '{"a": NaN}', { line: 1, column: 7 }], [json, '{"a": "\ud800"}', { line: 1, column: 8 }], [json, '['.repeat(200_000), { sentence: expect.stringMatching(/deeply|bracket/) }],
    [{ ...json, json: false }, '<x>', undefined], [undefined, 'x', undefined],
  ])('%j %#', (body, text, problem) => {
    const found = bodyProblem(body, text);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(problem);
  });

  it('are sent as they stand, digit for digit; comments are taken out where requests may have them', () => {
    expect(sentBody(json, ' {"a": 1.10e2 }')).toBe(' {"a": 1.10e2 }');
    expect(sentBody(comments, '{ /* b */ "a": 1.10, }')).toBe('{"a":1.10}');
    expect(sentBody(comments, '{ "a": 1.10 }')).toBe('{ "a": 1.10 }');
    expect([sentBody(json, '  '), sentBody(undefined, 'x'), sentBody({ ...json, json: false }, '// x')]).toEqual([undefined, undefined, '// x']);
  });
});

it('a draft that has no problem comes to a call', () => {
  const shape = shapeOf({ headers: [{ name: 'X-A', value: '1' }, { name: 'Authorization', value: 'x' }] });
  const draft = draftOf(shape);
  expect(draft.headers).toEqual([{ name: 'X-A', value: '1' }]);
  expect(whyUnsent(shape, draft)).toBeUndefined();
  expect(preparedCall(shape, draft)).toEqual({
    url: 'https://a.example/x/items/i?v=1&fixed=1', headers: [{ name: 'Content-Type', value: 'application/json' }, { name: 'X-A', value: '1' }], body: '{"a":1}',
  });
  expect(preparedCall(shape, { ...draft, headers: [{ name: ' content-type ', value: ' text/plain ' }] }).headers).toEqual([{ name: 'content-type', value: 'text/plain' }]);
  expect(preparedCall(shape, { ...draft, body: '' })).toMatchObject({ headers: [{ name: 'X-A' }] });
  const wrong = { ...draft, values: ['', '', '', ''], headers: [{ name: 'X-A', value: '' }, { name: 'a b', value: '' }] };
  const problems = draftProblems(shape, wrong);
  expect(problems).toMatchObject({ values: ['"id" needs a value.', '"v" needs a value.', '', ''], headers: ['', expect.any(String)] });
  expect(whyUnsent(shape, wrong)).toEqual({ sentence: 'Nothing was sent. "id" needs a value.', anyway: false });
  // What goes to a page is JSON, in which an undefined of a list would be null.
  expect(JSON.parse(JSON.stringify(problems))).toEqual(problems);
});

it('what was given stays where it is read anew, and what was left follows what is there', () => {
  const before = shapeOf({ headers: [{ name: 'X-A', value: '1' }] });
  const given = { ...draftOf(before), values: ['mine', '1', '', 'o'], key: 'none', body: '{"a":1}' };
  const fresh = shapeOf({
    bases: ['https://b.example'], headers: [{ name: 'X-B', value: '2' }], body: { ...json, text: '{"b":2}' },
    parameters: [path('new', 'n'), path('o', '', { place: 'option', required: false }), path('v', '2', { place: 'query' }), path('id', 'j')],
  });
  expect(withGiven(fresh, before, given)).toMatchObject({
    base: 'https://b.example', values: ['n', 'o', '2', 'mine'], headers: [{ name: 'X-B', value: '2' }], body: '{"b":2}', key: 'none', serviceKey: false,
  });
  expect(withGiven({ ...fresh, keys: [], key: 'none' }, before, { ...given, body: 'mine', headers: [] })).toMatchObject({ body: 'mine', headers: [], key: 'none' });
  // A key that was set just now goes along.
  const set = { ...fresh, serviceKey: { isSet: true, help: '' } };
  expect(withGiven(set, { ...before, serviceKey: { isSet: false, help: '' } }, given).serviceKey).toBe(true);
  expect(withGiven(set, set, { ...given, serviceKey: false }).serviceKey).toBe(false);
});

it('a key that is not offered any more is not changed for another one in silence', () => {
  const before = shapeOf();
  const chosen = { ...draftOf(before), key: 'none' };
  const fresh = shapeOf({ keys: [{ id: 'all', label: 'All APIs' }], key: 'all' });
  for (const given of [chosen, draftOf(before)]) {
    const after = withGiven(fresh, before, given);
    expect(after.key).toBe(given.key);
    expect(draftProblems(fresh, after).key).toMatch(/not offered any more: choose another/);
    expect(whyUnsent(fresh, after)).toMatchObject({ anyway: false });
  }
  expect(withGiven(shapeOf({ key: 'none' }), before, draftOf(before)).key).toBe('none');
});
