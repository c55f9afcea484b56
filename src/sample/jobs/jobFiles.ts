// The jobs of a sample on disk: a file each, and none of them older or more than is kept.

import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFinal } from '../../model/job';
import { readOrNothing, writeWhole } from '../folder/files';
import type { SampleJob } from './job';
import { jobText, readJobText } from './savedJob';

/** So long jobs are kept after they have ended, or after their submission when they were never started, in milliseconds: 30 days. */
export const keptMs = 30 * 24 * 60 * 60 * 1000;

/** So many jobs are kept; beyond them go the oldest of those that neither run nor wait for their turn. */
export const mostJobs = 500;

/** What of the jobs is on disk. */
export class JobFiles {
  /** `storage` is the address of the storage that runs with the sample, without a slash at its end. `log` gets what is lived with. */
  constructor(private readonly folder: string, private readonly storage: string, private readonly log: (line: string) => void) {}

  /** All jobs in the order of their submission. A file that holds none is told of and left, until it is as old as jobs get. */
  read(): SampleJob[] {
    const jobs: SampleJob[] = [];
    for (const file of readdirSync(this.folder)) {
      const text = readOrNothing(join(this.folder, file));
      const read = text === undefined ? undefined : readJobText(text, this.storage);
      if (read && file === `${read.job.id}.json`) {
        jobs.push(read.job);
        if (read.failedNow) this.note(read.job);
      } else {
        this.passOver(file);
      }
    }
    return jobs.sort((one, other) => one.submittedAt - other.submittedAt);
  }

  /** Writes a job. Throws what the disk throws. */
  write(job: SampleJob): void {
    writeWhole(this.pathOf(job.id), jobText(job, this.storage));
  }

  /** Writes a job as well as it can: one whose change is lost goes on from before it after a restart. */
  note(job: SampleJob): void {
    try {
      this.write(job);
    } catch (error) {
      this.log(`The job ${job.id} could not be written to the disk: ${String(error)}`);
    }
  }

  remove(id: string): void {
    rmSync(this.pathOf(id), { force: true });
  }

  private passOver(file: string): void {
    this.log(`The file ${file} in ${this.folder} holds no job that can be read, and is passed over.`);
    const path = join(this.folder, file);
    try {
      // Of a link it is the link's own age, wherever it leads, and only the link that goes.
      if (Date.now() - lstatSync(path).mtimeMs > keptMs) rmSync(path, { force: true, recursive: true });
    } catch (error) {
      this.log(`The file ${file} in ${this.folder} could not be looked at or removed: ${String(error)}`);
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

/** Those of the jobs, in the order of their submission, that are not kept any longer. `now` in milliseconds since 1970. */
export function outdatedJobs(jobs: readonly SampleJob[], now: number): readonly SampleJob[] {
  const idle = jobs.filter((job) => isFinal(job.status) || !job.started);
  const tooMany = Math.max(0, jobs.length - mostJobs);
  return idle.filter((job, index) => index < tooMany || now - (job.endedAt ?? job.submittedAt) > keptMs);
}
