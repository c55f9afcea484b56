// The body of a batch job as a person wrote it -> what is submitted, with remarks on what looks wrong, each with its place.

import type { Node, ParseError } from 'jsonc-parser';
import { InvalidBody, type Place } from '../../model/errors';
import type { BodyWarning, JobBody } from '../batch';
import { child, describe, members, moved, notJson, parsePlaces, properties, toStrictJson } from '../../base/jsonText';
import { isObject, member, tryParse } from '../../base/shape';
import { readStorage } from '../../storage/storageText';
import { momentText, tokenEnd } from '../../storage/containerText';
import { formatOf } from '../../tables/tableFormat';

/** A body that can be submitted. */
export interface SubmissionText extends JobBody {
  readonly warnings: BodyWarning[];
  /** Where the inputs are, as the body tells: container and name of the blob. */
  readonly inputs: string[];
}

/**
 * Reads the body of a batch job, JSON with or without comments. `now` (milliseconds since 1970) tells whether a token has expired. Throws
 * InvalidBody for what cannot be one. No sentence holds a secret.
 */
export function readSubmission(source: string, now: number): SubmissionText {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const shift = source.length - text.length;
  try {
    const { json, parametersJson, warnings, inputs } = readText(text, now);
    return {
      json,
      parametersJson,
      inputs,
      warnings: warnings.map(({ sentence, place }) => ({ sentence, place: { offset: place.offset + shift, length: place.length } })),
    };
  } catch (error) {
    throw error instanceof InvalidBody ? moved(error, shift) : error;
  }
}

const noun = 'body';
const rootNames = ['Input', 'Inputs', 'Outputs', 'GlobalParameters', 'AzureBatchPoolId'];
const referenceNames = ['ConnectionString', 'RelativeLocation', 'BaseLocation', 'SasBlobToken'];
const example =
  'A body looks like {"Input": {"ConnectionString": "…", "RelativeLocation": "container/input.csv"}, "GlobalParameters": {}}.';

function readText(text: string, now: number): SubmissionText {
  if (text.trim() === '') throw new InvalidBody({ sentence: 'The body is empty.', advice: example }, { offset: 0, length: 0 });
  const errors: ParseError[] = [];
  const root = parsePlaces(text, errors, noun);
  const [first] = errors;
  if (first) throw notJson(text, first, noun);
  if (root?.type !== 'object') throw invalid(root, 'The body of a batch job is a JSON object.');
  const warnings = misspelt(root, rootNames, 'the body of a batch job');
  const input = given(root, 'Input');
  const inputs = given(root, 'Inputs');
  const outputs = given(root, 'Outputs');
  const parameters = given(root, 'GlobalParameters');
  if (child(root, 'Instance'))
    throw invalid(root, 'This is a request of the contract’s first version ("Instance"), not the body of a batch job.');
  if (root.children?.length && !members(root).some(([name]) => nearest(name, rootNames) !== undefined))
    throw invalid(root, 'The body has no "Input", "Inputs", "Outputs" or "GlobalParameters".');
  if (inputs && inputs.type !== 'object')
    throw invalid(inputs, `"Inputs" is ${describe(inputs)}; it has to be an object with one member for each input, such as "input1".`);
  if (outputs && outputs.type !== 'object')
    throw invalid(outputs, `"Outputs" is ${describe(outputs)}; it has to be an object with one member for each output, such as "output1".`);
  if (parameters && parameters.type !== 'object')
    throw invalid(parameters, `"GlobalParameters" is ${describe(parameters)}; it has to be an object such as {"name": "value"}.`);
  const ins: (readonly [string, Node])[] = [...(input ? [['Input', input] as const] : []), ...(inputs ? members(inputs) : [])];
  const outs = outputs ? members(outputs) : [];
  for (const [name, node] of ins) {
    if (node.type === 'array' || child(node, 'ColumnNames') || child(node, 'Values')) {
      throw new InvalidBody(
        {
          sentence: `Input "${name}" holds rows: this is a request (RRS), not the body of a batch job (BES).`,
          advice: 'Use “Send to RRS” for it, or put the rows into a file and run that as a batch job.',
        },
        placeOf(node),
      );
    }
  }
  if (input && inputs)
    warnings.push({ sentence: 'The body has both "Input" and "Inputs"; services refuse that. Keep one of them.', place: placeOf(inputs) });
  for (const [kind, list] of [['Input', ins], ['Output', outs]] as const) {
    for (const [name, node] of list) {
      const called = name === kind ? `"${name}"` : `${kind} "${name}"`;
      if (node.type !== 'object')
        throw invalid(node, `${called} is ${describe(node)}; it has to say where a blob is ("ConnectionString" and "RelativeLocation").`);
      warnings.push(...referenceWarnings(called, node, now));
    }
  }
  const keys = [...ins, ...outs].map(([, node]) => given(node, 'ConnectionString')).filter((node) => node !== undefined);
  const key = keys.find((node) => readStorage(String(node.value), now).ok);
  if (key)
    warnings.push({
      sentence:
        'The body holds the key of a storage account. It goes to the service as written; a token for single blobs would give away less.',
      place: placeOf(key),
    });
  const json = tryParse(text) === undefined ? toStrictJson(text) : text;
  const sent = member(tryParse(json), 'GlobalParameters');
  return {
    json,
    parametersJson: isObject(sent) ? JSON.stringify(sent) : '{}',
    warnings: warnings.sort((one, other) => one.place.offset - other.place.offset),
    inputs: ins.flatMap(([, node]) => textOf(node, 'RelativeLocation')?.replace(/^\/+/, '') ?? []),
  };
}

function referenceWarnings(called: string, reference: Node, now: number): BodyWarning[] {
  const warnings = misspelt(reference, referenceNames, 'a reference to a blob');
  const warn = (sentence: string, node: Node): void => void warnings.push({ sentence, place: placeOf(node) });
  const missing = missingMembers(reference);
  if (warnings.length === 0 && missing !== '') warn(`${called} lacks ${missing}.`, reference);
  const location = given(reference, 'RelativeLocation');
  if (location && formatOf(String(location.value)) === undefined)
    warn(`${called} has no name that services take: it has to end in .csv, .tsv, .arff, or .ilearner for a trained model.`, location);
  const connection = given(reference, 'ConnectionString');
  const reading = connection && readStorage(String(connection.value), now);
  if (connection && reading?.ok === false) warn(`${called}: ${reading.reason}`, connection);
  const token = given(reference, 'SasBlobToken');
  const end = token && tokenEnd(String(token.value));
  if (token && end !== undefined && end <= now) warn(`${called}: the token expired on ${momentText(end)}.`, token);
  return warnings;
}

/** What a reference needs and does not have, for a sentence; empty when it is complete. */
function missingMembers(reference: Node): string {
  const has = (name: string): boolean => textOf(reference, name) !== undefined;
  const missing: string[] = [];
  if (!has('RelativeLocation')) missing.push('"RelativeLocation" (container and name of the blob)');
  if (!has('ConnectionString')) {
    if (!has('BaseLocation') && !has('SasBlobToken')) missing.push('"ConnectionString"');
    else if (!has('SasBlobToken')) missing.push('"SasBlobToken"');
    else if (!has('BaseLocation')) missing.push('"BaseLocation"');
  }
  return missing.join(' and ');
}

/** Members that the contract does not know, with the name that may have been meant. Services pass over them in silence. */
function misspelt(node: Node, known: readonly string[], where: string): BodyWarning[] {
  return properties(node).flatMap(({ name, key }) => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const sentence =
      meant === undefined
        ? `"${name}" is no member of ${where}; services pass over it.`
        : `"${name}" is passed over by services: it has to be "${meant}" exactly.`;
    return [{ sentence, place: placeOf(key) }];
  });
}

/** The known name that is meant, or undefined: equal but for case, or with a slip or two. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '');
  const [best] = known.map((each) => ({ each, slips: distance(plain, each.toLowerCase()) })).sort((one, other) => one.slips - other.slips);
  return best && best.slips <= (best.each.length < 8 ? 1 : 3) ? best.each : undefined;
}

/** How many letters have to be put in, taken out or replaced to make one text of the other. */
function distance(one: string, other: string): number {
  // Names as long as that are no slip of the finger.
  if (one.length > 40) return one.length;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A member's value; null is as good as none. */
function given(node: Node, name: string): Node | undefined {
  const value = child(node, name);
  return value?.type === 'null' ? undefined : value;
}

function textOf(node: Node, name: string): string | undefined {
  const value = child(node, name);
  return value?.type === 'string' && String(value.value).trim() !== '' ? String(value.value).trim() : undefined;
}

function placeOf(node: Node): Place {
  return { offset: node.offset, length: node.length };
}

function invalid(node: Node | undefined, sentence: string): InvalidBody {
  return new InvalidBody({ sentence, advice: example }, node ? placeOf(node) : { offset: 0, length: 0 });
}
