// What a test begins with, in the order in which it is looked for.

import { expect, it } from 'vitest';
import { TestRequest } from '../../../../../src/features/tryIt/test/testRequest';
import { startOf, type StartSources } from '../../../../../src/features/tryIt/test/testStart';
import type { Describing, ServiceDescription } from '../../../../../src/protocols/description';
import { requestValues } from '../../../../../src/protocols/studio/requestValues';

const description: ServiceDescription = {
  operations: [], request: 'inputs', inputs: [{
    name: 'input1', rows: [['"This is a good day"']],
    columns: [{ name: 'Col2', type: 'string', nullable: false, required: false, choices: [], moreChoices: 0 }],
  }],
  parameters: [], outputs: [], notUnderstood: [], moreNotUnderstood: 0,
};
const describing: Pick<Describing, 'newRequest'> = { newRequest: (form) => Promise.resolve(`{"form": "${form}"}`) };

function isDescribing(value: unknown): value is Describing {
  return typeof value === 'object';
}

const given: unknown = describing;
expect.assert(isDescribing(given));
const sources: StartSources = {
  service: { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' },
  valuing: requestValues, describing: given, description, wanted: { kind: 'any' }, parameters: new Map([['p', '"v"']]), shape: 'rows',
};
const text = (value: string): string => `{"Inputs":{"a":[{"b":"${value}"}]}}`;
const requestOf = (given: string): TestRequest => new TestRequest({ valuing: requestValues, description: undefined, kept: new Map() }, given);

async function begins(more: Partial<StartSources>): Promise<readonly [sent: string | undefined, notes: readonly string[]]> {
  const { request, notes, origin } = await startOf({ ...sources, ...more });
  return [request.sent(), origin === undefined ? notes : [...notes, origin]];
}

const example = '{"Inputs":{"input1":[{"Col2":"This is a good day"}]},"GlobalParameters":{}}';
const nothing: Partial<StartSources> = { description: undefined, undescribed: 'There is no description.' };

it.each<[string, Partial<StartSources>, string, readonly string[]]>([
  ['an open request', { wanted: { kind: 'given', given: { name: 'day.json', text: text('file') } }, kept: text('kept') }, text('file'), ['Filled in from day.json.']],
  ['what is there now, with the description anew', { wanted: { kind: 'anew', request: requestOf(text('now')) }, kept: text('kept') }, text('now'), []],
  ['what was filled in last, with its parameters', { kept: text('kept'), last: text('last') }, text('kept').replace(/}$/, ',"GlobalParameters":{"p":"v"}}'), []],
  ['the sample values, where they are wanted', { wanted: { kind: 'sample' }, kept: text('kept') }, example, ['Filled in with the sample values of the service’s description.']],
  ['the sample values', {}, example, ['Filled in with the sample values of the service’s description.']],
  ['them in another shape', { shape: 'table' }, '{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["This is a good day"]]}},"GlobalParameters":{}}', ['Filled in with the sample values of the service’s description.']],
  ['the last request', { ...nothing, last: text('last') }, text('last'), ['There is no description.', 'Filled in from the last request to this service.']],
  ['nothing, as the last request is no form', { ...nothing, last: '{"Inputs":{"a":[{"b":[]}]}}' }, '{"Inputs":{"input1":[{}]},"GlobalParameters":{}}', ['There is no description.']],
  ['nothing', nothing, '{"Inputs":{"input1":[{}]},"GlobalParameters":{}}', ['There is no description.']],
  ['the description’s own example of another shape', { description: { ...description, request: 'other', example: '{"x":1}' } }, '{"x":1}', ['Filled in with the sample values of the service’s description.']],
  ['a new request, where requests are no values', { valuing: undefined, kept: text('kept') }, '{"form": "rows"}', ['Filled in with the sample values of the service’s description.']],
  ['a new request, where nothing is known', { ...nothing, valuing: undefined }, '{"form": "rows"}', ['There is no description.']],
  ['an empty object, where nobody writes requests', { ...nothing, valuing: undefined, describing: undefined }, '{}', ['There is no description.']],
])('%s', async (_, more, sent, notes) => {
  expect(await begins(more)).toEqual([sent, notes]);
});

it('a kept secret stands for what is empty in the sample values, or in a file', async () => {
  const parameters = new Map([['Password', '"hush-hush"'], ['Season', '"autumn"']]);
  const open = '{"Inputs":{"a":[{"b":1}]},"GlobalParameters":{"Password":"","Season":""}}';
  const [sent] = await begins({ wanted: { kind: 'given', given: { name: 'f', text: open } }, parameters });
  expect(sent).toBe(open.replace('"Password":""', '"Password":"hush-hush"'));
  const [column] = description.inputs[0]?.columns ?? [];
  expect.assert(column);
  const described = { ...description, parameters: [{ ...column, name: 'Password' }, { ...column, name: 'Season' }] };
  const [sample] = await begins({ wanted: { kind: 'sample' }, description: described, parameters });
  expect(sample).toContain('"GlobalParameters":{"Password":"hush-hush","Season":""}');
});
