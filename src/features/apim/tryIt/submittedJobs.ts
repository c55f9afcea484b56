// The job that was submitted last at each API: its id is filled into the other operations, after a reload of the window too.

import type { Memory } from '../../../base/ports';
import { filledText, isArray } from '../../../base/shape';

/** Name in the memory of a workspace. */
export const submittedJobsName = 'submittedJobs';

/** So many are remembered, the last ones. */
const most = 50;

/** Ids of jobs, by what `apiKey` gives. An id is no secret. */
export class SubmittedJobs {
  /** Also where the memory keeps nothing. */
  private readonly here = new Map<string, string>();

  constructor(private readonly memory: Memory) {}

  get(key: string): string | undefined {
    return this.here.get(key) ?? this.kept().find(([each]) => each === key)?.[1];
  }

  async set(key: string, id: string): Promise<void> {
    this.here.set(key, id);
    await this.memory.update(submittedJobsName, [...this.kept().filter(([each]) => each !== key), [key, id]].slice(-most));
  }

  private kept(): readonly (readonly [key: string, id: string])[] {
    const kept = this.memory.get(submittedJobsName);
    return (isArray(kept) ? kept : []).flatMap((each): [string, string][] => {
      const [key, id] = isArray(each) ? each.map(filledText) : [];
      return key === undefined || id === undefined || !/^[\w.-]{1,200}$/.test(id) ? [] : [[key, id]];
    });
  }
}
