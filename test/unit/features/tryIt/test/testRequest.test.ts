// The request of a test: a form and JSON are the same request, secrets stand in neither, and what is remembered has none.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withKept } from '../../../../../src/features/tryIt/test/keptParameters';
import { TestRequest, withParameters } from '../../../../../src/features/tryIt/test/testRequest';
import { requestValues } from '../../../../../src/protocols/studio/requestValues';

const make = (text: string, kept: ReadonlyMap<string, string> = new Map()): TestRequest =>
  new TestRequest({ valuing: requestValues, description: undefined, kept }, text);
const secret = '{"Inputs":{"a":[{"b":1.10}]},"GlobalParameters":{"Password":"hush-hush","Season":"spring"}}';

describe('form and JSON', () => {
  it('are the same request, to the digit', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)), fc.constantFrom('null', 'true', '1.10', '1e400', '12345678901234567890'));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 3 });
    fc.assert(fc.property(rows, cell, (cells, parameter) => {
      const text = requestValues.write({ form: 'table', inputs: [{ name: 'in', columns: ['a', '__proto__'], rows: cells }], parameters: [{ name: 'p', json: parameter }] });
      const request = make(text);
      expect(request.isForm).toBe(true);
      expect(request.sent()).toBe(text);
      expect(request.asJson()).toBe(true);
      expect(request.asForm()).toBe(true);
      expect(request.sent()).toBe(text);
    }));
  });

  it('differ in what is drawn, each time', () => {
    const request = make(secret);
    const before = request.filled;
    request.edit({ do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value', text: '2' } });
    expect(request.filled).toBe(before);
    request.edit({ do: 'addRow', input: 0 });
    expect(request.filled).toBe(before + 1);
    request.edit({ do: 'addRow', input: 7 });
    expect(request.form?.content.inputs[0]?.rows).toHaveLength(2);
  });

  it('a field that holds no value keeps the form from being sent, and from being JSON', () => {
    const request = make(secret);
    request.edit({ do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value', text: 'x' } });
    expect([request.sent(), request.shown(), request.remembered(), request.asJson()]).toEqual([undefined, undefined, undefined, false]);
    expect(request.form?.problems).toMatchObject([{ input: 0, row: 0, column: 0 }]);
  });

  it('a text that is no form stays JSON, and says why until it is another one', () => {
    const request = make('{"Inputs":{"a":[{"b":{}}]}}');
    expect([request.isForm, request.asForm()]).toEqual([false, false]);
    expect(request.why).toContain('has a list or an object');
    request.type('{"Inputs":{"a":[{"b":1}]}} // why not');
    expect(request.why).toBeUndefined();
    expect(request.asForm()).toBe(false);
    expect(request.why).toBe('The text has comments, which a form does not hold.');
    request.type('{"Inputs":{"a":[{"b":1}]}}');
    expect([request.asForm(), request.isForm]).toEqual([true, true]);
  });

  it('comments of a file are no part of what it fills in', () => {
    expect(make('// Fill in.\n{"Inputs":{"a":[{"b":1}]}}').isForm).toBe(true);
  });

  it('is JSON alone where requests are no values', () => {
    const request = new TestRequest({ valuing: undefined, description: undefined, kept: new Map() }, '{"x":1}');
    request.edit({ do: 'addRow', input: 0 });
    expect([request.isForm, request.hasForm, request.asForm(), request.sent(), request.remembered()]).toEqual([false, false, false, '{"x":1}', undefined]);
    expect(request.shown()).toEqual({ json: '{"x":1}', left: [] });
  });
});

describe('with what the service tells anew', () => {
  const parts = { valuing: requestValues, description: undefined, kept: new Map() };

  it('JSON stays JSON, with its comments and without its secrets', () => {
    const request = make(secret);
    request.asJson();
    request.type(`${request.text.replace('1.10', '1.20')} // my note`);
    const next = request.anew(parts);
    expect([next.isForm, next.text]).toEqual([false, request.text]);
    request.type(request.text.replace('1.20', '[1]'));
    const nested = request.anew(parts);
    expect([nested.isForm, nested.text, nested.shown()?.json]).toEqual([false, request.text, request.text]);
    expect(nested.text).not.toContain('hush');
    // What is kept comes along even where no store has it.
    expect(nested.sent()).toContain('hush-hush');
    expect(nested.remembered()).toBeUndefined();
  });

  it('a form stays a form, with its secrets and columns; one that cannot be written stays what it is', () => {
    const request = make(secret);
    request.edit({ do: 'set', input: -1, row: 0, column: 0, cell: { state: 'value', text: 'other' } });
    request.edit({ do: 'addColumn', input: 0, name: 'c', kind: 'number' });
    const next = request.anew(parts);
    expect([next.isForm, next.sent()]).toEqual([true, request.sent()]);
    expect(JSON.stringify(next.form)).not.toContain('other');
    expect(next.form?.content.inputs[0]?.fields.map(({ own }) => own === true)).toEqual([false, true]);
    next.edit({ do: 'set', input: 0, row: 0, column: 1, cell: { state: 'value', text: '?' } });
    expect(next.anew(parts)).toBe(next);
  });

  it('a parameter that was removed is still known as removed', () => {
    const request = make(secret);
    request.asJson();
    request.type(request.text.replace(/"Password".*,/, ''));
    expect(request.anew(parts).remembered()?.removed).toEqual(new Set(['Password']));
  });
});

describe('secret parameters', () => {
  it('stand neither in the form nor in its JSON, and are sent', () => {
    const request = make(secret);
    expect(JSON.stringify(request.form)).not.toContain('hush');
    expect(request.sent()).toBe(secret);
    request.asJson();
    expect(request.text).not.toContain('hush');
    expect(request.text).toContain('"spring"');
    expect(JSON.parse(request.sent() ?? '')).toEqual(JSON.parse(secret));
    request.type(request.text.replace('1.10', '1.20'));
    request.asForm();
    expect(JSON.stringify(request.form)).not.toContain('hush');
    expect(request.sent()).toBe(secret.replace('1.10', '1.20'));
  });

  it('are typed anew, in the form and in the text', () => {
    const request = make(secret);
    request.edit({ do: 'set', input: -1, row: 0, column: 0, cell: { state: 'value', text: 'other' } });
    expect(request.sent()).toContain('"Password":"other"');
    request.asJson();
    expect(request.text).not.toContain('other');
    request.type(request.text.replace('"••••••••"', '"third"'));
    request.asForm();
    expect(request.sent()).toContain('"Password":"third"');
    expect(JSON.stringify(request.form)).not.toContain('third');
  });

  it('are left out of a file, which is said by their names', () => {
    const request = make(secret);
    expect(request.shown()).toEqual({ json: '{"Inputs":{"a":[{"b":1.10}]},"GlobalParameters":{"Season":"spring"}}', left: ['Password'] });
    request.asJson();
    expect(request.shown()).toEqual({ json: request.text, left: ['Password'] });
  });

  it('are remembered apart from the rest, as all parameters', () => {
    const request = make(secret);
    const parameters = new Map([['Password', '"hush-hush"'], ['Season', '"spring"']]);
    const json = '{"Inputs":{"a":[{"b":1.10}]},"GlobalParameters":{}}';
    expect(request.remembered()).toEqual({ json, parameters, removed: new Set() });
    request.asJson();
    expect(request.remembered()).toEqual({ json, parameters, removed: new Set() });
    expect(withParameters(requestValues, json, parameters)).toBe(secret);
    expect(withParameters(requestValues, '{"Inputs":{}}', new Map())).toBe('{"Inputs":{}}');
    expect(withParameters(requestValues, '{"Inputs":{},"GlobalParameters":{"Season":"autumn"}}', parameters))
      .toBe('{"Inputs":{},"GlobalParameters":{"Season":"autumn","Password":"hush-hush"}}');
    expect(withParameters(requestValues, 'no JSON', parameters)).toBe('no JSON');
  });

  it('that were removed by the person are said, and no others', () => {
    const request = make(secret, new Map([['Elsewhere', '"x"']]));
    request.asJson();
    request.type(request.text.replace(/"Password".*,/, ''));
    expect(request.remembered()).toMatchObject({ parameters: new Map([['Season', '"spring"']]), removed: new Set(['Password']) });
    request.type(request.text.replace('"Season"', '"Seasons"'));
    expect(request.remembered()?.removed).toEqual(new Set(['Password', 'Season']));
    request.type(request.text.replace('"Seasons"', '"Season"'));
    expect(request.remembered()?.removed).toEqual(new Set(['Password', 'Seasons']));
  });

  it('that are typed are as secret as those that came', () => {
    const typed = make(secret.replace('hush-hush', ''));
    typed.edit({ do: 'set', input: -1, row: 0, column: 0, cell: { state: 'value', text: 'hunter2' } });
    expect(typed.sent()).toContain('"Password":"hunter2"');
    expect(typed.shown()).toEqual({ json: '{"Inputs":{"a":[{"b":1.10}]},"GlobalParameters":{"Season":"spring"}}', left: ['Password'] });
    typed.asJson();
    expect(typed.text).not.toContain('hunter2');
    expect(typed.text).toContain('"Password": "••••••••"');
    expect(typed.sent()).toContain('"hunter2"');
    // In the text, too, and beside comments and values that no form holds.
    typed.type('{"Inputs": {"a": [{"b": [1]}]}, // a note\n"GlobalParameters": {"Pass\\u0077ord": "hunter3", "Token": 123456, "Season": "x"}}');
    expect(typed.shown()).toEqual({
      json: '{"Inputs": {"a": [{"b": [1]}]}, // a note\n"GlobalParameters": {"Pass\\u0077ord": "••••••••", "Token": "••••••••", "Season": "x"}}',
      left: ['Password', 'Token'],
    });
  });

  it('come back where dots stand under their names among the global parameters, and nowhere else', () => {
    const kept = new Map([['p', '"one"'], ['q', '2']]);
    const text = (p: string, q: string): string => `{"q": "••••••••", "GlobalParameters": {"p": ${p}, "r": "••••••••", "x": [{"p": "••••••••"}], "q": ${q}}} // ••••••••`;
    expect(withKept(text('"••••••••"', '"••••••••"'), kept, 'GlobalParameters')).toBe(text('"one"', '2'));
    expect(withKept('{"Inputs": {"a": [{"p": "••••••••", "GlobalParameters": {"p": "••••••••"}}]}}', kept, 'GlobalParameters'))
      .toBe('{"Inputs": {"a": [{"p": "••••••••", "GlobalParameters": {"p": "••••••••"}}]}}');
    expect(withKept('{"Inputs": {"p": "••••••••"}}', kept, 'GlobalParameters')).toBe('{"Inputs": {"p": "••••••••"}}');
    expect(withKept('{"GlobalParameters": {"p": "•••"}}', kept, 'GlobalParameters')).toBe('{"GlobalParameters": {"p": "•••"}}');
    expect(withKept(text('"••••••••"', '"••••••••"'), kept, undefined)).toBe(text('"••••••••"', '"••••••••"'));
    const deep = `${'['.repeat(200_000)}"••••••••"`;
    expect(withKept(deep, kept, 'GlobalParameters')).toBe(deep);
  });

  it.each([
    ['a column', '{"Inputs":{"a":[{"Password":"••••••••","n":[1]}]}}', 28],
    ['a cell of a table', '{"Inputs":{"a":{"ColumnNames":["••••••••x"],"Values":[["x"],["••••••••",[]]]}}}', 61],
    ['a parameter of another name', '{"Inputs":{"a":[{"b":[]}]},"GlobalParameters":{"Password":"••••••••","Other":"••••••••"}}', 77],
  ])('dots in %s are not sent', (_, text, at) => {
    const request = make(text, new Map([['Password', '"kept-secret"']]));
    expect([request.isForm, request.sent(), request.dotsAt]).toEqual([false, undefined, at]);
    request.type(text.replaceAll('"••••••••"', (dots, place: number) => (place === at ? '"x"' : dots)));
    expect([request.dotsAt, request.sent()?.includes('••••••••"')]).toEqual([undefined, false]);
  });

  it('dots in a field are not sent, and not kept as a value', () => {
    const request = make('{"Inputs":{"a":[{"b":"••••••••","c":5,"d":"x"},{"b":"","c":"••••••••","d":"x"}]},"GlobalParameters":{"Other":"••••••••"}}');
    expect(request.form?.problems.map(({ input, row, column }) => [input, row, column])).toEqual([[0, 0, 0], [0, 1, 1], [-1, 0, 0]]);
    expect(request.form?.problems[0]?.brief).toBe('Dots stand for a value that is not known here: type the value.');
    expect(request.sent()).toBeUndefined();
    expect(request.remembered()).toMatchObject({ parameters: new Map(), removed: new Set() });
  });
});
