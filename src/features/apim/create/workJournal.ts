// What is made, restored and deleted, on disk, a file each, written before each write at Azure; the state of polling in the secret store.

import type { JobFiles, SecretBox } from '../../../base/ports';
import { Cancelled } from '../../../model/errors';
import { readWorkText, workText, type InstanceWork } from './work';

const keyForm = /^[0-9a-z]{9}-[0-9a-z]{12}$/;

/** Name in the secret store of the state of a long operation: it holds signed addresses. */
export function workPollerName(key: string): string {
  return `azuremlWebServices.instanceWork.${key}.poller`;
}

/** The files. */
export class WorkJournal {
  /** @param files below a folder of its own; `log` gets a line for each file that cannot be used. */
  constructor(
    private readonly files: Pick<JobFiles, 'list' | 'read' | 'write' | 'remove'>,
    private readonly secrets: Pick<SecretBox, 'get' | 'store' | 'delete'>,
    private readonly log: (line: string) => void,
  ) {}

  /** All that is noted, oldest first. What cannot be read is left where it is. Throws what the disk throws of the folder. */
  async all(): Promise<readonly InstanceWork[]> {
    const names = (await this.files.list('')).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const works: InstanceWork[] = [];
    for (const key of names.filter((name) => keyForm.test(name)).sort()) {
      const work = await this.read(key).catch(() => undefined);
      if (work) works.push(work);
      else this.log(`What was noted of an instance cannot be read: ${key}.json`);
    }
    return works;
  }

  /** One of them; undefined where there is none, or none that can be understood. Throws what the disk throws. */
  async read(key: string): Promise<InstanceWork | undefined> {
    const text = keyForm.test(key) ? await this.files.read(pathOf(key)) : undefined;
    const work = text === undefined ? undefined : readWorkText(text);
    return work?.key === key ? work : undefined;
  }

  /** Writes a new one. Throws what the disk throws. */
  async add(work: InstanceWork): Promise<void> {
    await this.files.write(pathOf(work.key), workText(work));
  }

  /** Writes one anew. Throws Cancelled where it was forgotten meanwhile, in whatever window: then nobody follows it any more. */
  async note(work: InstanceWork): Promise<void> {
    await this.requireWanted(work.key);
    await this.add(work);
  }

  /** Throws Cancelled where it was forgotten. */
  async requireWanted(key: string): Promise<void> {
    if ((await this.files.read(pathOf(key))) === undefined) throw new Cancelled();
  }

  /** Forgets one, and its secret. */
  async remove(key: string): Promise<void> {
    await this.secrets.delete(workPollerName(key));
    await this.files.remove(pathOf(key));
  }

  /** The state of its long operation. */
  async poller(key: string): Promise<string | undefined> {
    return this.secrets.get(workPollerName(key));
  }

  /** Keeps it, or forgets it when it is over. */
  async setPoller(key: string, state: string | undefined): Promise<void> {
    await (state === undefined ? this.secrets.delete(workPollerName(key)) : this.secrets.store(workPollerName(key), state));
  }
}

function pathOf(key: string): string {
  if (!keyForm.test(key)) throw new Error('The work has a key that is no file name.');
  return `${key}.json`;
}
