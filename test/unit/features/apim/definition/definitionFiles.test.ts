// The files of a definition: same bytes, readable as what they are, all saying the same, no text taken for anything but a text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, member } from '../../../../../src/base/shape';
import type { ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import { definitionFiles } from '../../../../../src/features/apim/definition/definitionFiles';
import { putsOfBicep } from '../bicepReader';
import { anyChoices, anyDescription, classic, defined, definitionWith, described, hostileTexts, column, serviceAt, trees } from '../samples';
import { putsOf, type Put } from '../templateEvaluator';

const key = 'a key that is in no file';

function filesOf(definition: ApiDefinition): ReadonlyMap<string, string> {
  return new Map(definitionFiles(definition).map(({ name, text }) => [name, text]));
}

function json(definition: ApiDefinition, name: string): unknown {
  return JSON.parse(filesOf(definition).get(name) ?? '');
}

const valuesFor = (definition: ApiDefinition): Readonly<Record<string, string>> => ({
  apimServiceName: 'contoso', ...(definition.choices.addsKey ? { serviceKey: key } : {}),
});

/** What publishing would put, but for what it only changes in parts. */
function wanted({ resources }: ApiDefinition): readonly Put[] {
  return resources.filter(({ limits }) => limits === undefined).map(({ path, body, secret }): Put => {
    const properties = member(body, 'properties');
    return {
      path, body: !isObject(properties) ? undefined : { properties: { ...properties, ...(secret === 'serviceKey' ? { value: key } : {}) } },
    };
  });
}

const byPath = (puts: readonly Put[]): unknown => JSON.parse(JSON.stringify(puts.toSorted((one, other) => (one.path < other.path ? -1 : 1))));

describe('the files', () => {
  it('are always the same four, with LF and a final line break', () => {
    const files = definitionFiles(definitionWith({}, trees));
    expect(files.map(({ name }) => name)).toEqual(['README.md', 'main.bicep', 'openapi.json', 'template.json']);
    for (const { text } of files) {
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toContain('\r');
    }
    expect(definitionFiles(definitionWith({}, trees))).toEqual(files);
  });

  it('say the same as the definition, whatever was chosen and told', () => {
    fc.assert(fc.property(anyChoices, anyDescription, (choices, description) => {
      const definition = defined({ description, choices });
      const before = JSON.stringify(definition);
      const values = valuesFor(definition);
      expect(byPath(putsOf(json(definition, 'template.json'), values))).toEqual(byPath(wanted(definition)));
      // Bicep cannot hold half a character.
      const whole = JSON.parse(JSON.stringify(wanted(definition)).replace(/\\ud[89a-f][0-9a-f]{2}/g, '\uFFFD'));
      expect(byPath(putsOfBicep(filesOf(definition).get('main.bicep') ?? '', values))).toEqual(byPath(whole));
      expect(definitionFiles(definition)).toEqual(definitionFiles(JSON.parse(before)));
      expect([...filesOf(definition).values()].join('')).not.toContain(key);
    }), { numRuns: 150 });
  });

  it.each(hostileTexts)('take %j for the name of a column, an input and a parameter, and for nothing else', (text) => {
    const port = { name: text, columns: [column(text, { example: JSON.stringify(text), choices: [JSON.stringify(text)] })], rows: [[JSON.stringify(text)]] };
    const definition = definitionWith({}, described([port], { outputs: [port], parameters: [column(text, { default: JSON.stringify(text) })] }));
    expect(byPath(putsOf(json(definition, 'template.json'), valuesFor(definition)))).toEqual(byPath(wanted(definition)));
    const schemas = member(member(json(definition, 'openapi.json'), 'components'), 'schemas');
    expect(Object.keys(Object(member(member(schemas, 'Input1Row'), 'properties')))).toEqual(text === '$ref' ? [] : [text]);
    expect(Object.keys(Object(schemas))).toEqual(Object.keys(Object(member(member(json(definitionWith({}, trees), 'openapi.json'), 'components'), 'schemas'))));
  });
});

describe('the template', () => {
  it('asks for the key only where the gateway adds it, and as a secret', () => {
    expect(member(json(definitionWith(), 'template.json'), 'parameters')).toMatchObject({ serviceKey: { type: 'securestring' } });
    expect(JSON.stringify(json(definitionWith({ addsKey: false }), 'template.json'))).not.toContain('serviceKey');
  });

  it('depends on nothing that it does not make', () => {
    const definition = definitionWith({ product: { kind: 'existing', id: 'starter', displayName: 'Starter' } });
    const puts = putsOf(json(definition, 'template.json'), valuesFor(definition));
    expect(puts.map(({ path }) => path)).toContain('/products/starter/apis/tree-heights');
    expect(puts.map(({ path }) => path)).not.toContain('/products/starter/policies/policy');
  });

  it('is refused by its own evaluator where it is broken', () => {
    const template = JSON.parse(JSON.stringify(json(definitionWith(), 'template.json')).replace("'tree-heights', 'rrs-execute')]", "'tree-heights', 'x')]"));
    const broken = { ...template, resources: template.resources.filter((each: unknown) => member(each, 'type') !== 'Microsoft.ApiManagement/service/apis') };
    expect(() => putsOf(broken, valuesFor(definitionWith()))).toThrow('wait for what is not there');
    expect(() => putsOf(template, { apimServiceName: 'x' })).toThrow('Declared are');
  });
});

describe('OpenAPI', () => {
  it('has the operations with their ids, and the arguments of the query as arguments', () => {
    const document = json(definitionWith({}, trees), 'openapi.json');
    expect(document).toMatchObject({ openapi: '3.0.3', info: { title: 'Tree Heights' }, servers: [{ url: 'https://forest.example/models' }] });
    const base = '/workspaces/{workspace}/services/{service}';
    const paths = Object(member(document, 'paths'));
    expect(Object.keys(paths)).toEqual([`${base}/execute`, `${base}/jobs`, `${base}/jobs/{jobid}/start`, `${base}/jobs/{jobid}`]);
    expect(Object.keys(paths[`${base}/jobs/{jobid}`])).toEqual(['get', 'delete']);
    const execute = paths[`${base}/execute`].post;
    expect(execute).toMatchObject({ operationId: 'rrs-execute', summary: 'RRS Execute' });
    expect(execute.parameters.map((each: { name: string; in: string; required: boolean }) => [each.name, each.in, each.required])).toEqual([
      ['workspace', 'path', true], ['service', 'path', true], ['api-version', 'query', true], ['details', 'query', true], ['format', 'query', false],
    ]);
    expect(execute.requestBody.content['application/json']).toMatchObject({
      schema: { $ref: '#/components/schemas/RrsRequest' }, example: { Inputs: { input1: { ColumnNames: ['Kind', 'Age'] } } },
    });
    expect(paths[`${base}/jobs/{jobid}`].get).not.toHaveProperty('requestBody');
  });

  it('says who adds the key of the service', () => {
    expect(member(json(definitionWith({ addsKey: true }), 'openapi.json'), 'security')).toEqual([{ subscriptionKeyHeader: [] }, { subscriptionKeyQuery: [] }]);
    expect(member(json(definitionWith({ addsKey: false }), 'openapi.json'), 'security')).toEqual([
      { subscriptionKeyHeader: [], serviceKey: [] }, { subscriptionKeyQuery: [], serviceKey: [] },
    ]);
  });
});

describe('the README', () => {
  const readme = (definition: ApiDefinition): string => filesOf(definition).get('README.md') ?? '';

  it('says how it is deployed, where the key is, and that Bicep was not compiled', () => {
    const text = readme(definitionWith());
    for (const words of ['az deployment group create', 'the parameter `serviceKey`', '**It was not compiled**', 'in none of these files', '100 calls in 60 seconds']) expect(text).toContain(words);
    expect(readme(definitionWith({ addsKey: false }))).not.toContain('serviceKey');
  });

  it('says what is left to a person', () => {
    const text = readme(definitionWith({ product: { kind: 'existing', id: 'starter', displayName: 'Starter' }, quota: { calls: 9, seconds: 0 } }));
    expect(text).toContain('What these files leave to you');
    expect(text).toContain('Quota: 9 calls in all.');
    expect(readme(definitionWith())).not.toContain('leave to you');
  });

  it('says where Azure cannot reach the service', () => {
    const sample = serviceAt('http://127.0.0.1:4000/workspaces/w/services/s', 'Sample');
    expect(readme(defined({ service: sample, choices: definitionWith().choices }))).toContain('`http://127.0.0.1:4000`, an address of the computer');
    expect(readme(definitionWith())).not.toContain('cannot reach');
  });

  it('takes names for text', () => {
    const definition = defined({
      service: serviceAt(classic.address, '<b>x</b>\n# Head [a](javascript:b) `c`'),
      choices: { ...definitionWith().choices, displayName: '](https://x) | **y**' },
    });
    const text = readme(definition);
    expect(text).toContain('# \\]\\(https\\:\\/\\/x\\) \\| \\*\\*y\\*\\*\n');
    expect(text).toContain('&lt;b\\>x&lt;\\/b\\> \\# Head \\[a\\]\\(javascript\\:b\\) \\`c\\`, with five');
  });
});
