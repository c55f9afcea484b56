// Schemas and examples of what the five operations take and answer, as far as the service's description tells. Over the wire: English.

import type { JsonObject } from '../../../base/shape';
import type { DescribedColumn, DescribedPort, ServiceDescription } from '../../description';
import { exactValue, exampleRows, membersOf, valueOf } from './values';

/** Schemas by their names, and examples by the names of schemas. */
export interface Schemas {
  readonly schemas: JsonObject;
  readonly examples: JsonObject;
}

/** More columns than these are not listed by name in a schema; requests are checked by the service. */
const mostNamed = 500;

/** A description whose requests have another shape than the contract's tells nothing of these operations. */
export function schemasOf(described: ServiceDescription | undefined): Schemas {
  const description = described?.request === 'other' ? undefined : described;
  const inputs = unique(description?.inputs ?? []);
  const outputs = unique(description?.outputs ?? []);
  const parameters = description?.parameters ?? [];
  const schemas = Object.fromEntries([
    ['Table', tableSchema],
    ['BlobReference', blobSchema],
    ...inputs.flatMap((port, index) => portSchemas('Input', port, index)),
    ...outputs.flatMap((port, index) => portSchemas('Output', port, index)),
    ['GlobalParameters', rowSchema(parameters)],
    ['RrsRequest', {
      type: 'object',
      required: ['Inputs'],
      properties: { Inputs: portsSchema('Input', inputs), GlobalParameters: reference('GlobalParameters') },
    }],
    ['RrsResponse', {
      type: 'object',
      properties: { Results: portsSchema('Output', outputs) },
    }],
    ['BesSubmitRequest', {
      type: 'object',
      properties: {
        Input: reference('BlobReference'),
        Inputs: { type: 'object', additionalProperties: reference('BlobReference') },
        Outputs: { type: 'object', additionalProperties: reference('BlobReference') },
        GlobalParameters: reference('GlobalParameters'),
      },
    }],
    ['BesJobId', { type: 'string' }],
    ['BesStatus', statusSchema],
  ]);
  return { schemas, examples: examplesOf(inputs, outputs, parameters) };
}

/** The first of each name, as names are members. */
function unique(ports: readonly DescribedPort[]): readonly DescribedPort[] {
  return [...new Map([...ports].reverse().map((port) => [port.name, port])).values()].reverse();
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** Names of a port's own schemas hold no word of the service: they are made of its place. */
function portSchemas(kind: 'Input' | 'Output', { columns }: DescribedPort, index: number): readonly (readonly [string, JsonObject])[] {
  const names = [...new Set(columns.map(({ name }) => name))];
  const own = `${kind}${index + 1}`;
  const nameSchema = { type: 'string', ...(names.length === 0 || names.length > mostNamed ? {} : { enum: names }) };
  const cells = { type: 'array', items: { type: 'array', items: cellSchema } };
  const table = kind === 'Input'
    ? {
        type: 'object',
        required: ['ColumnNames', 'Values'],
        properties: { ColumnNames: { type: 'array', items: nameSchema }, Values: cells },
      }
    : { type: 'object', properties: { type: { type: 'string' }, value: reference('Table') } };
  return [
    [`${own}Table`, table],
    [`${own}Row`, rowSchema(columns)],
    [`${own}Rows`, { type: 'array', items: reference(`${own}Row`) }],
  ];
}

/** Rows may be a table, or objects where the call asks for them. */
function portsSchema(kind: 'Input' | 'Output', ports: readonly DescribedPort[]): JsonObject {
  if (ports.length === 0) return { type: 'object', additionalProperties: true };
  const members = ports.map(({ name }, index) =>
    [name, { oneOf: [reference(`${kind}${index + 1}Table`), reference(`${kind}${index + 1}Rows`)] }] as const);
  return { type: 'object', properties: membersOf(members) };
}

/** Rows as objects, or parameters: columns by their names. */
function rowSchema(columns: readonly DescribedColumn[]): JsonObject {
  const required = [...new Set(columns.filter((column) => column.required).map(({ name }) => name))];
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    ...(columns.length === 0 ? {} : { properties: membersOf(columns.map((column) => [column.name, columnSchema(column)])) }),
  };
}

const knownTypes = new Set(['string', 'number', 'integer', 'boolean']);

function columnSchema({ type, format, nullable, choices, moreChoices, default: standard, example }: DescribedColumn): JsonObject {
  const known = type !== undefined && knownTypes.has(type.toLowerCase()) ? type.toLowerCase() : undefined;
  const values = moreChoices > 0 ? [] : choices.map(exactValue).filter((value) => value !== undefined);
  const [given, shown] = [standard, example].map((json) => (json === undefined ? undefined : exactValue(json)));
  return {
    ...(known === undefined ? {} : { type: known }),
    ...(format !== undefined && /^[\w-]{1,40}$/.test(format) ? { format } : {}),
    ...(nullable && known !== undefined ? { nullable } : {}),
    ...(values.length === 0 ? {} : { enum: nullable && !values.includes(null) ? [...values, null] : values }),
    ...(given === undefined ? {} : { default: given }),
    ...(shown === undefined ? {} : { example: shown }),
  };
}

/** A text, a number, yes or no, or nothing. */
const cellSchema: JsonObject = {};

const tableSchema: JsonObject = {
  type: 'object',
  properties: {
    ColumnNames: { type: 'array', items: { type: 'string' } },
    ColumnTypes: { type: 'array', items: { type: 'string' } },
    Values: { type: 'array', items: { type: 'array', items: { type: 'string', nullable: true } } },
  },
};

const blobSchema: JsonObject = {
  type: 'object',
  description: 'A blob: by a connection string and a location, or by an address with a token.',
  properties: Object.fromEntries(
    ['ConnectionString', 'RelativeLocation', 'BaseLocation', 'SasBlobToken'].map((name) => [name, { type: 'string', nullable: true }]),
  ),
};

const statusSchema: JsonObject = {
  type: 'object',
  required: ['StatusCode'],
  properties: {
    StatusCode: { description: 'NotStarted, Running, Failed, Cancelled or Finished, or its number from 0 to 4.',
      oneOf: [{ type: 'string' }, { type: 'integer' }] },
    Results: { type: 'object', nullable: true, additionalProperties: reference('BlobReference') },
    Details: { type: 'string', nullable: true },
    CreatedAt: { type: 'string' },
    StartTime: { type: 'string' },
    EndTime: { type: 'string' },
  },
};

function examplesOf(
  inputs: readonly DescribedPort[],
  outputs: readonly DescribedPort[],
  parameters: readonly DescribedColumn[],
): JsonObject {
  const globals = membersOf(parameters.map((column) => [column.name, valueOf(column)]));
  const requests = inputs.map(({ name, columns, rows }) => [name, {
    ColumnNames: columns.map((column) => column.name), Values: exampleRows(columns, rows),
  }] as const);
  const answers = outputs.filter(({ columns }) => columns.length > 0).map(({ name, columns, rows }) => [name, {
    type: 'table',
    value: {
      ColumnNames: columns.map((column) => column.name),
      Values: exampleRows(columns, rows).map((row) => row.map(answered)),
    },
  }] as const);
  const blobs = inputs.map(({ name }, index) => [name, blob(`inputs/input${index + 1}.csv`)] as const);
  return {
    ...(requests.length === 0 ? {} : { RrsRequest: { Inputs: membersOf(requests), GlobalParameters: globals } }),
    ...(answers.length === 0 ? {} : { RrsResponse: { Results: membersOf(answers) } }),
    BesSubmitRequest: {
      ...(blobs.length > 1 ? { Inputs: membersOf(blobs) } : { Input: blob('inputs/input.csv') }),
      ...(outputs.length === 0 ? {} : {
        Outputs: membersOf(outputs.map(({ name }, index) => [name, blob(`outputs/output${index + 1}.csv`)])),
      }),
      GlobalParameters: globals,
    },
    BesJobId: '0123456789abcdef0123456789abcdef',
    BesStatus: { StatusCode: 'Running', Results: null, Details: null },
  };
}

/** The service answers each cell as text. */
function answered(cell: unknown): unknown {
  return cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function blob(path: string): JsonObject {
  return { BaseLocation: 'https://{account}.blob.core.windows.net/', RelativeLocation: `{container}/${path}`, SasBlobToken: '?{token}' };
}
