// The policy that results from the form, and whether a document can be edited at all.

import * as l10n from '@vscode/l10n';
import { limitsOf } from '../policy/limits';
import { newPolicyWith, setLimits, type PolicyLeft } from '../policy/policyEdit';
import type { LimitsWanted } from './draft';
import { ownLimits } from './ownLimits';
import type { OwnPolicy } from './there';

/** A policy as it would be. */
export interface ResultingPolicy {
  readonly text: string;
  /** What was wanted and is not done. */
  readonly left: readonly PolicyLeft[];
}

/** The policy with what is wanted; where nothing is, the text as it is, which is empty where there is none. */
export function resultingPolicy(own: OwnPolicy | undefined, wanted: LimitsWanted): ResultingPolicy {
  const text = own?.text ?? '';
  if (wanted.rateLimit === undefined && wanted.quota === undefined) return { text, left: [] };
  if (text.trim() === '') return { text: newPolicyWith(withoutNone(wanted)), left: [] };
  const edit = setLimits(text, wanted);
  const missing = stillToDo(edit.text, wanted);
  if (!missing) return edit;
  // Callers are told apart otherwise, or one of two bounds of a quota goes: the element is made anew.
  const out = setLimits(text, { ...(missing.rateLimit ? { rateLimit: 'none' } : {}), ...(missing.quota ? { quota: 'none' } : {}) });
  const again = setLimits(out.text, wanted);
  return { text: again.text, left: [...out.left, ...again.left] };
}

/** What an edit has not brought about though the document can be edited; undefined where it has. */
function stillToDo(text: string, { rateLimit, quota }: LimitsWanted): { readonly rateLimit: boolean; readonly quota: boolean } | undefined {
  const now = ownLimits(limitsOf(text).limits);
  const rate = rateLimit !== undefined && rateLimit !== 'none' && now.rate.kind === 'shown' && now.rate.why === 'several';
  const most = quota !== undefined && quota !== 'none' && now.quota.kind === 'set' &&
    (now.quota.value.calls !== quota.calls || now.quota.value.kilobytes !== quota.kilobytes);
  return rate || most ? { rateLimit: rate, quota: most } : undefined;
}

function withoutNone({ rateLimit, quota }: LimitsWanted): Parameters<typeof newPolicyWith>[0] {
  return {
    ...(rateLimit === undefined || rateLimit === 'none' ? {} : { rateLimit }), ...(quota === undefined || quota === 'none' ? {} : { quota }),
  };
}

/** Why a document is shown as text and not edited, in a sentence; undefined where it can be edited. */
export function notEditable(text: string): string | undefined {
  return limitsOf(text).understood
    ? undefined
    : l10n.t('It cannot be read safely: a quote, a tag, a comment or an expression in it does not end where it should.');
}
