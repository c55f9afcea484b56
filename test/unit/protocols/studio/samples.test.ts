// Every recorded body is read without loss: nothing of it is refused, changed or left out.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFault } from '../../../../src/protocols/studio/fault';
import { readReply } from '../../../../src/protocols/studio/reply';
import { readScoreRequest } from '../../../../src/protocols/studio/request';
import { tryParse } from '../../../../src/base/shape';

const folder = join(import.meta.dirname, '../../../data/samples');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(json|txt)$/.test(name)).sort();
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const named = (pattern: RegExp): string[] => files.filter((name) => pattern.test(name));
const limits = { maxOutputs: 10, maxRows: 1000, maxColumns: 500, maxCells: 100_000, pause: () => Promise.resolve() };

/** All strings, numbers and names of a JSON value. */
function leaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, member]) => [name, ...leaves(member)]);
  return value === null ? [] : [String(value)];
}

it('there are samples', () => {
  expect(files.length).toBeGreaterThan(40);
});

describe('requests', () => {
  it.each(named(/^rrs-request-0[136]/))('%s can be sent as it is', (name) => {
    expect(readScoreRequest(text(name)).json).toBe(text(name));
  });

  it('the first version\'s request is named as such', () => {
    expect(() => readScoreRequest(text('rrs-request-05-legacy-score-v1.json'))).toThrow('first version');
  });

  it.each(named(/bes-request.*\.json$/))('%s is a batch body and is not sent to RRS', (name) => {
    if (Object.keys(JSON.parse(text(name)).Inputs ?? { some: 1 }).length === 0) expect(readScoreRequest(text(name)).form).toBe('table');
    else expect(() => readScoreRequest(text(name))).toThrow(/batch job/);
  });

  it('a backslash that JSON does not allow is pointed to', () => {
    expect(() => readScoreRequest(text('bes-request-05-batch-pool-bad-escape.invalid-json.txt'))).toThrow('a backslash is followed by a character that cannot be escaped');
  });

  it.each(named(/(v2|online|batch-endpoint|mlflow).*\.json$/i))('%s, of a successor, is refused by name', (name) => {
    expect(() => readScoreRequest(text(name))).toThrow('The request has no "Inputs".');
  });
});

describe('answers', () => {
  it.each(named(/rrs-response.*\d.*(?<!invalid-json)\.json$/))('%s loses nothing', async (name) => {
    const reply = await readReply(text(name), limits);
    if (reply.kind !== 'tables') throw new Error(`is ${reply.kind}`);
    const shown = reply.tables.flatMap((table) => [table.name, ...table.columns.flatMap((column) => [column.name, column.type ?? '']), ...table.rows.flat().map((cell) => cell ?? '')]);
    const words = ['Results', 'type', 'table', 'DataTable', 'value', 'ColumnNames', 'ColumnTypes', 'Values', 'GlobalParameters'];
    for (const leaf of leaves(JSON.parse(text(name)))) if (!words.includes(leaf)) expect(shown).toContain(leaf);
    expect(reply.notes).toEqual([]);
  });

  it('the documented answer that is no JSON is called so', async () => {
    expect((await readReply(text('rrs-response-11-documented-sample.invalid-json.txt'), limits)).kind).toBe('notJson');
  });

  it.each(named(/(^|\/)(bes-status|bes-reply|swagger|management)/))('%s is not taken for rows', async (name) => {
    const reply = await readReply(text(name), limits);
    expect(reply.kind === 'tables' ? reply.tables : []).toEqual([]);
    expect(reply.kind).not.toBe('notJson');
  });
});

describe('errors', () => {
  it.each(named(/error-/))('%s gives its code and its words', (name) => {
    const fault = readFault({ status: 400, headers: [], text: text(name) }, 0);
    const read = [fault.code, fault.message, ...fault.details.flatMap((detail) => [detail.code, detail.target, detail.message])].filter((part) => part !== undefined);
    expect(read.length).toBeGreaterThan(0);
    const body = tryParse(text(name)) ?? 'FailedToEvaluateRScript';
    const words = ['error', 'code', 'message', 'details', 'statusCode', 'errorCode', 'failureType', 'UserError', 'target', 'Retrain Model', '401', '403', '429'];
    for (const leaf of leaves(body)) if (!words.includes(leaf)) expect(read.join('\n')).toContain(leaf);
  });
});
