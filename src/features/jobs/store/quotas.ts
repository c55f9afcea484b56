// Quotas that are used up, written down so that no window asks before they are replenished, not even one that was opened since.

import type { PollOutcome } from '../../../model/job';
import { filledText, member, tryParse } from '../../../base/shape';
import type { JobFiles } from '../../../base/ports';
import { Troubles, type UnreadableFile } from '../../../base/troubles';

const folder = 'quotas';

/** Clocks are set right by a little all the time, in milliseconds. */
const mostSkewMs = 60_000;

/** Keeps until when a host must not be asked. */
export class Quotas {
  private readonly troubles: Troubles;

  /** @param log gets a line for each failure that is lived with. */
  constructor(private readonly files: JobFiles, private readonly now: () => number, log: (line: string) => void) {
    this.troubles = new Troubles(log);
  }

  /** Files of quotas that cannot be used. */
  problems(): readonly UnreadableFile[] {
    return this.troubles.all();
  }

  /** Asks, unless the host's quota is known to be used up; remembers when the answer says so, as far as the disk lets it. */
  async ask(host: string, ask: () => Promise<PollOutcome>): Promise<PollOutcome> {
    const path = `${folder}/${fileName(host)}.json`;
    const kept = tryParse((await this.troubles.attempt(path, () => this.files.read(path), undefined)) ?? '');
    const until = member(kept, 'until');
    const since = member(kept, 'since');
    const sentence = filledText(member(kept, 'sentence'));
    if (typeof until === 'number' && sentence !== undefined) {
      // Before it was written: the clock was set back since, and nobody knows how much of the wait is left.
      const isBefore = typeof since === 'number' && this.now() < since - mostSkewMs;
      if (until > this.now() && !isBefore)
        return { kind: 'quota', retryAfterMs: until - this.now(), problem: { sentence, actions: ['retry'] } };
      await this.troubles.attempt(path, () => this.files.remove(path), undefined);
    }
    const outcome = await ask();
    if (outcome.kind === 'quota' && outcome.retryAfterMs !== undefined) {
      const text = `${JSON.stringify({ since: this.now(), until: this.now() + outcome.retryAfterMs, sentence: outcome.problem.sentence })}
`;
      await this.troubles.attempt(path, () => this.files.write(path, text), undefined);
    }
    return outcome;
  }
}

/** Host and port as a file name. */
function fileName(host: string): string {
  return host.toLowerCase().replace(/[^a-z\d.-]/g, '_');
}
