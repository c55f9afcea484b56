// The words for what a plan says, for steps and what became of them: saved state holds codes, and is told in the language of the reader.

import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount, formatWait } from '../../../base/format';
import type { ArmWait } from '../../../model/arm';
import type { ResourceKind } from '../definition/definition';
import type { LimitElement, LimitValue, PolicyLimit } from '../policy/limit';
import type { PartLeft } from '../policy/left';
import { leftText } from '../policy/leftText';
import { pollingCost, pollsPerMinute } from './inherited';
import type { LimitSource, PlanAction, PlanNote, PlanWarning } from './items';
import type { KeptReason, StepFailure } from './publishing';

/** What a resource is. */
export function kindLabel(kind: ResourceKind | 'schema'): string {
  return kinds[kind]();
}

const kinds: Readonly<Record<ResourceKind | 'schema', () => string>> = {
  namedValue: () => l10n.t('named value'),
  api: () => l10n.t('API'),
  schema: () => l10n.t('schema'),
  operation: () => l10n.t('operation'),
  apiPolicy: () => l10n.t('API policy'),
  operationPolicy: () => l10n.t('operation policy'),
  product: () => l10n.t('product'),
  productPolicy: () => l10n.t('product policy'),
  productApi: () => l10n.t('product link'),
  subscription: () => l10n.t('subscription'),
};

/** What is to be done. */
export function actionLabel(action: PlanAction): string {
  switch (action) {
    case 'make':
      return l10n.t('make');
    case 'change':
      return l10n.t('change');
    case 'leave':
      return l10n.t('leave');
    case 'conflict':
      return l10n.t('conflict');
    default:
      return action satisfies never;
  }
}

/** A note, in a sentence. */
export function noteText(note: PlanNote): string {
  switch (note.code) {
    case 'secretKept':
      return l10n.t('It is there already. Nobody can read its value, so it stays as it is.');
    case 'valueIsPlain':
      return l10n.t('A named value of this name is there, and it is not secret. Give the API another id, or remove that named value.');
    case 'limitLeft':
      return leftText(note.left);
    case 'partReplaced':
      return l10n.t('{0} is there with other contents, which are replaced. All else in the policy stays.', note.element);
    case 'partLeft':
      return partLeftText(note);
    case 'policyPartly':
      return l10n.t('Not all that is wanted can be put into this policy: look at the difference before you choose it.');
    case 'pathTaken':
      if (note.callers === 0) return l10n.t('The path "{0}" is that of the API "{1}".', note.path, note.api);
      return l10n.t('The path "{0}" is that of the API "{1}", which has callers.', note.path, note.api);
    case 'notActive':
      return l10n.t('Its key does not work: its state is "{0}".', note.state);
    case 'scopeMoves':
      return movesText(scopeLabel(note.from), scopeLabel(note.to));
    case 'changedMeanwhile':
      return l10n.t('Somebody has changed it since it was looked at. This is how it is now: nothing was written over.');
    case 'madeMeanwhile':
      return l10n.t('Somebody has made it meanwhile as it should be. It stays when this is undone.');
    case 'revision':
      return l10n.t('It is revision {0}, which callers reach by its number until it is made the current one.', note.revision);
    default:
      return note satisfies never;
  }
}

function partLeftText({ element, reason }: PartLeft): string {
  switch (reason) {
    case 'expression':
      return l10n.t('{0} is there with an expression, and stays: change it by hand.', element);
    case 'conditional':
      return l10n.t('{0} stands below a condition, and stays: change it by hand.', element);
    case 'repeated':
      return l10n.t('{0} stands there several times, and stays: change it by hand.', element);
    case 'noInbound':
      return l10n.t('The policy has no place for {0}: put it in by hand.', element);
    case 'notUnderstood':
      return l10n.t('The policy makes no sense to its end, so {0} is not put in.', element);
    default:
      return reason satisfies never;
  }
}

function movesText(from: string, to: string): string {
  return l10n.t(
    'A key of this id is there for {0}. To move it to {1} would lock out its callers, so it stays: choose another id for the key.',
    from, to,
  );
}

/** What a key is for, in words. */
function scopeLabel(scope: string): string {
  const [, kind, id = ''] = scope.split('/');
  if (kind === 'products') return l10n.t('the product "{0}"', id);
  return kind === 'apis' && id !== '' ? l10n.t('the API "{0}"', id) : l10n.t('all APIs');
}

/** A warning, in a sentence. */
export function warningText(warning: PlanWarning): string {
  switch (warning.code) {
    case 'inherited':
      return [inheritedText(warning.from, warning.limit), costText(warning.limit)].filter((part) => part !== '').join(' ');
    case 'notUnderstood':
      return warning.from.kind === 'allApis'
        ? l10n.t('The policy of all APIs makes no sense to its end: callers may inherit more limits than are told here.')
        : l10n.t('The policy of {0} makes no sense to its end: callers may inherit more limits than are told here.', warning.from.name);
    case 'sharedProduct':
      return warning.apis.length === 0
        ? l10n.t('The product "{0}" is changed for all who have a key for it, not for the callers of this API alone.', warning.name)
        : l10n.t('The product "{0}" is changed for the callers of its other APIs too: {1}.', warning.name, warning.apis.join(', '));
    case 'behindGateway':
      return l10n.t(
        'The service is itself reached through this gateway, so each call goes through it twice. Publish the service behind it.');
    case 'operationsBeside':
      return l10n.t('The API has operations that are not part of this, and that stay: {0}.', warning.names.join(', '));
    default:
      return warning satisfies never;
  }
}

function inheritedText(from: LimitSource, limit: PolicyLimit): string {
  const text = limitText(limit);
  if (from.kind === 'allApis') return l10n.t('Callers inherit from the policy of all APIs: {0}.', text);
  return l10n.t('Callers inherit from {0}: {1}.', from.name, text);
}

function costText(limit: PolicyLimit): string {
  const cost = pollingCost(limit);
  if (cost.kind === 'usedUp')
    return l10n.t('A job polled {0} times a minute uses it up in {1}.', pollsPerMinute, formatWait(cost.minutes * 60_000));
  return cost.kind === 'tooOften' ? l10n.t('A job polled {0} times a minute is refused now and then.', pollsPerMinute) : '';
}

/** A limit in a few words: `quota of 100 calls in 7 days`. */
export function limitText({ element, calls, kilobytes, seconds, conditional, only }: PolicyLimit): string {
  const most = [
    ...(calls === undefined ? [] : [amount(calls, l10n.t('calls'))]),
    ...(kilobytes === undefined ? [] : [typeof kilobytes === 'number' ? formatBytes(kilobytes * 1024) : amount(kilobytes, l10n.t('kB'))]),
  ].join(', ');
  const text = inPeriod(element, most, seconds);
  const narrowed = only === undefined ? text : l10n.t('{0} (for {1} alone)', text, only);
  return conditional ? l10n.t('{0} (on a condition)', narrowed) : narrowed;
}

function inPeriod(element: LimitElement, most: string, seconds: LimitValue | undefined): string {
  const period = typeof seconds === 'number' ? formatWait(seconds * 1000) : String(seconds ?? '?');
  switch (element) {
    case 'quota':
      return seconds === 0 ? l10n.t('a quota of {0} for ever', most) : l10n.t('a quota of {0} in {1}', most, period);
    case 'quota-by-key':
      return seconds === 0 ? l10n.t('a quota by key of {0} for ever', most) : l10n.t('a quota by key of {0} in {1}', most, period);
    case 'rate-limit':
      return l10n.t('{0} in {1}', most, period);
    case 'rate-limit-by-key':
      return l10n.t('{0} in {1} by key', most, period);
    default:
      return element satisfies never;
  }
}

function amount(value: LimitValue, unit: string): string {
  const number = typeof value === 'number' ? formatCount(value) : value;
  return l10n.t({ message: '{0} {1}', args: [number, unit], comment: ['An amount and its unit.'] });
}

/** Why a call waits. */
export function waitText({ reason, seconds }: ArmWait): string {
  const span = formatWait(seconds * 1000);
  switch (reason) {
    case 'throttled':
      return l10n.t('too many calls: waits {0}', span);
    case 'busy':
      return l10n.t('the instance is busy: waits {0}', span);
    case 'activating':
      return l10n.t('the instance is being activated: waits {0}', span);
    case 'running':
      return l10n.t('under way: looks again in {0}', span);
    default:
      return reason satisfies never;
  }
}

/** Why undoing has left something, in a sentence. */
export function keptText(reason: KeptReason): string {
  switch (reason) {
    case 'moved':
      return l10n.t('Somebody has changed it since, so it was left.');
    case 'gone':
      return l10n.t('It is no longer there, so nothing was put back.');
    case 'holdsOthers':
      return l10n.t('Something is in it that this publishing has not made, so it was left.');
    case 'beforeLost':
      return l10n.t('What was there before is no longer known on this computer, so it was left.');
    default:
      return reason satisfies never;
  }
}

/** What a failure of another day was, in a sentence. */
export function failureText({ reason, status, code }: StepFailure): string {
  if (reason === 'signIn') return l10n.t('It was not taken: nobody was signed in.');
  if (reason === 'forbidden') return l10n.t('It was not taken: the account may not do that.');
  if (reason === 'locked') return l10n.t('It was not taken: a lock is on the resource.');
  if (reason === 'network') return l10n.t('No answer came. Whether it was taken is looked up before anything else is done.');
  if (status === undefined) return l10n.t('It failed.');
  if (code === undefined) return l10n.t('It failed with the status {0}.', status);
  return l10n.t('It failed with the status {0} ({1}).', status, code);
}
