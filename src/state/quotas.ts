// Quotas that are used up, written down so that no window asks before they are replenished, not even one that was opened since.

import type { PollOutcome } from '../model/job';
import { filledText, member, tryParse } from '../protocol/shape';
import type { JobFiles } from './ports';

const folder = 'quotas';

/** Keeps until when a host must not be asked. */
export class Quotas {
  constructor(private readonly files: JobFiles, private readonly now: () => number) {}

  /** Asks, unless the host's quota is known to be used up; remembers when the answer says so. */
  async ask(host: string, ask: () => Promise<PollOutcome>): Promise<PollOutcome> {
    const path = `${folder}/${fileName(host)}.json`;
    const kept = tryParse((await this.files.read(path)) ?? '');
    const until = member(kept, 'until');
    const sentence = filledText(member(kept, 'sentence'));
    if (typeof until === 'number' && sentence !== undefined) {
      if (until > this.now()) return { kind: 'quota', retryAfterMs: until - this.now(), problem: { sentence, actions: ['retry'] } };
      await this.files.remove(path);
    }
    const outcome = await ask();
    if (outcome.kind === 'quota' && outcome.retryAfterMs !== undefined) {
      await this.files.write(path, `${JSON.stringify({ until: this.now() + outcome.retryAfterMs, sentence: outcome.problem.sentence })}\n`);
    }
    return outcome;
  }
}

/** Host and port as a file name. */
function fileName(host: string): string {
  return host.toLowerCase().replace(/[^a-z\d.-]/g, '_');
}
