// The range of a number in a description: both ends, what excludes them in older and newer documents, in the digits that stand there.

import { expect, it } from 'vitest';
import type { DescribedColumn } from '../../../../../src/protocols/description';
import { readDescription } from '../../../../../src/protocols/studio/description/read';

function columnOf(schema: string): DescribedColumn | undefined {
  const { inputs } = readDescription(`{
    "swagger": "2.0", "paths": {"/execute": {"post": {"parameters": [{"in": "body", "name": "b", "schema": {"$ref": "#/definitions/R"}}]}}},
    "definitions": {"R": {"properties": {"Inputs": {"properties": {"input1": {"type": "array", "items": {"properties": {"a": ${schema}}}}}}}}}
  }`);
  return inputs[0]?.columns[0];
}

it.each<[string, object]>([
  ['{"type": "number", "minimum": 0, "maximum": 1.50}', { least: { value: '0', exclusive: false }, greatest: { value: '1.50', exclusive: false } }],
  ['{"type": "number", "minimum": 1e400}', { least: { value: '1e400', exclusive: false } }],
  ['{"type": "number", "minimum": 0, "exclusiveMinimum": true}', { least: { value: '0', exclusive: true } }],
  ['{"type": "number", "maximum": 9, "exclusiveMaximum": false}', { greatest: { value: '9', exclusive: false } }],
  ['{"type": "number", "exclusiveMinimum": 2}', { least: { value: '2', exclusive: true } }],
  ['{"type": "number", "minimum": 1, "exclusiveMinimum": 2}', { least: { value: '2', exclusive: true } }],
  ['{"type": "number", "minimum": 3, "exclusiveMinimum": 2}', { least: { value: '3', exclusive: false } }],
  ['{"type": "number", "maximum": 3, "exclusiveMaximum": 2}', { greatest: { value: '2', exclusive: true } }],
  ['{"type": "number", "maximum": 2, "exclusiveMaximum": 3}', { greatest: { value: '2', exclusive: false } }],
])('%s', (schema, range) => {
  const column = columnOf(schema);
  expect({ ...(column?.least && { least: column.least }), ...(column?.greatest && { greatest: column.greatest }) }).toEqual(range);
});

it('what is no number is passed over', () => {
  const column = columnOf('{"type": "number", "minimum": "0", "maximum": {}, "exclusiveMinimum": true}');
  expect([column?.least, column?.greatest]).toEqual([undefined, undefined]);
});
