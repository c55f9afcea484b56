// The prose that a failed job comes back with (contract 3.3, end) -> what went wrong, where, and what to do.

import type { JobFailure } from '../batch';
import { cutText } from '../../base/cutText';
import { detailMessages } from './faultMessages';
import { maskWords } from '../../redaction';
import { filledText, isArray, isObject, memberAnyCase, tryParse } from '../../base/shape';

/** The same with what the service wrote; the end of more than 128 Ki units is left out. */
export interface FailureMessages extends JobFailure {
  readonly whole: string;
}

/** So many UTF-16 units of the details are looked at. */
const longestRead = 128 * 1024;

/** Explains the details of a failed job. Never throws: of a text that shows nothing it gives the text. */
export function explainDetails(details: string): FailureMessages {
  const whole = maskWords(cutText(details, longestRead));
  const causes = causesIn(whole);
  const innermost = causes.findLast(({ message }) => message !== undefined);
  const message = stripped(innermost?.message ?? proseIn(whole));
  const number = /\bError (\d{4})\b/.exec(whole)?.[1];
  const code = number ?? causes.findLast((cause) => cause.code !== undefined)?.code;
  const errorId =
    causes.findLast((cause) => cause.errorId !== undefined && !/^(?:Library|Module)Exception$/.test(cause.errorId))?.errorId ??
    knownName(whole);
  const module = moduleIn(whole);
  const row = rowIn(message) ?? rowIn(whole.replace(/\bRecord Starts? at\b.*/s, ''));
  const column = /\bcolumn(?:\s{1,5}(?:name|named))?\s{0,5}[:=]?\s{0,5}(?:"([^"\r\n]{1,200})"|'([^'\r\n]{1,200})'|“([^”\r\n]{1,200})”)/i
    .exec(message)
    ?.slice(1)
    .find((name) => name !== undefined);
  const requestId = /\brequest[\s-]?id\s{0,5}[=:]\s{0,5}"?([\w-]{8,100})/i.exec(whole)?.[1];
  const advice = adviceFor(errorId, number, message);
  const where = module === undefined ? 'The job failed' : `The job failed in its module "${module}"`;
  return {
    sentence: message === '' ? `${where}, and the service did not say why.` : `${where}: ${sentenceOf(message)}`,
    ...(advice === undefined ? {} : { advice }),
    ...(module === undefined ? {} : { module }),
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
    ...(code === undefined ? {} : { code }),
    ...(errorId === undefined ? {} : { errorId }),
    ...(requestId === undefined ? {} : { requestId }),
    whole,
  };
}

interface Cause {
  readonly errorId: string | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

const rowNumber = /\brow(?:\s{1,5}(?:number|no\.?|nr\.?|index))?\s{0,5}(?:[:=#]|is)?\s{0,5}(\d{1,15})\b/i;
const rowOrLineNumber = /\b(?:row|line)(?:\s{1,5}(?:number|no\.?|nr\.?|index))?\s{0,5}(?:[:=#]|is)?\s{0,5}(\d{1,15})\b/i;

/** In UTF-16 units. */
const longestModule = 200;
/** Deeper than this nobody has nested a cause; a longer chain would be no help either. */
const deepest = 20;
/** So much of a message makes a sentence; the rest is in `whole`. */
const longestMessage = 600;
/** So many braces are tried as the beginning of JSON: prose with more of them is program text. */
const mostBraces = 50;

const checkTable =
  'Look at the input: every row needs as many cells as the header, text with commas or line breaks in it needs double quotes, and every ' +
  'quote has to be closed.';
const checkColumns =
  'Compare the header of the input with the columns that the service expects: names matter to the letter, and every column has to be ' +
  'there, the label too.';
const checkReference = 'Check the container, the name of the blob and the access to it; a token must not have expired before the job ran.';

/** What to do, by the innermost cause. */
const adviceById: ReadonlyMap<string, string> = new Map([
  ['AllRowsMustHaveSameElements', checkTable],
  ['ScoredFeaturesMustMatchTrainingFeatures', checkColumns],
  ['TableSchemaColumnCountMismatch', checkColumns],
  ['InputMismatchError', checkColumns],
  ['InputParseError', `${checkColumns} Numbers need a full stop as decimal sign.`],
  [
    'FailedToEvaluateRScript',
    'The R script inside the service failed on this data. If the data is right, those who made the service have to look at the script.',
  ],
  ['BlobNotFound', checkReference],
  ['ContainerNotFound', checkReference],
  ['AuthenticationFailed', checkReference],
  ['InvalidBlob', checkReference],
  [
    'InvalidBlobConnectionString',
    'The service does not take this way of access. Some take connection strings only: submit again with the account’s connection string ' +
    'instead of tokens.',
  ],
  ['InvalidBlobExtension', 'Give inputs and outputs a name that ends in .csv, .tsv or .arff; trained models end in .ilearner.'],
  ['OutOfMemoryLimit', 'The model used more memory than it may. Fewer rows in one job can help.'],
]);

/** What to do, by the number of a module's error. */
const adviceByNumber: ReadonlyMap<string, string> = new Map([
  ['0001', checkColumns],
  ['0003', 'An input is empty. Check that the file has rows below its header.'],
  ['0004', 'A parameter is smaller than the module allows. Look at the global parameters.'],
  ['0017', 'A column has a type that the module does not take. Compare the values of the column with the service’s sample data.'],
  [
    '1000',
    'A library inside the module failed on this data: often a column is missing or has values of another type than the model ' +
    'was made with.',
  ],
]);

function adviceFor(errorId: string | undefined, number: string | undefined, message: string): string | undefined {
  const known = errorId === undefined ? undefined : (adviceById.get(errorId) ?? detailMessages.get(`*/${errorId}`)?.advice);
  if (known !== undefined) return known;
  // What the service's reader says of a table without a header, or of a file that is no table.
  if (/Error reading string\. Unexpected token/i.test(message))
    return (
      'The input could not be read as a table. Check that its first row holds the names of the columns, and that it is UTF-8 text in ' +
      'the form its extension tells.'
    );
  return number === undefined ? undefined : adviceByNumber.get(number);
}

/** The chain of causes, outermost first, of the first JSON in the text that tells any. */
function causesIn(text: string): Cause[] {
  let tried = 0;
  for (let start = text.indexOf('{'); start >= 0 && tried < mostBraces; tried++) {
    const end = blockEnd(text, start);
    const causes = end === undefined ? [] : chain(tryParse(text.slice(start, end)), 0);
    if (causes.length > 0) return causes;
    // What is within a whole block was looked at with it.
    start = text.indexOf('{', end ?? start + 1);
  }
  const cut = text.search(/\{\s*\\*"/);
  return cut < 0 ? [] : causesOfCut(text.slice(cut));
}

/** Where the block that opens at `start` ends; undefined when it is cut off. Braces within strings do not count. */
function blockEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

function chain(value: unknown, depth: number): Cause[] {
  if (depth > deepest) return [];
  if (isArray(value)) return chain(value[0], depth + 1);
  if (!isObject(value)) return [];
  const message = filledText(memberAnyCase(value, 'Message'));
  const nested = message?.trim().startsWith('{') ? chain(tryParse(message), depth + 1) : [];
  const inner = ['Exception', 'InnerException', 'Error', 'InnerError', 'Details'].flatMap((name) =>
    chain(memberAnyCase(value, name), depth + 1),
  );
  const cause = {
    errorId: plainText(memberAnyCase(value, 'ErrorId')) ?? nameIn(memberAnyCase(value, 'code')),
    code: plainText(memberAnyCase(value, 'ErrorCode')),
    message: nested.length > 0 ? undefined : message,
  };
  return [...(cause.errorId ?? cause.code ?? cause.message) === undefined ? [] : [cause], ...nested, ...inner];
}

/** The causes of JSON that breaks off, or whose quotes are escaped once more: by their names, in the order in which they stand. */
function causesOfCut(text: string): Cause[] {
  const plain = /^\{\s*\\"/.test(text) ? text.replace(/\\(["\\])/g, '$1') : text;
  const all = (member: RegExp): string[] => [...plain.matchAll(member)].map(([, value = '']) => unescaped(value));
  const messages = all(/"Message"\s*:\s*"((?:[^"\\]|\\.)*)"/gi);
  const [half] = messages.length > 0 ? [] : [/"Message"\s*:\s*"((?:[^"\\]|\\.)*)$/i.exec(plain)?.[1]];
  const message = messages.at(-1) ?? (half === undefined || half === '' ? undefined : `${unescaped(half)} …`);
  const ids = all(/"ErrorId"\s*:\s*"((?:[^"\\]|\\.)*)"/gi);
  const codes = all(/"ErrorCode"\s*:\s*"((?:[^"\\]|\\.)*)"/gi);
  if (message === undefined && ids.length === 0) return [];
  return [{ errorId: ids.at(-1), code: codes.at(-1), message }];
}

function unescaped(text: string): string {
  const value = tryParse(`"${text}"`);
  return typeof value === 'string' ? value : text;
}

function plainText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : filledText(value);
}

function nameIn(value: unknown): string | undefined {
  const text = plainText(value);
  return text !== undefined && /^[A-Za-z]\w*$/.test(text) ? text : undefined;
}

/** A cause that the text names outside of any JSON. */
function knownName(text: string): string | undefined {
  return /\b[A-Z]\w+\b/.test(text)
    ? [...text.matchAll(/\b[A-Z]\w{5,60}\b/g)].map(([name]) => name).find((name) => adviceById.has(name))
    : undefined;
}

/** What the prose says without JSON: behind its last "Error:", else all of it that is no bookkeeping. */
function proseIn(text: string): string {
  const said = /\bError:\s*(Error \d{4}:.*|\S.*)/s.exec(text)?.[1] ?? text.replace(/\{\s*\\*".*/s, '');
  return withoutLabelled(said.replace(/\b(?:Process exited with error code|Record (?:Starts|Ends) at)\b.*/s, ''))
    .replace(/\b(?:requestId|errorComponent|taskStatusCode)\s{0,5}=\s{0,5}[\w-]+\.?/g, '')
    .trim();
}

/** The text without labels that the service's own bookkeeping has, and what stands behind each up to its semicolon. */
function withoutLabelled(text: string): string {
  const parts: string[] = [];
  let last = 0;
  for (const { index } of text.matchAll(/(?:^|(?<=[\s;]))(?:Module|SNR Job Id|SNR Task Id):/g)) {
    if (index < last) continue;
    const end = text.indexOf(';', index);
    if (end < 0) break;
    parts.push(text.slice(last, index));
    last = end + 1;
  }
  return parts.join('') + text.slice(last);
}

/** The name behind the first "Module:" that has one. */
function moduleIn(text: string): string | undefined {
  for (const { index, 0: label } of text.matchAll(/(?:^|(?<=[\s;]))Module:/g)) {
    const [name = ''] = text.slice(index + label.length, index + label.length + 2 * longestModule).split(/[;\r\n{]/, 1);
    const plain = name.trim();
    if (plain !== '' && plain.length <= longestModule) return plain;
  }
  return undefined;
}

function stripped(message: string): string {
  const short = message.replace(/^Error \d{4}:\s*/, '').replace(/^AFx Library library exception:\s*/, '').replace(/^table:\s*/, '').trim();
  return short === '' || short === '…' ? message : short;
}

function sentenceOf(message: string): string {
  const text = message.replace(/\s+/g, ' ');
  const short = text.length > longestMessage ? `${text.slice(0, longestMessage).trimEnd()} …` : text;
  return /[.!?…:]["'”]?$/.test(short) ? short : `${short}.`;
}

/** The row that a text names. The line of a script is no row. */
function rowIn(text: string): number | undefined {
  const named = /script/i.test(text) ? rowNumber : rowOrLineNumber;
  const digits = named.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
