// What a program that calls a service is made from: its address, its keys' places, its body with nothing secret in it, and what its reader
// should know.

import { parseTree } from 'jsonc-parser';
import type { Service } from '../../../model/service';
import type { Header } from '../../../model/wire';
import { submitUrl } from '../bes';
import { isGateway, needsServiceKey, scoreUrl } from '../endpointAddress';
import { child, slice } from '../../../base/jsonText';
import { mask, maskTokens, withoutSecretParameters } from '../../../redaction';
import { formOf } from './form';
import type { LanguageInfo } from './languages';
import { commentText } from './literals';

/** The service that is called. */
export type CalledService = Pick<Service, 'name' | 'endpoint' | 'subscriptionKeyHeader'>;

/** A key that a program takes from the environment, and the header that carries it. */
export interface KeyPlace {
  readonly variable: string;
  /** What it is, for a sentence. */
  readonly what: string;
  readonly header: string;
  /** Stands in front of the key. */
  readonly prefix: string;
  /** False for a key that is sent only when it is set. */
  readonly required: boolean;
}

/** What a program sends: a text that stands in it, the file `request.json`, or nothing. */
export type ProgramBody = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file' } | { readonly kind: 'none' };

/** A program that makes one call. */
export interface CallProgram {
  readonly method: string;
  readonly url: string;
  readonly keys: readonly KeyPlace[];
  /** Those beside the keys, without `Content-Type`. None of them secret. */
  readonly headers: readonly Header[];
  readonly body: ProgramBody;
  /** Of the body. */
  readonly contentType: string;
  readonly comments: readonly string[];
}

/** An input or an output of a job: the variable with the address of its blob, and for inputs the one with the file that is put there. */
export interface BlobVariable {
  readonly port: string;
  readonly variable: string;
  readonly file: string;
}

/** A program that runs a batch job from its input to its results. */
export interface BesProgram {
  /** The address of all jobs, and the query that every call has. */
  readonly jobs: string;
  readonly version: string;
  readonly keys: readonly KeyPlace[];
  /** True when the one input goes without a name. */
  readonly single: boolean;
  readonly inputs: readonly BlobVariable[];
  readonly outputs: readonly BlobVariable[];
  /** Strict JSON of an object. */
  readonly parameters: string;
  readonly pollSeconds: number;
  readonly comments: readonly string[];
}

/** Name of the file that a program reads when the request is too long to stand in it. */
export const requestFile = 'request.json';

/** How long a program follows a job, in seconds. */
export const timeLimitSeconds = 7200;

/** In bytes. */
const longestBody = 50_000;
/** A gateway's quota is soon used up (contract 1.4). */
const pollSeconds = { direct: 5, gateway: 30 };

/** The usual type of a body. */
export const jsonType = 'application/json; charset=utf-8';

/** Makes the program of a request. `body` may be any text: what looks secret in it is masked. `notes` are sentences for the reader. */
export function rrsProgram(service: CalledService, body: string, language: LanguageInfo, notes: readonly string[] = []): CallProgram {
  const keys = keyPlaces(service);
  const given = programBody(body, language);
  return {
    method: 'POST',
    url: scoreUrl(service.endpoint, formOf(given.text) ?? 'table'),
    keys,
    headers: [],
    body: given.body,
    contentType: jsonType,
    comments: [
      `Sends a request to the service "${service.name}" and prints its answer.`, ...common(language, keys), ...notes, ...given.comments,
    ].map(commentText),
  };
}

/** A body as a program has it; `text` is all of it, without secrets where it was looked through; `comments` say what is to be known. */
export function programBody(
  body: string, language: LanguageInfo,
): { readonly body: ProgramBody; readonly text: string; readonly comments: readonly string[] } {
  // What is too long to stand in the program is not looked through.
  const { text, masked } = body.length > longestBody ? { text: body, masked: false } : withoutSecrets(body);
  const tooLong = body.length > longestBody || Buffer.byteLength(text, 'utf8') > longestBody;
  const unfit = !tooLong && text.includes('\0') && (language.id === 'curl' || language.id === 'r');
  const fromFile = tooLong || unfit;
  const comments = [
    ...(tooLong
      ? [
          `The request is too long to stand here (${roughSize(text)}): it is read from the file ${requestFile} of the folder that ` +
          'this runs in.',
        ]
      : []),
    ...(unfit
      ? [
          `The request holds a null character, which cannot be written here: it is read from the file ${requestFile} of the folder that ` +
            'this runs in.',
        ]
      : []),
    ...(masked && !fromFile ? [secretReplaced('request')] : []),
  ];
  return { text, comments, body: fromFile ? { kind: 'file' } : { kind: 'text', text } };
}

/** Says that a part of the program is not as it was sent. */
export function secretReplaced(where: 'request' | 'address' | 'headers'): string {
  return `What looked like a secret in the ${where} is replaced by ${mask}. Put in what belongs there before you run this.`;
}

/** What a batch job is made of. A job with one input that has no name goes without one, as services with one input have it. */
export interface BesJob {
  readonly inputs: readonly { readonly port?: string }[];
  /** Names of outputs whose places the caller gives; the others are left to the service. */
  readonly outputs: readonly string[];
  /** JSON text of an object, or empty. */
  readonly parametersJson: string;
}

/** Makes the program of a job; undefined for a service that has no jobs. */
export function besProgram(service: CalledService, job: BesJob, language: LanguageInfo): BesProgram | undefined {
  const [jobs, version] = submitUrl(service.endpoint)?.split('?') ?? [];
  if (jobs === undefined || version === undefined) return undefined;
  const keys = keyPlaces(service);
  const { text: parameters, masked } = withoutSecrets(
    `{"GlobalParameters":${job.parametersJson.trim() === '' ? '{}' : job.parametersJson}}`,
  );
  const inputs = job.inputs.map(({ port }, index) => blobVariable('INPUT', port ?? `input${index + 1}`, index, job.inputs.length));
  const outputs = job.outputs.map((port, index) => blobVariable('OUTPUT', port, index, job.outputs.length));
  const single = job.inputs.length === 1 && job.inputs[0]?.port === undefined;
  const comments = [
    `Runs a batch job on the service "${service.name}": submits it, starts it, waits for its end and saves its results in the folder ` +
    'that this runs in.',
    ...common(language, keys),
    ...inputs.flatMap(({ port, variable, file }) => [
      `  ${variable}: address of the blob with the input${single ? '' : ` ${JSON.stringify(port)}`}, its token (SAS) included. It ends ` +
      'in .csv, .tsv or .arff in front of the token.',
      `  ${file}: a file of this computer that is put there first. Leave it out to use what is there already.`,
    ]),
    ...outputs.map(
      ({ port, variable }) =>
        `  ${variable}: address of the blob that the output ${JSON.stringify(port)} is written to, its token (SAS) included. The token ` +
        'has to allow reading too.',
    ),
    '  AZUREML_DELETE_JOB: set it to 1 to have the job deleted when its results are saved.',
    ...(masked
      ? [`What looked like a secret in the parameters is replaced by ${mask}. Put in what belongs there before you run this.`]
      : []),
  ];
  return {
    jobs, version: `?${version}`, keys, single, inputs, outputs, parameters: parametersOf(parameters),
    pollSeconds: isGateway(service.endpoint) ? pollSeconds.gateway : pollSeconds.direct, comments: comments.map(commentText),
  };
}

/** The keys that a call to this service carries, and where a program finds them. */
export function keyPlaces({ endpoint, subscriptionKeyHeader }: CalledService): KeyPlace[] {
  const service = {
    variable: 'AZUREML_SERVICE_KEY',
    what: 'the API key of the service',
    header: 'Authorization',
    prefix: 'Bearer ',
    required: needsServiceKey(endpoint),
  };
  if (!isGateway(endpoint)) return [service];
  return [
    service,
    {
      variable: 'AZUREML_SUBSCRIPTION_KEY',
      what: 'the subscription key of the gateway',
      header: subscriptionKeyHeader,
      prefix: '',
      required: true,
    },
  ];
}

/**
 * The text with dots in place of tokens, keys, passwords and global parameters that look secret; `masked` also for dots that were there
 * before.
 */
export function withoutSecrets(body: string): { readonly text: string; readonly masked: boolean } {
  // What goes over the wire is UTF-8, which has no halves of pairs.
  const text = maskTokens(withoutSecretParameters(body.replace(/^\uFEFF/, '').replace(/\p{Cs}/gu, '\uFFFD')).text);
  return { text, masked: text.includes(mask) };
}

function parsed(text: string): ReturnType<typeof parseTree> {
  try {
    return parseTree(text);
  } catch {
    // Nested deeper than the parser's stack goes: there are no parameters to be found.
    return undefined;
  }
}

function parametersOf(text: string): string {
  const root = parsed(text);
  const value = root && child(root, 'GlobalParameters');
  return value?.type === 'object' ? slice(text, value) : '{}';
}

/** The size of a text; of a large one about, as to count its bytes takes its time. */
function roughSize(text: string): string {
  return text.length > 1_000_000
    ? `about ${Math.round(text.length / 1_000_000)} MB`
    : `${Math.ceil(Buffer.byteLength(text, 'utf8') / 1000)} kB`;
}

/** What every program says of itself: what it needs, and the keys that it takes from the environment. */
export function common(language: LanguageInfo, keys: readonly KeyPlace[]): string[] {
  if (keys.length === 0) return [language.needs];
  return [
    language.needs,
    'Set these environment variables first, so that no secret stands in the code:',
    ...keys.map(
      ({ variable, what, required }) => `  ${variable}: ${what}${required ? '' : '. Leave it out where the gateway adds it by itself'}.`,
    ),
  ];
}

function blobVariable(kind: 'INPUT' | 'OUTPUT', port: string, index: number, many: number): BlobVariable {
  const number = many === 1 ? '' : `_${index + 1}`;
  return { port, variable: `AZUREML_${kind}_SAS_URL${number}`, file: `AZUREML_${kind}_FILE${number}` };
}
