// Programs as texts: what stands in them, in every language, and what never does.

import { assert, constantFrom, array, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { besCode, rrsCode } from '../../../../../src/protocols/studio/code/code';
import { formOf } from '../../../../../src/protocols/studio/code/form';
import { languages } from '../../../../../src/protocols/studio/code/languages';
import { commentText, lines, literal } from '../../../../../src/protocols/studio/code/literals';
import { keyPlaces, withoutSecrets, type CalledService } from '../../../../../src/protocols/studio/code/program';
import { jobUrl, startUrl, submitUrl } from '../../../../../src/protocols/studio/bes';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';

function serviceAt(address: string, name = 'Sample'): CalledService {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name, endpoint: reading.endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

const direct = serviceAt('https://host.example/workspaces/a1/services/b1');
const gateway = serviceAt('https://team.azure-api.net/models/workspaces/a1/services/b1');
const exact = serviceAt('https://host.example/score?x=1');
const ids = languages.map(({ id }) => id);
const job = { inputs: [{}], outputs: [], parametersJson: '{}' };
const body = '{"Inputs":{"input1":{"ColumnNames":["a"],"Values":[["1"]]}},"GlobalParameters":{}}';

describe('the addresses', () => {
  it('are the contract’s, of requests and of jobs', () => {
    for (const id of ids) {
      expect(rrsCode(id, { service: direct, body })).toContain('https://host.example/workspaces/a1/services/b1/execute?api-version=2.0&details=true');
      const code = besCode(id, { service: direct, job }) ?? '';
      expect(code).toContain('https://host.example/workspaces/a1/services/b1/jobs');
      expect(code).toContain('?api-version=2.0');
      expect(rrsCode(id, { service: exact, body })).toContain('https://host.example/score?x=1');
      expect(besCode(id, { service: exact, job })).toBeUndefined();
    }
    const [jobs, version] = ['https://host.example/workspaces/a1/services/b1/jobs', '?api-version=2.0'];
    expect([submitUrl(direct.endpoint), jobUrl(direct.endpoint, 'x1'), startUrl(direct.endpoint, 'x1')]).toEqual([jobs + version, `${jobs}/x1${version}`, `${jobs}/x1/start${version}`]);
  });

  it('are asked seldom where a gateway counts', () => {
    expect(besCode('python', { service: direct, job })).toContain('POLL_SECONDS = 5\n');
    expect(besCode('python', { service: gateway, job })).toContain('POLL_SECONDS = 30\n');
  });
});

describe('keys', () => {
  it('come from the environment: the service’s always, the gateway’s where there is one', () => {
    const places = (service: CalledService): (string | boolean)[][] => keyPlaces(service).map(({ variable, header, required }) => [variable, header, required]);
    expect(places(direct)).toEqual([['AZUREML_SERVICE_KEY', 'Authorization', true]]);
    expect(places(gateway)).toEqual([['AZUREML_SERVICE_KEY', 'Authorization', false], ['AZUREML_SUBSCRIPTION_KEY', 'Ocp-Apim-Subscription-Key', true]]);
    expect(places(exact)).toEqual([['AZUREML_SERVICE_KEY', 'Authorization', false]]);
  });
});

describe('secrets in a body', () => {
  const secret = '{"Inputs":{"input1":[{"note":"https://a.blob.core.windows.net/c/b?sv=1&sig=0815abcd%3D"}]},"GlobalParameters":{"Api key":"0815short","n":12345678901234567890.10,"pwd":"0815"}}';

  it('are replaced by dots, and the code says so; all else keeps its digits', () => {
    const { text, masked } = withoutSecrets(secret);
    expect(masked).toBe(true);
    expect(text).toBe('{"Inputs":{"input1":[{"note":"https://a.blob.core.windows.net/c/b?sv=1&sig=••••••••"}]},"GlobalParameters":{"Api key":"••••••••","n":12345678901234567890.10,"pwd":"••••••••"}}');
    for (const id of ids) {
      const code = rrsCode(id, { service: direct, body: secret });
      expect(code).not.toContain('0815');
      expect(code).toContain('12345678901234567890.10');
      expect(code).toContain('What looked like a secret in the request is replaced by ••••••••.');
      const jobCode = besCode(id, { service: direct, job: { ...job, parametersJson: '{"Database connection":"Server=x;Password=0815;","n":1.10}' } });
      expect(jobCode).not.toContain('0815');
      expect(jobCode).toContain('1.10');
      expect(jobCode).toContain('What looked like a secret in the parameters is replaced by ••••••••.');
      expect(rrsCode(id, { service: direct, body })).not.toContain('looked like a secret');
    }
  });

  it('are found at any depth, in every member of that name, in any case', () => {
    const { text } = withoutSecrets('{"globalParameters":{"apiSecret":"hunter22"},"GlobalParameters":{"conf":{"list":[{"apiSecret":"hunter22"}]}},"GlobalParameters":{"Token":1234}}');
    expect(text).toBe('{"globalParameters":{"apiSecret":"••••••••"},"GlobalParameters":{"conf":{"list":[{"apiSecret":"••••••••"}]}},"GlobalParameters":{"Token":"••••••••"}}');
  });

  it('that were masked before are told of too', () => {
    expect(withoutSecrets('{"a":"••••••••"}').masked).toBe(true);
  });

  it('leave a body alone that is no JSON, or is nested without end', () => {
    expect(withoutSecrets('not json').text).toBe('not json');
    const deep = '['.repeat(200_000);
    expect(withoutSecrets(deep).text).toBe(deep);
  });
});

describe('comments', () => {
  const hostile = serviceAt('https://host.example/workspaces/a1/services/b1', 'x\r\nimport evil\u2028evil()\u0085`id` \u202e */ #>');

  it('stay comments, whatever a service or a port is called', () => {
    for (const { id } of languages) {
      const codes = [rrsCode(id, { service: hostile, body }), besCode(id, { service: hostile, job: { ...job, inputs: [{ port: 'a\nevil()' }, { port: 'b' }] } }) ?? ''];
      for (const code of codes) {
        expect(code.split(/[\r\n\u0085\u2028\u2029]/).filter((line) => /^\s*(?:import evil|evil\(\))/.test(line))).toEqual([]);
        expect(code).not.toMatch(/[\u202e\r\u2028\u0085]/);
      }
    }
    expect(commentText('a\nb\u2029c')).toBe('a b c');
  });

  it('give no orders to interpreters, editors and debuggers', () => {
    const orders = serviceAt('https://host.example/workspaces/a1/services/b1', 'encoding: gbk Coding=gbk vim: set x: vim>700: ex: -*- mode: x -*- //# sourceMappingURL=/x //@ sourceURL=/x');
    for (const { id } of languages) {
      const codes = [rrsCode(id, { service: orders, body }), besCode(id, { service: orders, job: { ...job, inputs: [{ port: 'vi: x' }, { port: 'coding: x' }] } }) ?? ''];
      for (const code of codes) {
        const comments = code.split('\n').filter((line) => /^\s*(?:#|\/\/)/.test(line)).filter((line) => line !== '# -*- coding: utf-8 -*-').join('\n');
        expect(comments).toContain('encoding : gbk');
        expect(comments).not.toMatch(/coding[:=]|source(?:Mapping)?URL=|\b(?:vim?|vim>700|ex):|-\*-/i);
      }
    }
    for (const code of [rrsCode('python', { service: orders, body }), besCode('python', { service: orders, job }) ?? '']) expect(code.split('\n').slice(0, 2)).toEqual(['# -*- coding: utf-8 -*-', '#']);
  });
});

describe('a long request', () => {
  const long = (input: string): string => `{"GlobalParameters":{"Api key":"0815short"},"Inputs":{"a \\"b\\"":${input}}}`;
  const cells = '["1","2"],'.repeat(300_000);

  it('stands in no program and is not looked through, but its form is known', () => {
    const gateways = serviceAt('https://team.azure-api.net/models/workspaces/a1/services/b1');
    const table = rrsCode('python', { service: gateways, body: long(`{"ColumnNames":["x","y"],"Values":[${cells}["1","2"]]}`) });
    expect(table).toContain('The request is too long to stand here (about 3 MB): it is read from the file request.json');
    expect(table).not.toMatch(/0815|looked like a secret|swagger/);
    expect(rrsCode('python', { service: gateways, body: long(`[{"x":"1"}${',{"x":"1"}'.repeat(30_000)}]`) })).toContain('format=swagger');
    expect(formOf(`${' '.repeat(300_000)}no request`)).toBeUndefined();
  });
});

describe('a program in PowerShell', () => {
  it('closes every quote and bracket that it opens', () => {
    const odd = `{"Inputs":{"in'put":[{"a}":"$(x) \u2019 ' \n)"}]}}\n]`;
    const programs = [rrsCode('powershell', { service: gateway, body: odd }), besCode('powershell', { service: gateway, job: { inputs: [{ port: "it's" }, { port: '"' }], outputs: ['o)'], parametersJson: `{"p'":"}"}` } }) ?? ''];
    for (const program of programs) {
      const open: string[] = [];
      for (const [token] of program.matchAll(/^\s*#.*$|'(?:[^'\n])*'|"(?:[^"`\n]|`.)*"|['"(){}[\]]/gm)) {
        if (/^\s*#/.test(token) || token.length > 1) continue;
        if ('({['.includes(token)) open.push(token);
        else expect(`${open.pop() ?? ''}${token}`).toMatch(/^(?:\(\)|\{\}|\[\])$/);
      }
      expect(open).toEqual([]);
    }
  });
});

/** Reads a literal of PowerShell by its grammar: single quotes hold all but quotes, double quotes only escapes with a number. */
function readPowershell(text: string): string {
  const [, list] = /^\(@\(\n {4}([^]*)\n\) -join "`n"\)$/.exec(text) ?? [];
  if (list !== undefined) return list.split('\n    ').map(readPowershell).join('\n');
  let rest = text;
  let read = '';
  while (rest !== '') {
    const [found, plain, codes] = /^(?:'((?:[^'\u2018-\u201b\n]|'')*)'|"((?:`u\{[\da-f]+\})+)"| \+ |[()])/.exec(rest) ?? [];
    if (found === undefined) throw new Error(`Not a literal: ${rest}`);
    read += plain?.replaceAll("''", "'") ?? (codes ?? '').replace(/`u\{([\da-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
    rest = rest.slice(found.length);
  }
  return read;
}

describe('literals', () => {
  const pieces = array(oneof(constantFrom("'", '"', '`', '$(x)', '\n', '\r', '\u2018', '\u2019', '\u201b', '\u2028', '\u202e', "'@", '\0', '(', ')', ' + ', '\u{e0041}'), string({ unit: 'grapheme', maxLength: 4 }))).map((parts) => parts.join(''));

  it('of PowerShell hold any text between quotes of its grammar', () => {
    assert(property(pieces, (text) => {
      const read = readPowershell(literal('powershell', text));
      return read === text && readPowershell(lines('powershell', text, 4)) === text;
    }));
  });

  it('of JavaScript are what JavaScript reads', () => {
    assert(property(pieces, (text) => new Function(`return ${lines('javascript', text, 2)}`)() === text));
  });

  it('show no character that hides or reorders the others, in any language', () => {
    for (const id of ids) expect(literal(id, 'a\u202eb\u200bc\u2066d\ufeffe\u{e0041}\u2028f\u0085\r')).toMatch(/^[\n\x20-\x7e]+$/);
  });
});
