// Services, descriptions and choices for the tests of definitions.

import fc from 'fast-check';
import { defaultChoices } from '../../../../src/features/apim/definition/choices';
import { define } from '../../../../src/features/apim/definition/define';
import type { ApiChoices, ApiDefinition } from '../../../../src/features/apim/definition/definition';
import type { Service } from '../../../../src/model/service';
import type { DescribedColumn, DescribedPort, ServiceDescription } from '../../../../src/protocols/description';
import { publishedAs } from '../../../../src/protocols/studio/publishing';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';

const workspace = '0123456789abcdef0123456789abcdef';
const id = 'fedcba9876543210fedcba9876543210';

/** A service at an address. */
export function serviceAt(address: string, name = 'Tree Heights'): Service {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name, address, endpoint: reading.endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

export const classic = serviceAt(`https://forest.example/models/workspaces/${workspace}/services/${id}`);
export const resourceManager = serviceAt(`https://forest.example/subscriptions/${workspace}/services/${id}`);
export const odata = serviceAt(`https://forest.example/odata/workspaces/${workspace}/services/${id}`);
export const exact = serviceAt('https://forest.example/score');

/** What is there by itself, with changes. */
export function choicesWith(changed: Partial<ApiChoices> = {}, service = classic): ApiChoices {
  return { ...defaultChoices(service), ...changed };
}

/** A definition of a service, the classic one where none is given. */
export function defined(
  { service = classic, description, choices }: { readonly service?: Service; readonly description?: ServiceDescription | undefined; readonly choices: ApiChoices },
): ApiDefinition {
  return define({ service, published: publishedAs(service, description), choices });
}

/** A definition of the classic service. */
export function definitionWith(changed: Partial<ApiChoices> = {}, description?: ServiceDescription): ApiDefinition {
  return defined({ description, choices: choicesWith(changed) });
}

/** A column with a name alone, or more. */
export function column(name: string, more: Partial<DescribedColumn> = {}): DescribedColumn {
  return { name, nullable: false, required: false, choices: [], moreChoices: 0, ...more };
}

/** A description with these inputs. */
export function described(inputs: readonly DescribedPort[], more: Partial<ServiceDescription> = {}): ServiceDescription {
  return { operations: [], request: 'inputs', inputs, parameters: [], outputs: [], notUnderstood: [], moreNotUnderstood: 0, ...more };
}

/** Two columns and a row, a parameter, an output. */
export const trees = described(
  [{
    name: 'input1', columns: [
      column('Kind', { type: 'string', choices: ['"oak"', '"fir"'], nullable: true }), column('Age', { type: 'integer', format: 'int32', required: true }),
    ],
    rows: [['"oak"', '40']],
  }],
  {
    parameters: [column('Trials', { type: 'integer', default: '3' })],
    outputs: [{ name: 'output1', columns: [column('Scored Height', { type: 'number', example: '12.5' })], rows: [] }],
  },
);

/** Texts that somebody might take for something else. */
export const hostileTexts = [
  '', '[', ']', '[x]', '[[x]', "[concat('a')]", '[parameters(\'serviceKey\')]', 'copy', 'Copy', '__proto__', 'constructor', '${serviceKey}', "'''", "a\nb'''", "a\n'''b", '\\', "\\'${x}",
  '</policies>', '<script>alert(1)</script>', '&amp;', '"', "'", '{{azureml-key}}', '@(context.Variables)', '\u0000', '\uD800', '\u202E', '\r\n', '# Head\n- x', '](javascript:x)', '🌳', '1', '/', 'a/b', '$ref', '#/components',
];

export const anyText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 20 }));

const json = fc.oneof(fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)), fc.constantFrom('12345678901234567890', '1e400', '0.1000', 'no JSON', ''));
const anyColumn = fc.record({
  name: anyText, type: fc.option(fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'String', '<b>'), { nil: undefined }), format: fc.option(anyText, { nil: undefined }),
  nullable: fc.boolean(), required: fc.boolean(), choices: fc.array(json, { maxLength: 3 }), moreChoices: fc.constantFrom(0, 5), default: fc.option(json, { nil: undefined }),
  example: fc.option(json, { nil: undefined }),
}).map(({ type, format, default: standard, example, ...rest }): DescribedColumn => ({
  ...rest, ...(type === undefined ? {} : { type }), ...(format === undefined ? {} : { format }), ...(standard === undefined ? {} : { default: standard }), ...(example === undefined ? {} : { example }),
}));
const anyPort: fc.Arbitrary<DescribedPort> = fc.record({
  name: anyText, columns: fc.array(anyColumn, { maxLength: 4 }), rows: fc.array(fc.array(fc.option(json, { nil: undefined }), { maxLength: 4 }), { maxLength: 3 }),
});

/** Whatever a service may tell. */
export const anyDescription: fc.Arbitrary<ServiceDescription> = fc.record({
  title: anyText, about: anyText, request: fc.constantFrom('inputs', 'other', 'unknown'), inputs: fc.array(anyPort, { maxLength: 3 }), outputs: fc.array(anyPort, { maxLength: 3 }),
  parameters: fc.array(anyColumn, { maxLength: 3 }),
}).map(({ inputs, ...more }) => described(inputs, more));

const name = fc.oneof(anyText, fc.constant('Trees')).map((text) => text.replace(/\p{Cc}/gu, '').trim() || 'Trees');
const count = fc.integer({ min: 1, max: 1_000_000 });

/** Choices that are right. */
export const anyChoices: fc.Arbitrary<ApiChoices> = fc.record({
  apiId: fc.constantFrom('a', 'trees', 'Trees-2'), displayName: name, path: fc.constantFrom('', 'trees', 'a/b.c_~-'),
  product: fc.oneof(
    fc.constant({ kind: 'none' as const }), fc.record({ kind: fc.constant('new' as const), id: fc.constantFrom('p', 'my-product'), displayName: name }),
    fc.record({ kind: fc.constant('existing' as const), id: fc.constantFrom('starter', "it's [x]", 'Ünlimited'), displayName: name }),
  ),
  subscription: fc.record({ id: fc.constant('callers'), displayName: name }),
  rateLimit: fc.option(fc.record({ calls: count, seconds: fc.integer({ min: 1, max: 300 }), by: fc.constantFrom('subscription', 'ip') }), { nil: undefined }),
  quota: fc.option(fc.record({ calls: count, kilobytes: count, seconds: fc.integer({ min: 0, max: 1_000_000 }) }), { nil: undefined }),
  cors: fc.option(fc.constantFrom({ origins: ['*'] }, { origins: ['https://app.contoso.com', 'http://localhost:3000'] }), { nil: undefined }),
  shortPaths: fc.boolean(), addsKey: fc.boolean(),
}).map(({ rateLimit, quota, cors, subscription, ...rest }): ApiChoices => ({
  ...rest, ...(rateLimit ? { rateLimit } : {}), ...(cors ? { cors } : {}), ...(rest.product.kind === 'none' ? {} : { subscription, ...(quota ? { quota } : {}) }),
}));
