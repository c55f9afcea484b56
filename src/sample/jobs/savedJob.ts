// A job as it is kept on disk: plain data with no key and no token in it.

import { isFinal, type JobStatus } from '../../model/job';
import { developmentAccount } from '../../model/developmentAccount';
import { isLoopback } from '../../base/loopback';
import { isObject, parseJson } from '../json';
import type { SampleJob } from './job';
import { detailsOf, JobFault } from './jobFault';
import type { BlobAccess } from './reference';
import { inputFormats, type JobParameters } from './request';

/**
 * Where a blob is. In the sample's own storage there is no address, since its port may change. `open` tells that the development account's
 * key, which is published, gives access; what other keys and tokens give access to cannot be read again.
 */
interface SavedPlace {
  readonly endpoint?: string;
  readonly container: string;
  readonly name: string;
  readonly open: boolean;
}

const statuses: readonly JobStatus[] = ['notStarted', 'running', 'failed', 'cancelled', 'finished'];

/** The text of a job's file. `storage` is the address of the sample's own storage, without a slash at its end. */
export function jobText(job: SampleJob, storage: string): string {
  const { id, request, output, result, submittedAt, status, started, startedAt, starts, removed, ranFrom, endedAt, details } = job;
  const { input, format, parameters } = request;
  return JSON.stringify({
    id, submittedAt, status, started, startedAt, starts, removed, ranFrom, endedAt, details, format, parameters,
    chosen: request.output !== undefined,
    input: savedPlace(input, storage), output: savedPlace(output, storage), result: savedPlace(result, storage),
  });
}

/**
 * Reads a job's file; undefined when it holds no job. One that is not over and has lost access to its blobs has failed by that
 * (`failedNow`), and its details say why.
 */
export function readJobText(text: string, storage: string): { readonly job: SampleJob; readonly failedNow: boolean } | undefined {
  const saved = parseJson(Buffer.from(text))?.value;
  if (!isObject(saved)) return undefined;
  const { id, chosen, started, removed } = saved;
  const status = statuses.find((each) => each === saved.status);
  const format = inputFormats.find((each) => each === saved.format);
  const [input, output, result] = [saved.input, saved.output, saved.result].map((place) => readPlace(place, storage));
  const [submittedAt, starts] = [number(saved.submittedAt), number(saved.starts)];
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || !status || !format) return undefined;
  if (!input || !output || !result || submittedAt === undefined || starts === undefined) return undefined;
  const job: SampleJob = {
    id,
    result: result.access,
    output: output.access,
    submittedAt,
    stop: new AbortController(),
    status,
    starts,
    started: started === true,
    removed: removed === true,
    request: {
      input: input.access,
      format,
      parameters: readParameters(saved.parameters),
      ...(chosen === true ? { output: output.access } : {}),
    },
    startedAt: number(saved.startedAt),
    ranFrom: number(saved.ranFrom),
    endedAt: number(saved.endedAt),
    details: typeof saved.details === 'string' ? saved.details : undefined,
  };
  const lost = [input, output].find(({ closed }) => closed);
  if (!lost || isFinal(status)) return { job, failedNow: false };
  const { host } = new URL(lost.access.endpoint);
  const sentence =
    `The sample service was started again, and the key or token of the storage at ${host} was not kept. Submit ` +
    'the job again.';
  const details = detailsOf(new JobFault('Reader', 'AccessNotKept', undefined, sentence), id);
  return { job: { ...job, status: 'failed', endedAt: Date.now(), details }, failedNow: true };
}

function savedPlace(access: BlobAccess, storage: string): SavedPlace {
  const { endpoint, container, name } = access;
  if (isOwn(endpoint, storage)) return { container, name, open: true };
  const { name: account, key } = developmentAccount;
  return { endpoint, container, name, open: access.kind === 'account' && access.account === account && access.key === key };
}

function readPlace(saved: unknown, storage: string): { readonly access: BlobAccess; readonly closed: boolean } | undefined {
  if (!isObject(saved)) return undefined;
  const { endpoint = `${storage}/`, container, name, open } = saved;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return undefined;
  if (typeof container !== 'string' || typeof name !== 'string') return undefined;
  if (open !== true) return { access: { kind: 'token', endpoint, container, name, sas: '' }, closed: true };
  const { name: account, key } = developmentAccount;
  return { access: { kind: 'account', endpoint, container, name, account, key }, closed: false };
}

/** True for the sample's own storage, by whatever name of this computer. */
function isOwn(endpoint: string, storage: string): boolean {
  const [given, own] = [new URL(endpoint), new URL(`${storage}/`)];
  return isLoopback(given.hostname) && given.port === own.port && given.pathname === own.pathname;
}

function readParameters(saved: unknown): JobParameters {
  const { runSeconds, queueSeconds, failAtRow } = isObject(saved) ? saved : {};
  return {
    ...(typeof runSeconds === 'number' ? { runSeconds } : {}),
    ...(typeof queueSeconds === 'number' ? { queueSeconds } : {}),
    ...(typeof failAtRow === 'number' ? { failAtRow } : {}),
  };
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
