// A change that a person has agreed to, based on what they were told: where that is another by then, they are asked again.

import { ArmFailed } from '../../../model/errors';
import type { ArmPlace } from '../publish/reading';
import type { Fresh } from './reads';

/** So often is a change tried again that only something else was changed beside. */
const mostTries = 4;

/** The parts of a change. */
export interface AskedWrite<Read extends Fresh = Fresh> {
  /** Does work while its progress is shown: reading before the question, or the change. Throws Cancelled. */
  readonly during: <T>(phase: 'read' | 'write', work: (place: ArmPlace) => Promise<T>) => Promise<T>;
  /** Looked at once, before anybody is asked. Throws ArmFailed where the change would be refused. */
  readonly mayWrite: (place: ArmPlace) => Promise<void>;
  readonly read: (place: ArmPlace) => Promise<Read>;
  /** What the person's answer depends on. */
  readonly matters: (fresh: Read) => readonly (string | undefined)[];
  /** Throws Cancelled where the answer is no. `again` is true where what matters has changed since the last question. */
  readonly ask: (fresh: Read, again: boolean) => Promise<void>;
  /** Writes with the ETag of what was read. */
  readonly write: (place: ArmPlace, fresh: Read) => Promise<void>;
}

/**
 * Reads, asks, reads again and writes. Another's change of what does not matter is no reason to ask again. Throws ArmFailed, and
 * Cancelled.
 */
export async function askedWrite<Read extends Fresh>({ during, mayWrite, read, matters, ask, write }: AskedWrite<Read>): Promise<void> {
  const isOther = (one: Read, other: Read): boolean => JSON.stringify(matters(one)) !== JSON.stringify(matters(other));
  let asked = await during('read', async (place) => {
    await mayWrite(place);
    return read(place);
  });
  for (let again = false; ; again = true) {
    await ask(asked, again);
    const known = asked;
    const other = await during('write', async (place) => {
      for (let tries = 1; ; tries += 1) {
        const now = await read(place);
        if (isOther(known, now)) return now;
        try {
          await write(place, now);
          return undefined;
        } catch (error) {
          if (!(error instanceof ArmFailed) || error.reason !== 'changed' || tries === mostTries) throw error;
        }
      }
    });
    if (other === undefined) return;
    asked = other;
  }
}
