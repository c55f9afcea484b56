// What wakes the extension: all that some protocol takes for a request or a body, and as little else as can be.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mayBeSent } from '../../../src/protocols/firstLook';
import { textKind } from '../../../src/protocols/registry';

const folder = join(import.meta.dirname, '../../data/samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(folder, name), 'utf8'));
const texts = [
  ...samples, '{ "Input": {} }', '{ "Outputs" : { "output1": { "SasBlobToken": "" } } }', '{ "GlobalParameters": {} }', '{ "Inputs": { "input1": [',
  '{ "inputs": { "input1": { "columnNames": [] } } }', '{ "INPUTS" : { "input1": [ { "a": 1 } ] }, "globalparameters": {} }',
];

it('is whatever can be sent to some service', () => {
  const sent = texts.filter((text) => ['request', 'batch', 'either'].includes(textKind(text, true)));
  // Those with a fault, too.
  expect(sent).toEqual(expect.arrayContaining(texts.slice(-2)));
  expect(sent.filter((text) => !mayBeSent(text))).toEqual([]);
});

it.each(['', '[]', '{ "name": "x", "scripts": {} }', '{ "inputs": [] }', '{ "inputs": { "images": [ { "b64": "" } ] } }', '{ "text": "Inputs: none" }'])('is not %j', (text) => {
  expect(mayBeSent(text)).toBe(false);
});
