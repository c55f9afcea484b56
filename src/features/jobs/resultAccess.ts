// The way to a job's results: the service is asked for fresh tokens, which go into addresses in memory and nowhere else.

import type { OpenPart } from '../../storage/resultFile';
import { InvalidInput, JobFailed, StorageFailed } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { BlobReference, StorageAccess } from '../../model/storage';
import type { Transport } from '../../model/wire';
import { isLoopback, isOnlyHere } from '../../base/loopback';
import { placeUrl, resultUrl } from '../../storage/storageText';
import type { JobBlobCalls, JobCalls } from './calls';
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

/** What the service has given for a job, tokens included: kept while its outputs are fetched one after another, so that the service is asked once. */
export interface FreshReferences {
  list?: readonly BlobReference[];
}

/** Opens and fetches the outputs of finished jobs. */
export class ResultAccess {
  constructor(private readonly outside: ResultParts) {}

  /** Opens one output at any byte, as often as is asked for. */
  parts(job: Job, name: string): OpenPart {
    // A token holds for a day: it is fetched once, and anew when it is refused.
    let urls: readonly string[] | undefined;
    return async (from, etag, signal) => {
      const { openBytes } = await import('../../storage/download');
      const tools = { transport: await this.outside.transport(), log: this.outside.log };
      const open = (all: readonly string[]) => firstThatIsThere(all, async (url) => {
        const opened = await openBytes(url, { from, ...(etag === undefined ? {} : { etag }) }, tools, signal);
        urls = [url];
        return opened;
      });
      urls ??= await this.urlsOf(job, name, signal);
      try {
        return await open(urls);
      } catch (error) {
        if (!isRefused(error)) throw error;
        urls = await this.urlsOf(job, name, signal);
        return open(urls);
      }
    };
  }

  /** Fetches one output into a file, whole or not at all. Those that are fetched together share `fresh`. Throws StorageFailed, LocalFailure, JobFailed or Cancelled. */
  async download(job: Job, name: string, path: string, options: { readonly overwrite: boolean; readonly onProgress: (done: number, total: number | undefined) => void }, signal: AbortSignal, fresh: FreshReferences = {}): Promise<void> {
    const { downloadTo } = await import('../../storage/download');
    const tools = { transport: await this.outside.transport(), log: this.outside.log };
    const fetch = async (): Promise<void> => void (await firstThatIsThere(await this.urlsOf(job, name, signal, fresh), (url) => downloadTo(url, path, options, tools, signal)));
    try {
      await fetch();
    } catch (error) {
      if (!isRefused(error)) throw error;
      // The tokens of all were made at one time.
      delete fresh.list;
      await fetch();
    }
  }

  /** Where an output may be, the likeliest first. */
  private async urlsOf(job: Job, name: string, signal: AbortSignal, fresh: FreshReferences = {}): Promise<readonly string[]> {
    const own = await this.ownUrl(job, name);
    if (own !== undefined) return [own];
    fresh.list ??= await this.references(job, signal);
    const reference = fresh.list.find((each) => each.name === name);
    if (!reference) throw new JobFailed({ sentence: `The service no longer gives the output "${name}".`, advice: 'Its results may have been deleted there.' });
    // A name stands in the contract as it is; a service that writes it as in an address is understood too.
    const urls = [resultUrl(reference, 'name'), resultUrl(reference, 'address')].filter((url) => url !== undefined);
    if (urls.length === 0) throw new JobFailed({ sentence: `The service gave an address for the output "${name}" that is not called.`, advice: 'Only https addresses are, and http on this computer.' });
    for (const url of urls) refuseOwnComputer(url, job, name);
    return [...new Set(urls)];
  }

  /** The address of an output that was written to a storage of the person's own: the service was given a token to write it, and may have none to read it. */
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

  private async references(job: Job, signal: AbortSignal): Promise<readonly BlobReference[]> {
    const service = this.outside.service(job.service.address);
    if (!service) throw new InvalidInput({ sentence: `The service "${job.service.name}" is not there any more, and only it can give access to the results.`, advice: 'Add it again, or start the sample service if it was that.' });
    const { id } = job;
    if (id === undefined) throw new InvalidInput({ sentence: 'This job has no results: the service does not have it.' });
    const { outcome, references } = await this.outside.calls.references({ ...job, id }, service, signal);
    if (outcome.kind !== 'status') throw new JobFailed(outcome.problem);
    return references;
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

/** Throws JobFailed where a service that is elsewhere names an address that only this computer can reach: the download would call programs that trust their neighbours. */
function refuseOwnComputer(url: string, job: Job, name: string): void {
  const { hostname, host } = new URL(url);
  if (!isOnlyHere(hostname) || isLoopback(new URL(job.service.address).hostname)) return;
  throw new JobFailed({
    sentence: `"${job.service.name}" gave an address for the output "${name}" that leads back to this computer or its own network link (${host}), so it is not called.`,
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
