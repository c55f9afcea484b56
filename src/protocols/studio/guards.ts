// Redactors of the calls about jobs: made once for the same secrets, as a job is asked about again and again.

import { createHash } from 'node:crypto';
import { redactor, type Redactor } from '../../redaction';

/** So many are kept; jobs of one service without parameters of their own share one. */
const most = 16;

const kept = new Map<string, Redactor>();

/** The redactor for these secrets; undefined ones are passed over. Those that were used last are kept in memory. */
export function keptGuard(secrets: readonly (string | undefined)[]): Redactor {
  const name = createHash('sha256').update(JSON.stringify(secrets)).digest('hex');
  const guard = kept.get(name) ?? redactor(secrets);
  kept.delete(name);
  kept.set(name, guard);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return guard;
}
