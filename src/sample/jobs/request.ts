// Reads the body of a submission: where the input is, where the output goes, and the parameters of the run.

import type { Definition } from '../definition';
import { isObject, kindOf, parseJson } from '../json';
import { badArgument } from '../problem';
import { longestSeconds, type JobBehaviour } from './behaviour';
import { extensionOf, readReference, type BlobAccess } from './reference';

/** The kinds of table that a job reads. */
export const inputFormats = ['csv', 'tsv', 'arff'] as const;

/** One of the kinds of table. */
export type InputFormat = (typeof inputFormats)[number];

/** What was submitted. Without an output the service chooses the place. */
export interface JobRequest {
  readonly input: BlobAccess;
  readonly format: InputFormat;
  readonly output?: BlobAccess;
  readonly parameters: JobParameters;
}

/** The global parameters that the sample knows. `failAtRow` counts the rows below the header from 1. */
export interface JobParameters {
  readonly runSeconds?: number;
  readonly queueSeconds?: number;
  readonly failAtRow?: number;
}

/** Reads a submission. Throws a 400 with the contract's code. Members that are not known are passed over, as such services do. */
export function readJobRequest(body: Buffer, definition: Definition, { connectionStringOnly }: JobBehaviour): JobRequest {
  if (body.every((byte) => byte <= 0x20)) throw badArgument('RequestIsEmpty', 'The request has no body.');
  const json = parseJson(body);
  if (!json) throw badArgument('RequestBodyInvalid', 'The body of the request is not JSON in UTF-8.');
  if (!isObject(json.value)) throw badArgument('RequestBodyInvalid', `The body must be a JSON object, not ${kindOf(json.value)}.`);
  const { Input: single, Inputs: several, Outputs: outputs, GlobalParameters: parameters } = json.value;

  const port = definition.input.name;
  const input = readReference(chooseInput(single, several, port), { what: 'input', port, extensions: inputFormats, connectionStringOnly });
  const output = readOutput(outputs, definition, connectionStringOnly);
  const extension = extensionOf(input.name);
  const format = inputFormats.find((each) => each === extension) ?? 'csv';
  return { input, format, ...(output ? { output } : {}), parameters: readParameters(parameters) };
}

function chooseInput(single: unknown, several: unknown, port: string): unknown {
  const hasSingle = single !== undefined && single !== null;
  if (several === undefined || several === null) {
    if (!hasSingle)
      throw badArgument('MissingRequestInput', `The body has neither 'Input' nor 'Inputs'. The service expects the input '${port}'.`);
    return single;
  }
  if (hasSingle) throw badArgument('DuplicateInputInBatchCall', "The body has both 'Input' and 'Inputs'. Give one of them.");
  if (!isObject(several)) throw badArgument('RequestBodyInvalid', `'Inputs' must be an object, not ${kindOf(several)}.`);
  const names = Object.keys(several);
  if (names.length === 0) throw badArgument('BatchJobInputsNotSpecified', `'Inputs' lacks the input '${port}'.`);
  if (names.length > 1)
    throw badArgument('BatchJobInputsTooManySpecified', `'Inputs' has ${names.length} inputs, but the service has one: '${port}'.`);
  if (!Object.hasOwn(several, port))
    throw badArgument('InvalidInputNames', `The service has no input named ${quoted(names)}. Its input is '${port}'.`);
  return several[port];
}

function readOutput(outputs: unknown, { output: { name } }: Definition, connectionStringOnly: boolean): BlobAccess | undefined {
  if (outputs === undefined || outputs === null) return undefined;
  if (!isObject(outputs)) throw badArgument('RequestBodyInvalid', `'Outputs' must be an object, not ${kindOf(outputs)}.`);
  const strange = Object.keys(outputs).filter((each) => each !== name);
  if (strange.length > 0) {
    throw badArgument(
      'InvalidOutputOverrideName',
      `The service has no output named ${quoted(strange)}. Its output is '${name}', in this case of letters.`,
    );
  }
  // What is written is CSV, whatever the input was.
  return Object.hasOwn(outputs, name)
    ? readReference(outputs[name], { what: 'output', port: name, extensions: ['csv'], connectionStringOnly })
    : undefined;
}

function readParameters(parameters: unknown): JobParameters {
  if (parameters === undefined || parameters === null) return {};
  if (!isObject(parameters)) throw badArgument('RequestBodyInvalid', `'GlobalParameters' must be an object, not ${kindOf(parameters)}.`);
  const { 'Run seconds': run, 'Queue seconds': queue, 'Fail at row': fail, ...others } = parameters;
  const strange = Object.keys(others);
  if (strange.length > 0) {
    throw badArgument(
      'UnexpectedParameter',
      `The service has no global parameter named ${quoted(strange)}. It knows 'Run seconds', 'Queue seconds' and 'Fail at row'.`,
    );
  }
  return {
    ...(run === undefined ? {} : { runSeconds: readNumber('Run seconds', run, 0, longestSeconds) }),
    ...(queue === undefined ? {} : { queueSeconds: readNumber('Queue seconds', queue, 0, longestSeconds) }),
    ...(fail === undefined ? {} : { failAtRow: Math.ceil(readNumber('Fail at row', fail, 1, 1e12)) }),
  };
}

function readNumber(name: string, value: unknown, least: number, most: number): number {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= least && number <= most)) {
    throw badArgument('BadParameterValue', `The global parameter '${name}' must be a number from ${least} to ${most}.`);
  }
  return number;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
