// Jobs on disk, a file for each: those that are not over in one folder, ended ones in a folder per service, where their names sort by age.

import { createHash } from 'node:crypto';
import type { Job } from '../../../model/job';
import { jobText, readJobText } from './jobShape';
import type { JobFiles } from '../../../base/ports';
import { hasFailed } from './progress';
import { diskMessages, isNoFile, type UnreadableFile } from '../../../base/troubles';

/** What came of reading one file. */
export type JournalEntry =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'gone' }
  /** `passing`: the disk did not let it be read just now, so it may still hold what it held. */
  | ({ readonly kind: 'unreadable'; readonly passing?: true } & UnreadableFile);

const keyForm = /^[0-9a-z]{9}-[0-9a-z]+$/;

/** The files of all jobs. */
export class Journal {
  constructor(private readonly files: JobFiles) {}

  /** Changes whenever a job that is not over does. */
  openStamp(): Promise<string | undefined> {
    return this.files.stamp('open');
  }

  /** Changes whenever an ended job of this service is added, changed or removed. */
  pastStamp(address: string): Promise<string | undefined> {
    return this.files.stamp(pastFolder(address));
  }

  /** Changes whenever this job does. */
  jobStamp(key: string): Promise<string | undefined> {
    return this.files.stamp(openPath(key));
  }

  /** Changes whenever this ended job does. */
  pastJobStamp(address: string, key: string): Promise<string | undefined> {
    return this.files.stamp(pastPath(address, key));
  }

  /** Keys of the jobs that are not over, and names that are no keys. */
  async openKeys(): Promise<{ keys: readonly string[]; strange: readonly UnreadableFile[] }> {
    const names = await this.files.list('open');
    const strange = names
      .filter((name) => keyOf(name) === undefined)
      .map((name) => ({ name: `open/${name}`, reason: 'Its name is not that of a job.' }));
    return { keys: keysIn(names), strange };
  }

  /** Keys of a service's ended jobs, newest first. */
  async pastKeys(address: string): Promise<readonly string[]> {
    return keysIn(await this.files.list(pastFolder(address))).sort().reverse();
  }

  /** Reads a job that is not over. */
  readOpen(key: string): Promise<JournalEntry> {
    return this.read(openPath(key), key);
  }

  /** Reads an ended job of a service. */
  readPast(address: string, key: string): Promise<JournalEntry> {
    return this.read(pastPath(address, key), key);
  }

  /** Looks for an ended job whose service is not known. A folder that cannot be looked into does not hide what another has. */
  async findPast(key: string): Promise<JournalEntry> {
    if (!keyForm.test(key)) return { kind: 'gone' };
    let found: JournalEntry = { kind: 'gone' };
    for (const folder of await this.files.list('past')) {
      const entry = await this.read(`past/${folder}/${key}.json`, key);
      if (entry.kind === 'job') return entry;
      if (entry.kind === 'unreadable') found = entry;
    }
    return found;
  }

  /** Writes a job that is not over; a token or a key in it is masked. Throws what the disk throws. */
  async write(job: Job): Promise<void> {
    await this.files.write(openPath(job.key), safeText(job));
  }

  /**
   * Moves a job to the ended ones. True for the one caller, of all windows, that did; false when the job had ended before, and then what
   * was written first stays. A file that holds no job, as a crash leaves it on a disk without links, is none. Throws as `write` does.
   */
  async end(job: Job): Promise<boolean> {
    const path = pastPath(job.service.address, job.key);
    const first = (await this.files.create(path, safeText(job))) || (await this.replaceBroken(path, job));
    // A job that is in both folders is found by the next look at them, and this is done again: so no failure goes unseen for a crash
    // between the two.
    await this.finishEnd(job);
    return first;
  }

  /** Does what is left to be done for an ended job that is still among the open ones. */
  async finishEnd(job: Job): Promise<void> {
    if (hasFailed(job)) await this.files.create(unseenPath(job.key), job.service.address);
    await this.files.remove(openPath(job.key));
  }

  /** Writes an ended job again. Throws as `write` does. */
  async rewritePast(job: Job): Promise<void> {
    await this.files.write(pastPath(job.service.address, job.key), safeText(job));
  }

  /**
   * Moves the ended jobs of a service that has another address now. What cannot be read stays, and so does what does not arrive: what can
   * be moved is, then the first error of the disk is thrown. Gives how many there were.
   */
  async movePast(from: string, to: string): Promise<number> {
    const failures: unknown[] = [];
    const keys = await this.pastKeys(from);
    for (const key of keys) await this.moveOne(from, to, key).catch((error: unknown) => void failures.push(error));
    if (failures.length > 0) throw failures[0];
    return keys.length;
  }

  /** Forgets a job. What can be removed is; then the first error is thrown. */
  async remove(job: Pick<Job, 'key' | 'service'>): Promise<void> {
    const paths = [pastPath(job.service.address, job.key), openPath(job.key), unseenPath(job.key)];
    const failures: unknown[] = [];
    for (const path of paths) await this.files.remove(path).catch((error: unknown) => void failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  /** Keys of failed jobs that nobody has looked at. */
  async unseen(): Promise<readonly string[]> {
    return (await this.files.list('unseen')).filter((name) => keyForm.test(name));
  }

  /** Remembers that somebody has looked at a job. */
  async see(key: string): Promise<void> {
    if (keyForm.test(key)) await this.files.remove(unseenPath(key));
  }

  private async moveOne(from: string, to: string, key: string): Promise<void> {
    const entry = await this.readPast(from, key);
    if (entry.kind !== 'job') return;
    const job = { ...entry.job, service: { ...entry.job.service, address: to } };
    const path = pastPath(to, key);
    if (!(await this.files.create(path, safeText(job)))) await this.replaceBroken(path, job);
    // After a crash in between it is in both folders, and this is done again.
    if ((await this.readPast(to, key)).kind === 'job') await this.files.remove(pastPath(from, key));
  }

  /**
   * Writes an ended job over a file that holds none. False when it holds one, as far as a newer version of the extension can tell as well.
   */
  private async replaceBroken(path: string, job: Job): Promise<boolean> {
    const text = await this.files.read(path);
    // It was removed just now by whoever deleted the job.
    if (text === undefined) return false;
    const read = readJobText(text);
    if (read.ok ? read.job.key === job.key : read.newer) return false;
    await this.files.write(path, safeText(job));
    return true;
  }

  private async read(path: string, key: string): Promise<JournalEntry> {
    let text: string | undefined;
    try {
      text = await this.files.read(path);
    } catch (error) {
      return { kind: 'unreadable', name: path, ...diskMessages(error), ...(isNoFile(error) ? {} : { passing: true }) };
    }
    if (text === undefined) return { kind: 'gone' };
    const read = readJobText(text);
    if (!read.ok) return {
      kind: 'unreadable', name: path, reason: read.reason, ...(read.newer ? { advice: 'Use the newer version of the extension.' } : {}),
    };
    // A file that was copied under another name would be written back under the first one.
    if (read.job.key !== key) return { kind: 'unreadable', name: path, reason: 'It holds a job of another name.' };
    return { kind: 'job', job: read.job };
  }
}

function safeText(job: Job): string {
  if (!keyForm.test(job.key)) throw new Error('The job has a key that is no file name.');
  return jobText(job);
}

function keyOf(name: string): string | undefined {
  const key = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
  return keyForm.test(key) ? key : undefined;
}

function keysIn(names: readonly string[]): string[] {
  return names.flatMap((name) => keyOf(name) ?? []);
}

/** Path of a job that is not over. */
export function openPath(key: string): string {
  return `open/${key}.json`;
}

/** Path of the folder of a service's ended jobs. */
export function pastFolder(address: string): string {
  return `past/${createHash('sha256').update(address).digest('hex').slice(0, 32)}`;
}

function pastPath(address: string, key: string): string {
  return `${pastFolder(address)}/${key}.json`;
}

/** Path of the mark that nobody has looked at a failed job. */
export function unseenPath(key: string): string {
  return `unseen/${key}`;
}
