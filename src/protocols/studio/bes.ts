// Batch jobs on the wire (contract section 3): addresses of the operations, the body of a submission, job ids and status answers.

import { parse, parseTree, type ParseError } from 'jsonc-parser';
import { InvalidInput } from '../../model/errors';
import type { JobResult, JobStatus, StatusReading } from '../../model/job';
import type { Endpoint } from '../../model/service';
import type { BlobReference, WireReference } from '../../model/storage';
import type { JobBodyParts } from '../batch';
import { cutText } from '../../base/cutText';
import { operationsAddress } from './endpointAddress';
import { withoutEnds } from '../../base/ends';
import { maskWords } from '../../redaction';
import { filledText, isObject, member, memberAnyCase, tryParse, tryStringify } from '../../base/shape';
import { readStorage } from '../../storage/storageText';

const version = 'api-version=2.0';

/** Where a job is submitted to; undefined for an exact address, which has no jobs. */
export function submitUrl(endpoint: Endpoint): string | undefined {
  const base = operationsAddress(endpoint);
  return base === undefined ? undefined : `${base}/jobs?${version}`;
}

/** Where a submitted job is started; undefined for an exact address. */
export function startUrl(endpoint: Endpoint, id: string): string | undefined {
  const base = operationsAddress(endpoint);
  return base === undefined ? undefined : `${base}/jobs/${encodeURIComponent(id)}/start?${version}`;
}

/** Where a job's status is asked for, and where it is cancelled; undefined for an exact address. */
export function jobUrl(endpoint: Endpoint, id: string): string | undefined {
  const base = operationsAddress(endpoint);
  return base === undefined ? undefined : `${base}/jobs/${encodeURIComponent(id)}?${version}`;
}

/** The body of a submission as JSON text. Throws InvalidInput when the parameters are not a JSON object. */
export function submission({ inputs, outputs, parametersJson }: JobBodyParts): string {
  const parameters = parametersJson.trim() === '' ? '{}' : parametersJson.trim();
  if (!isObject(tryParse(parameters)))
    throw new InvalidInput({
      sentence: 'The global parameters are not a JSON object.',
      advice: 'Write them as {"name": value}, or leave them empty.',
    });
  const [first, second] = inputs;
  const parts: string[] = [];
  if (first !== undefined && second === undefined && first.port === undefined) parts.push(`"Input":${JSON.stringify(first.reference)}`);
  else if (first !== undefined)
    parts.push(`"Inputs":${ports(inputs.map(({ port, reference }, index) => [port ?? `input${index + 1}`, reference]))}`);
  if (outputs.length > 0) parts.push(`"Outputs":${ports(outputs.map(({ port, reference }) => [port, reference]))}`);
  parts.push(`"GlobalParameters":${parameters}`);
  return `{${parts.join(',')}}`;
}

/**
 * The id in the answer to a submission, which is JSON text or, from some, bare text; undefined when the answer holds nothing that can be an
 * id.
 */
export function readJobId(text: string): string | undefined {
  const plain = text.replace(/^\uFEFF/, '').trim();
  const parsed = tryParse(plain);
  if (parsed !== undefined && typeof parsed !== 'string' && typeof parsed !== 'number') return undefined;
  const id = typeof parsed === 'string' ? parsed.trim() : withoutEnds(plain, '"\'').trim();
  return /^[^\s/\\<>{}[\]"'?#\p{Cc}]{1,200}$/u.test(id) && !/^\.+$/.test(id) ? id : undefined;
}

/** A status answer: what may be kept and shown, and the references with their tokens, which may not. */
export interface StatusAnswer {
  readonly reading: StatusReading;
  /** In the order in which they came. */
  readonly references: readonly BlobReference[];
}

/** Reads a status answer in any of the spellings of contract 3.3; undefined when the text is no status. Never throws. */
export function readStatus(text: string): StatusAnswer | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  const body = tryParse(plain) ?? parseLeniently(plain);
  const value = statusMember(body);
  if (value === undefined) return undefined;
  const references = readReferences(body, plain);
  const details = memberAnyCase(body, 'Details');
  const words = filledText(details) ?? (isObject(details) ? tryStringify(details) : undefined);
  return {
    references: references.map((each) => ({ ...each, name: shownName(each.name) })),
    reading: {
      status: statuses.get(value.slice(0, longestStatus).toLowerCase().replace(/[\s_-]+/g, '')),
      text: maskWords(cutText(value, longestStatus)),
      ...(words === undefined ? {} : { details: cutText(maskWords(words.slice(0, 2 * longestDetails)), longestDetails, detailsCut) }),
      ...readTimes(body),
      results: references.map(withoutToken),
    },
  };
}

const statuses: ReadonlyMap<string, JobStatus> = new Map<string, JobStatus>([
  ['0', 'notStarted'], ['notstarted', 'notStarted'],
  ['1', 'running'], ['running', 'running'],
  ['2', 'failed'], ['failed', 'failed'],
  ['3', 'cancelled'], ['cancelled', 'cancelled'], ['canceled', 'cancelled'],
  ['4', 'finished'], ['finished', 'finished'],
]);

/** What is kept of a status answer's texts at most, in UTF-16 units. No blob has an address that is longer. */
const longestStatus = 200;
const longestDetails = 64 * 1024;
const longestOutputName = 500;
const longestPlace = 16 * 1024;
const longestTime = 60;
const detailsCut = 'The text is cut here: the status answer of the service holds the rest.';

/** The name of an output that came without one: the port that services with one output have. */
const onlyOutput = 'output1';

function ports(list: readonly (readonly [string, WireReference])[]): string {
  return `{${list.map(([port, reference]) => `${JSON.stringify(port)}:${JSON.stringify(reference)}`).join(',')}}`;
}

/** The vendor's own sample has a comma too many. */
function parseLeniently(text: string): unknown {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true, disallowComments: true });
    return errors.length === 0 ? value : undefined;
  } catch {
    // Nested deeper than the parser's stack goes.
    return undefined;
  }
}

function statusMember(body: unknown): string | undefined {
  const value =
    member(body, 'StatusCode') ?? member(body, 'Status Code') ?? memberAnyCase(body, 'statuscode') ?? memberAnyCase(body, 'status code');
  const text = typeof value === 'number' ? String(value) : filledText(value)?.trim();
  // A gateway's error has a statusCode as well: that of HTTP, and a message.
  if (text === undefined || /^[1-9]\d\d$/.test(text) || member(body, 'message') !== undefined) return undefined;
  return text;
}

function readReferences(body: unknown, text: string): BlobReference[] {
  const results = memberAnyCase(body, 'Results');
  if (isObject(results)) return namesInOrder(results, text).flatMap((name) => readReference(name, results[name]));
  return readReference(onlyOutput, memberAnyCase(body, 'Result'));
}

/** Names of the outputs as they came; JavaScript moves names that are numbers to the front. */
function namesInOrder(results: Readonly<Record<string, unknown>>, text: string): string[] {
  const names = Object.keys(results);
  if (!names.some((name) => /^\d+$/.test(name))) return names;
  const properties = parseTree(text)?.children?.find((property) => /^results$/i.test(String(property.children?.[0]?.value)))?.children?.[1]
    ?.children;
  const ordered = (properties ?? []).map((property) => String(property.children?.[0]?.value));
  return [...new Set([...ordered, ...names])].filter((name) => Object.hasOwn(results, name));
}

function readReference(name: string, value: unknown): BlobReference[] {
  const [location = '', query] = parted(filledText(memberAnyCase(value, 'RelativeLocation'))?.trimStart() ?? '');
  const connection = filledText(memberAnyCase(value, 'ConnectionString'));
  const [base = ''] = parted(filledText(memberAnyCase(value, 'BaseLocation'))?.trim() ?? baseOf(connection));
  const token = filledText(memberAnyCase(value, 'SasBlobToken'))?.trim() ?? query ?? '';
  if (location === '') return [];
  return [{ name, base, location, sas: token === '' || token.startsWith('?') ? token : `?${token}` }];
}

/** A location without what follows its question mark, should a token have been put there. */
function parted(location: string): [string, string?] {
  // A name may hold question marks too, and even such words: a token has a signature and says of what it is made.
  const at = location.lastIndexOf('?');
  const names = at < 0 ? [] : location.slice(at + 1).split('&').map((part) => part.slice(0, part.indexOf('=')).toLowerCase());
  const isToken = names.includes('sig') && ['sv', 'se', 'sp', 'si', 'sr', 'ss'].some((name) => names.includes(name));
  return isToken ? [location.slice(0, at), location.slice(at)] : [location];
}

function baseOf(connection: string | undefined): string {
  const reading = connection === undefined ? undefined : readStorage(connection, 0);
  return reading?.ok ? reading.access.base : '';
}

function withoutToken({ name, base, location }: BlobReference): JobResult {
  return { name: shownName(name), base: maskWords(cutText(base, longestPlace)), location: maskWords(cutText(location, longestPlace)) };
}

/** One and the same in what is kept and in the references: results are found by it. */
function shownName(name: string): string {
  return maskWords(cutText(name, longestOutputName));
}

function readTimes(body: unknown): Pick<StatusReading, 'createdAt' | 'startTime' | 'endTime'> {
  const createdAt = readTime(memberAnyCase(body, 'CreatedAt'));
  const startTime = readTime(memberAnyCase(body, 'StartTime'));
  const endTime = readTime(memberAnyCase(body, 'EndTime'));
  return {
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
}

function readTime(value: unknown): string | undefined {
  const text = filledText(value)?.trim();
  // Year 1 means "not yet".
  return text === undefined ||
    text.length > longestTime ||
    !/^[\w\s:.,+/-]+$/.test(text) ||
    text.startsWith('0001-') ||
    Number.isNaN(Date.parse(text))
    ? undefined
    : text;
}
