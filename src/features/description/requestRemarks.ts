// The sentences above a new request: what it was made from, and what of that was not understood.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDateTime } from '../../base/format';
import type { ServiceDescription } from '../../protocols/description';
import type { DescriptionState } from './descriptions';

/** What is known. */
type Known = Extract<DescriptionState, { readonly kind: 'known' }>;

/** So many places that were not understood are named. */
const mostNamed = 5;

/** True where a request can be made from what is known. */
export function isUsable(state: DescriptionState | undefined): state is Known {
  return state?.kind === 'known' && state.description.request === 'inputs';
}

/** Above a request that is made from a description. */
export function describedRemarks(name: string, { description, fetchedAt }: Known): string[] {
  return [
    title(name),
    l10n.t('Made from the description that the service gave on {0}. "Refresh Description" asks for it anew.', formatDateTime(fetchedAt)),
    l10n.t('Put your values in the place of these.'),
    noComments(),
    ...notUnderstood(description),
  ];
}

/** Above a request that is made from the last one. */
export function lastRemarks(name: string, state: DescriptionState | undefined): string[] {
  return [title(name), ...whyNot(name, state), l10n.t('Made from the last request that was sent to it.'), noComments()];
}

/** Above the shape of a request. */
export function shapeRemarks(name: string, state: DescriptionState | undefined): string[] {
  const alone = l10n.t('No request to it is in the history, so this is the shape of one.');
  return [title(name), ...whyNot(name, state), alone, noComments()];
}

/** What was not understood of a description, by its places. */
function notUnderstood({ notUnderstood: places, moreNotUnderstood }: ServiceDescription): string[] {
  const more = places.length - mostNamed + moreNotUnderstood;
  return [
    ...places.slice(0, mostNamed).map(({ path, what }) => l10n.t('Not understood of the description: {0}: {1}', path, what)),
    ...(more > 0 ? [l10n.t('"How to Call This Service" tells of more places that were not understood ({0}).', formatCount(more))] : []),
  ];
}

function noComments(): string {
  return l10n.t('Comments are left out when it is sent.');
}

function title(name: string): string {
  return l10n.t('Request for {0}', name);
}

function whyNot(name: string, state: DescriptionState | undefined): string[] {
  if (state === undefined) return [l10n.t('Services of this kind do not describe themselves.')];
  if (state.kind !== 'known') return [state.problem.sentence];
  const { description } = state;
  const [first] = description.inputs;
  const known = description.request === 'other' && first
    ? l10n.t('The description of "{0}" is of requests of another kind, with "{1}" in them. Those are not sent from here.', name, first.name)
    : l10n.t('The description of "{0}" does not tell what a request holds.', name);
  return [known, ...notUnderstood(description)];
}
