// What is asked before a publishing is undone: what goes, what is put back, and that callers lose it.

import * as l10n from '@vscode/l10n';
import type { ResourceKind } from '../definition/definition';
import type { Publishing, PublishStep } from './publishing';
import { kindLabel } from './publishWords';

/** Kinds that a person has given names to; what is below them goes with them. */
const named: readonly ResourceKind[] = ['api', 'product', 'subscription', 'namedValue'];

/** What undoing does, a sentence a line. */
export function undoDetail({ steps }: Pick<Publishing, 'steps'>): string {
  const taken = steps.filter(({ state }) => state === 'done' || state === 'writing');
  const made = taken.filter(({ action, kind }) => action === 'make' && named.includes(kind));
  const changed = taken.filter(({ action }) => action === 'change');
  const losesKeys = made.some(({ kind }) => kind === 'api' || kind === 'subscription');
  return [
    ...(made.length === 0 ? [] : [l10n.t('Removed: {0}.', listed(made))]),
    ...(changed.length === 0 ? [] : [l10n.t('Put back as it was: {0}.', listed(changed))]),
    ...(losesKeys ? [l10n.t('Those who call it are refused from then on.')] : []),
    l10n.t('What others have changed since stays.'),
  ].join('\n');
}

/** True where the API that was made is no longer there. */
export function isApiGone({ steps }: Pick<Publishing, 'steps'>): boolean {
  return steps.some(({ kind, action, state }) => kind === 'api' && action === 'make' && state === 'undone');
}

function listed(steps: readonly PublishStep[]): string {
  return steps.map(({ kind, name }) => `${kindLabel(kind)} "${name}"`).join(', ');
}
