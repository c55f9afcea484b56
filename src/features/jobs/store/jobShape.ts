// A job as text in a file, and back: what cannot be a job is named, never guessed at.

import type { ErrorAction, ErrorParts } from '../../../model/errors';
import type {
  HistoryLine,
  InputFile,
  Job,
  JobInput,
  JobOutput,
  JobResult,
  JobStatus,
  JobStep,
  ShownParameter,
  StatusReading,
} from '../../../model/job';
import type { BlobPlace } from '../../../model/storage';
import { maskWords } from '../../../redaction';
import { isArray, isObject, member } from '../../../base/shape';

/** The form of the file. A file with a higher number was written by a newer version of the extension and is not touched. */
const version = 1;

/** What a file holds: a job, or why it holds none; `newer` when a newer version of the extension wrote it. */
export type JobText = { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly reason: string; readonly newer?: true };

// As objects, so that the compiler tells when one is missing.
const steps: Readonly<Record<JobStep, true>> = {
  prepared: true,
  uploading: true,
  uploaded: true,
  submitting: true,
  notKnown: true,
  submitted: true,
  starting: true,
  started: true,
  cancelling: true,
  ended: true,
};
const statuses: Readonly<Record<JobStatus, true>> = { notStarted: true, running: true, failed: true, cancelled: true, finished: true };

/** Members that hold names and places. A changed one would name something else, and `pwd=1.csv` is a name. */
const nameMembers = new Set<string>([
  'key',
  'id',
  'title',
  'name',
  'address',
  'uri',
  'bodyFile',
  'bodyHash',
  'port',
  'storage',
  'base',
  'container',
  'location',
]);

/**
 * What is a secret wherever it stands: the signature in a query, a key of at least 256 bits behind an equals sign, a password before a
 * host.
 */
const certainSecret = /[?&]sig=|(?:=|%(?:25)?3d)[a-z\d+/%]{42}|^[a-z][a-z\d+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i;

/** The text of a job's file. The last line of defence: whoever makes a job is to mask what is secret; what was not is masked here. */
export function jobText(job: Job): string {
  // Each text by itself: what JSON makes of it can look like something else.
  const masked = (name: string, value: unknown): unknown =>
    typeof value === 'string' && (!nameMembers.has(name) || certainSecret.test(value)) ? maskWords(value) : value;
  return `${JSON.stringify({ version, job }, masked, 1)}\n`;
}

/** Reads a job's file. Never throws. */
export function readJobText(text: string): JobText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: text === '' ? 'It is empty.' : 'It is not JSON.' };
  }
  const found = member(value, 'version');
  if (typeof found !== 'number') return { ok: false, reason: 'It does not tell its version.' };
  if (found > version)
    return {
      ok: false,
      newer: true,
      reason: `It was written by a newer version of the extension (version ${found} of the file; this one knows ${version}).`,
    };
  try {
    return { ok: true, job: job(member(value, 'job')) };
  } catch (error) {
    if (error instanceof WrongPart) return { ok: false, reason: error.message };
    throw error;
  }
}

class WrongPart extends Error {
  constructor(path: string, wanted: string) {
    super(`"${path}" is not ${wanted}.`);
  }
}

type Read<T> = (value: unknown, path: string) => T;

const text: Read<string> = (value, path) => {
  if (typeof value !== 'string') throw new WrongPart(path, 'a text');
  return value;
};

const number: Read<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WrongPart(path, 'a number');
  return value;
};

const yesNo: Read<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new WrongPart(path, 'true or false');
  return value;
};

function isNameIn<T extends string>(known: Readonly<Record<T, true>>, value: unknown): value is T {
  return typeof value === 'string' && Object.hasOwn(known, value);
}

function oneOf<T extends string>(known: Readonly<Record<T, true>>): Read<T> {
  return (value, path) => {
    if (!isNameIn(known, value)) throw new WrongPart(path, `one of ${Object.keys(known).join(', ')}`);
    return value;
  };
}

/** Also those of a newer version of the extension: no job is unreadable for a button, and what is no button here is not shown. */
const buttons: Read<readonly ErrorAction[]> = (value, path) => list(text)(value, path);

function list<T>(read: Read<T>): Read<readonly T[]> {
  return (value, path) => {
    if (!isArray(value)) throw new WrongPart(path, 'a list');
    return value.map((each, index) => read(each, `${path}[${index}]`));
  };
}

/** Readers for the members of one object. */
function parts(
  value: unknown,
  path: string,
): { must: <T>(name: string, read: Read<T>) => T; may: <N extends string, T>(name: N, read: Read<T>) => { readonly [K in N]?: T } } {
  if (!isObject(value)) throw new WrongPart(path, 'an object');
  return {
    must: (name, read) => read(member(value, name), `${path}.${name}`),
    may: <N extends string, T>(name: N, read: Read<T>) => {
      const found = member(value, name);
      const none: { readonly [K in N]?: T } = {};
      return found === undefined ? none : { ...none, [name]: read(found, `${path}.${name}`) };
    },
  };
}

const place: Read<BlobPlace> = (value, path) => {
  const { must } = parts(value, path);
  return { base: must('base', text), container: must('container', text), name: must('name', text) };
};

const file: Read<InputFile> = (value, path) => {
  const { must } = parts(value, path);
  return { uri: must('uri', text), name: must('name', text), bytes: must('bytes', number), modifiedAt: must('modifiedAt', number) };
};

const input: Read<JobInput> = (value, path) => {
  const { must, may } = parts(value, path);
  return {
    ...may('port', text),
    ...may('file', file),
    ...may('uploadedFrom', file),
    storage: must('storage', text),
    blob: must('blob', place),
    overwrite: must('overwrite', yesNo),
    ...may('uploadedAt', number),
  };
};

const output: Read<JobOutput> = (value, path) => {
  const { must } = parts(value, path);
  return { port: must('port', text), storage: must('storage', text), blob: must('blob', place) };
};

const parameter: Read<ShownParameter> = (value, path) => {
  const { must } = parts(value, path);
  return { name: must('name', text), value: must('value', text) };
};

const result: Read<JobResult> = (value, path) => {
  const { must } = parts(value, path);
  return { name: must('name', text), base: must('base', text), location: must('location', text) };
};

const reading: Read<StatusReading> = (value, path) => {
  const { must, may } = parts(value, path);
  return {
    // A status that the contract does not know is no member of the file.
    status: may('status', oneOf(statuses)).status,
    text: must('text', text),
    ...may('details', text),
    ...may('createdAt', text),
    ...may('startTime', text),
    ...may('endTime', text),
    results: must('results', list(result)),
  };
};

const line: Read<HistoryLine> = (value, path) => {
  const { must } = parts(value, path);
  return { at: must('at', number), text: must('text', text) };
};

const problem: Read<ErrorParts> = (value, path) => {
  const { must, may } = parts(value, path);
  return { sentence: must('sentence', text), ...may('detail', text), ...may('advice', text), ...may('actions', buttons) };
};

const service: Read<Job['service']> = (value, path) => {
  const { must } = parts(value, path);
  return { name: must('name', text), address: must('address', text) };
};

function job(value: unknown): Job {
  const { must, may } = parts(value, 'job');
  return {
    key: must('key', text),
    service: must('service', service),
    title: must('title', text),
    createdAt: must('createdAt', number),
    ...may('bodyFile', text),
    ...(member(value, 'submittedElsewhere') === true ? { submittedElsewhere: true } : {}),
    ...may('bodyHash', text),
    inputs: must('inputs', list(input)),
    outputs: must('outputs', list(output)),
    parameters: must('parameters', list(parameter)),
    startsItself: must('startsItself', yesNo),
    connectionStrings: must('connectionStrings', yesNo),
    step: must('step', oneOf(steps)),
    stepAt: must('stepAt', number),
    ...may('id', text),
    ...may('uploadedAt', number),
    ...may('submittedAt', number),
    ...may('startedAt', number),
    ...may('endedAt', number),
    ...may('status', reading),
    history: must('history', list(line)),
    ...may('problem', problem),
  };
}
