// The way to a job's results: the service is asked for fresh tokens, which go into addresses in memory and nowhere else.

import type { OpenPart } from '../../storage/resultFile';
import { InvalidInput, JobFailed, StorageFailed } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { StorageAccess } from '../../model/storage';
import type { Transport } from '../../model/wire';
import { isLoopback, isOnlyHere } from '../../base/loopback';
import { placeUrl } from '../../storage/blobAddress';
import type { ResultFile } from '../../protocols/batch';
import { withCredential } from '../../protocols/credentialTransport';
import type { JobBlobCalls, JobCalls } from './calls';
import { serviceOfJob } from './serviceOfJob';
import { placeNow, tokenHours } from './submissionBody';

/** What the results need from outside. */
export interface ResultParts {
  readonly calls: JobCalls;
  readonly service: (address: string) => Service | undefined;
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly sign: JobBlobCalls['sign'];
  readonly transport: () => Promise<Transport>;
  readonly log: (line: string) => void;
}

/**
 * What the service has given for a job, tokens included: kept while its outputs are fetched one after another, so that the service is asked
 * once.
 */
export interface FreshResults {
  list?: readonly ResultFile[];
}

/** Opens and fetches the outputs of finished jobs. */
export class ResultAccess {
  constructor(private readonly outside: ResultParts) {}

  /** Opens one output at any byte, as often as is asked for. */
  parts(job: Job, name: string): OpenPart {
    // A token holds for a day: it is fetched once, and anew when it is refused.
    let file: ResultFile | undefined;
    return async (from, etag, signal) => {
      const { openBytes } = await import('../../storage/download');
      const open = async (where: ResultFile) => {
        const tools = await this.toolsFor(where);
        return firstThatIsThere(where.urls, async (url) => {
          const opened = await openBytes(url, { from, ...(etag === undefined ? {} : { etag }) }, tools, signal);
          file = { ...where, urls: [url] };
          return opened;
        });
      };
      file ??= await this.fileOf(job, name, signal);
      try {
        return await open(file);
      } catch (error) {
        if (!isRefused(error)) throw error;
        file = await this.fileOf(job, name, signal);
        return open(file);
      }
    };
  }

  /**
   * Fetches one output into a file, whole or not at all. Those that are fetched together share `fresh`. Throws StorageFailed, LocalFailure,
   * JobFailed or Cancelled.
   */
  async download(
    job: Job,
    name: string,
    path: string,
    options: { readonly overwrite: boolean; readonly onProgress: (done: number, total: number | undefined) => void },
    signal: AbortSignal,
    fresh: FreshResults = {},
  ): Promise<void> {
    const { downloadTo } = await import('../../storage/download');
    const fetch = async (): Promise<void> => {
      const file = await this.fileOf(job, name, signal, fresh);
      const tools = await this.toolsFor(file);
      await firstThatIsThere(file.urls, (url) => downloadTo(url, path, options, tools, signal));
    };
    try {
      await fetch();
    } catch (error) {
      if (!isRefused(error)) throw error;
      // The tokens of all were made at one time.
      delete fresh.list;
      await fetch();
    }
  }

  private async toolsFor({ credential }: ResultFile) {
    const transport = await this.outside.transport();
    return { transport: credential === undefined ? transport : withCredential(transport, credential), log: this.outside.log };
  }

  /** Where an output may be, and what it is fetched with. */
  private async fileOf(job: Job, name: string, signal: AbortSignal, fresh: FreshResults = {}): Promise<ResultFile> {
    const own = await this.ownUrl(job, name);
    if (own !== undefined) return { name, urls: [own] };
    fresh.list ??= await this.results(job, signal);
    const file = fresh.list.find((each) => each.name === name);
    if (!file)
      throw new JobFailed({
        sentence: `The service no longer gives the output "${name}".`,
        advice: 'Its results may have been deleted there.',
      });
    if (file.urls.length === 0)
      throw new JobFailed({
        sentence: `The service gave an address for the output "${name}" that is not called.`,
        advice: 'Only https addresses are, and http on this computer.',
      });
    for (const url of file.urls) refuseOwnComputer(url, job, name);
    return file;
  }

  /**
   * The address of an output that was written to a storage of the person's own: the service was given a token to write it, and may have
   * none to read it.
   */
  private async ownUrl(job: Job, name: string): Promise<string | undefined> {
    const output = job.outputs.find(({ port }) => port === name);
    if (!output) return undefined;
    try {
      const access = await this.outside.access(output.storage);
      const blob = placeNow(output, access);
      return placeUrl(blob) + (await this.outside.sign(access, blob, 'r', tokenHours));
    } catch (error) {
      // A storage that was removed: the service may still have a token of its own.
      if (error instanceof InvalidInput) return undefined;
      throw error;
    }
  }

  private async results(job: Job, signal: AbortSignal): Promise<readonly ResultFile[]> {
    const gone = `The service "${job.service.name}" is not there any more, and only it can give access to the results.`;
    const service = serviceOfJob(job, this.outside.service, gone);
    const { id } = job;
    if (id === undefined) throw new InvalidInput({ sentence: 'This job has no results: the service does not have it.' });
    const { outcome, files } = await this.outside.calls.results({ ...job, id }, service, signal);
    if (outcome.kind !== 'status') throw new JobFailed(outcome.problem);
    return files;
  }
}

/** Does it with the first address where something is. Where nothing is at any, the error is that of the first. */
async function firstThatIsThere<T>(urls: readonly string[], work: (url: string) => Promise<T>): Promise<T> {
  let first: unknown;
  for (const url of urls) {
    try {
      return await work(url);
    } catch (error) {
      if (!isRefused(error) && !isMissing(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/**
 * Throws JobFailed where a service that is elsewhere names an address that only this computer can reach: the download would call programs
 * that trust their neighbours.
 */
function refuseOwnComputer(url: string, job: Job, name: string): void {
  const { hostname, host } = new URL(url);
  if (!isOnlyHere(hostname) || isLoopback(new URL(job.service.address).hostname)) return;
  throw new JobFailed({
    sentence:
      `"${job.service.name}" gave an address for the output "${name}" that leads back to this computer or its own network link ` +
      `(${host}), so it is not called.`,
    advice: 'Only a service that runs on this computer may keep its results here. Ask whoever runs the service.',
  });
}

/** A token for a single blob is refused for another name, and one for a container finds no such blob. */
function isMissing(error: unknown): boolean {
  return error instanceof StorageFailed && (error.code === 'BlobNotFound' || error.code === 'ResourceNotFound');
}

function isRefused(error: unknown): boolean {
  return error instanceof StorageFailed && error.code === 'AuthenticationFailed';
}
