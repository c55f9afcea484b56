// The way to a job's results: the service is asked for fresh tokens, which go into addresses in memory and nowhere else.

import { InvalidInput, JobFailed, StorageFailed } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { BlobReference, StorageAccess } from '../../model/storage';
import type { Transport } from '../../model/wire';
import { formatOf } from '../../protocol/rows';
import { placeUrl, resultUrl } from '../../protocol/storageText';
import type { BlobCalls, JobCalls } from './calls';
import { ResultReader } from './results';
import { placeNow, tokenHours } from './submissionBody';

/** What the results need from outside. */
export interface ResultParts {
  readonly calls: JobCalls;
  readonly service: (address: string) => Service | undefined;
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly sign: BlobCalls['sign'];
  readonly transport: () => Promise<Transport>;
  readonly log: (line: string) => void;
}

/** Opens and fetches the outputs of finished jobs. */
export class ResultAccess {
  constructor(private readonly parts: ResultParts) {}

  /** A reader of one output that is a table. Throws InvalidInput for other outputs. */
  reader(job: Job, name: string): ResultReader {
    const location = job.status?.results.find((result) => result.name === name)?.location ?? '';
    const format = formatOf(location);
    if (format === undefined || format === 'ilearner') throw new InvalidInput({ sentence: `The output "${name}" is no table.`, advice: 'Save it as a file.' });
    // A token holds for a day: it is fetched once, and anew when it is refused.
    let url: string | undefined;
    return new ResultReader(async (from, etag, signal) => {
      const { openText } = await import('../../client/download');
      const tools = { transport: await this.parts.transport(), log: this.parts.log };
      const open = async (address: string) => openText(address, { from, ...(etag === undefined ? {} : { etag }) }, tools, signal);
      url ??= await this.urlOf(job, name, signal);
      try {
        return await open(url);
      } catch (error) {
        if (!isRefused(error)) throw error;
        url = await this.urlOf(job, name, signal);
        return open(url);
      }
    }, format);
  }

  /** Fetches one output into a file, whole or not at all. Throws StorageFailed, LocalFailure, JobFailed or Cancelled. */
  async download(job: Job, name: string, path: string, options: { readonly overwrite: boolean; readonly onProgress: (done: number, total: number | undefined) => void }, signal: AbortSignal): Promise<void> {
    const { downloadTo } = await import('../../client/download');
    const tools = { transport: await this.parts.transport(), log: this.parts.log };
    try {
      await downloadTo(await this.urlOf(job, name, signal), path, options, tools, signal);
    } catch (error) {
      if (!isRefused(error)) throw error;
      await downloadTo(await this.urlOf(job, name, signal), path, options, tools, signal);
    }
  }

  private async urlOf(job: Job, name: string, signal: AbortSignal): Promise<string> {
    const own = await this.ownUrl(job, name);
    if (own !== undefined) return own;
    const reference = await this.reference(job, name, signal);
    const url = resultUrl(reference);
    if (url === undefined) throw new JobFailed({ sentence: `The service gave an address for the output "${name}" that is not called.`, advice: 'Only https addresses are, and http on this computer.' });
    return url;
  }

  /** The address of an output that was written to a storage of the person's own: the service was given a token to write it, and may have none to read it. */
  private async ownUrl(job: Job, name: string): Promise<string | undefined> {
    const output = job.outputs.find(({ port }) => port === name);
    if (!output) return undefined;
    try {
      const access = await this.parts.access(output.storage);
      const blob = placeNow(output, access);
      return placeUrl(blob) + (await this.parts.sign(access, blob, 'r', tokenHours));
    } catch (error) {
      // A storage that was removed: the service may still have a token of its own.
      if (error instanceof InvalidInput) return undefined;
      throw error;
    }
  }

  private async reference(job: Job, name: string, signal: AbortSignal): Promise<BlobReference> {
    const service = this.parts.service(job.service.address);
    if (!service) throw new InvalidInput({ sentence: `The service "${job.service.name}" is not there any more, and only it can give access to the results.`, advice: 'Add it again, or start the sample service if it was that.' });
    if (job.id === undefined) throw new InvalidInput({ sentence: 'This job has no results: the service does not have it.' });
    const { outcome, references } = await this.parts.calls.references(service, job.id, signal);
    if (outcome.kind !== 'status') throw new JobFailed(outcome.problem);
    const found = references.find((reference) => reference.name === name);
    if (!found) throw new JobFailed({ sentence: `The service no longer gives the output "${name}".`, advice: 'Its results may have been deleted there.' });
    return found;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof StorageFailed && error.code === 'AuthenticationFailed';
}
