// A program for contributors and bug reports: prints as JSON what the product makes of a file, by the functions that the editor uses.

import { open, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filledText, member } from '../base/shape';
import { HumanError, messageOf } from '../model/errors';
import { inspectAnswer } from './answer';
import { inspectDescription } from './description';
import { inspectError } from './fault';
import { inspectPaste } from './paste';
import { EditRefused, editedPolicy, inspectPolicy, inspectPolicyEdit } from './policy';
import { withoutSecrets, type Json } from './report';
import { inspectRequest } from './request';
import { inspectStatus } from './status';
import { inspectStorage } from './storage';
import { inspectTable } from './table';

const usage = `Usage: npm run --silent inspect -- KIND FILE

  paste FILE             what Add Service finds in a text
  storage FILE           what Add Storage Account finds in a text
  table FILE             a .csv, .tsv or .arff file as a table (--sort COLUMN: in the order of that column)
  request FILE           the body of a request
  description FILE       a service's description (swagger.json)
  answer FILE            the body of an answer that holds predictions
  status FILE            the body of an answer with a job's status
  error FILE --status N  the body of an answer with the HTTP status N that says no
  policy FILE            the limits in a policy of API Management (--set 0.calls=7: with another value; --raw: the document itself)

answer, status and error also take what "curl -i" prints: the status line and the headers, then the body.
`;

/** Where the program writes to. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** What was asked for. */
interface Options {
  readonly path: string;
  readonly sort: string | undefined;
  /** Status of HTTP. */
  readonly status: number | undefined;
  /** Values of a policy, as `0.calls=7`. */
  readonly sets: readonly string[];
  /** The document itself in place of a report of it. */
  readonly raw: boolean;
}

/** A file that is there and cannot be read; the message says why. */
class Unreadable extends Error {}

/** A command line that makes no sense; the message says why. */
class WrongUsage extends Error {}

type Kind = (options: Options) => Promise<Json>;

const kinds: Readonly<Record<string, Kind>> = {
  paste: async ({ path }) => inspectPaste(await readFile(path)),
  storage: async ({ path }) => inspectStorage(await readFile(path), Date.now()),
  table: ({ path, sort }) => inspectTable(path, sort),
  request: async ({ path }) => inspectRequest(await readFile(path), path),
  description: async ({ path }) => inspectDescription(await readFile(path), path),
  answer: async ({ path }) => inspectAnswer(await readFile(path)),
  status: async ({ path }) => inspectStatus(await readFile(path)),
  error: async ({ path, status }) => {
    const bytes = await readFile(path);
    const report = await inspectError(bytes, status);
    if (report === undefined) throw new WrongUsage('An error takes --status N, the HTTP status that it came with.');
    return report;
  },
  policy: async ({ path, sets }) => {
    const bytes = await readFile(path);
    return sets.length === 0 ? inspectPolicy(bytes) : inspectPolicyEdit(bytes, sets);
  },
};

/**
 * Runs the program and gives its exit code: 0 with one JSON document on stdout, which tells of the product's own errors as well;
 * 2 with a sentence on stderr where the command line makes no sense, the file cannot be read, or a policy is not edited as asked. A
 * relative path is one of `folder`.
 */
export async function main(args: readonly string[], folder: string, { stdout, stderr }: Streams): Promise<number> {
  try {
    const { kind, options } = await readArguments(args, folder);
    if (options.raw) {
      // As it is: whoever asks for the document wants it byte for byte.
      stdout.write(editedPolicy(await readFile(options.path), options.sets));
      return 0;
    }
    const report = await kind(options).catch((error: unknown) => {
      if (error instanceof HumanError) return refusal(error);
      throw error;
    });
    stdout.write(`${JSON.stringify(withoutSecrets(report), undefined, 2)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof EditRefused || error instanceof Unreadable) {
      stderr.write(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof WrongUsage)) throw error;
    stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}

function refusal({ message, detail, advice }: HumanError): Json {
  return { error: message, ...(detail === undefined ? {} : { detail }), ...(advice === undefined ? {} : { advice }) };
}

async function readArguments(
  args: readonly string[],
  folder: string,
): Promise<{ kind: Kind; options: Options }> {
  const { values, positionals: [name, file, ...rest] } = parsed(args);
  if (name === undefined) throw new WrongUsage('Say what kind of file it is.');
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) throw new WrongUsage(`"${name}" is no kind of file that can be inspected.`);
  if (file === undefined) throw new WrongUsage('Name a file.');
  if (rest.length > 0) throw new WrongUsage('Name one file only.');
  if (values.sort !== undefined && name !== 'table') throw new WrongUsage('Only a table takes --sort.');
  if (values.status !== undefined && name !== 'error') throw new WrongUsage('Only an error takes --status.');
  if (values.status !== undefined && !/^[1-5]\d\d$/.test(values.status)) throw new WrongUsage('--status takes a number from 100 to 599.');
  const { set: sets = [], raw = false } = values;
  if ((sets.length > 0 || raw) && name !== 'policy') throw new WrongUsage(`Only a policy takes ${raw ? '--raw' : '--set'}.`);
  const path = resolve(folder, file);
  await checkFile(path, file);
  const status = values.status === undefined ? undefined : Number(values.status);
  return { kind, options: { path, sort: values.sort, status, sets, raw } };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      sort: { type: 'string' }, status: { type: 'string' }, set: { type: 'string', multiple: true }, raw: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(messageOf(error));
  }
}

async function checkFile(path: string, name: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (isNowhere(error)) return undefined;
    throw unreadable(error, name);
  });
  if (found === undefined) throw new WrongUsage(`There is no file "${name}".`);
  if (!found.isFile()) throw new WrongUsage(`"${name}" is no file.`);
  // The kinds read it in ways of their own: whether it may be read is found out before.
  const opened = await open(path).catch((error: unknown) => {
    throw unreadable(error, name);
  });
  await opened.read(Buffer.alloc(1), 0, 1, 0).catch((error: unknown) => {
    throw unreadable(error, name);
  }).finally(() => opened.close());
}

function isNowhere(error: unknown): boolean {
  const code = member(error, 'code');
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What the system says has the whole path in it: its code tells enough. */
function unreadable(error: unknown, name: string): Unreadable {
  const code = filledText(member(error, 'code'));
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  const why = isForbidden ? 'You may not read it' : 'The system says no';
  return new Unreadable(`"${name}" cannot be read. ${why}${code === undefined ? '' : ` (${code})`}.`);
}
