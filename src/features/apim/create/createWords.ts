// What people read of instances that are made, restored and deleted: lines, confirmations, ends.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDateTime, formatWait } from '../../../base/format';
import type { DeletedInstance } from './reads';
import { isTier, timeOf } from './tiers';
import { isOver, type InstanceWork } from './work';
import type { WorkNow } from './works';

/** Where a deleted instance holds a name. */
export function deletedText({ name, resourceGroup, purgedAt }: DeletedInstance): string {
  return purgedAt === undefined
    ? l10n.t(
      '{0} was deleted from the resource group {1} and still holds its name. Restore it, or choose another name.', name, resourceGroup,
    )
    : l10n.t(
      '{0} was deleted from the resource group {1} and holds its name until {2}. Restore it, or choose another name.', name, resourceGroup,
      formatDateTime(purgedAt),
    );
}

/** How it stands with one, behind the name in its line. */
export function standing({ work, trouble, waits }: WorkNow, now: number): string {
  if (waits) return l10n.t('Waits for the sample service, which is stopped');
  const span = formatWait(Math.max(1_000, now - work.startedAt));
  switch (work.step) {
    case 'agreed':
    case 'group':
    case 'service':
    case 'following':
      return trouble === undefined ? goingText(work, span) : l10n.t('{0} · cannot be asked just now', goingText(work, span));
    case 'done':
      return '';
    case 'failed':
      return failedText(work);
    case 'notBegun':
      return l10n.t('Was not begun');
    default:
      return work.step satisfies never;
  }
}

function goingText({ kind, step }: InstanceWork, span: string): string {
  switch (kind) {
    case 'create':
      return step === 'group' ? l10n.t('Its resource group is being created · {0}', span) : l10n.t('Being created · {0}', span);
    case 'restore':
      return l10n.t('Being restored · {0}', span);
    case 'delete':
      return l10n.t('Being deleted · {0}', span);
    default:
      return kind satisfies never;
  }
}

function failedText({ kind }: InstanceWork): string {
  switch (kind) {
    case 'create':
      return l10n.t('Creating it failed');
    case 'restore':
      return l10n.t('Restoring it failed');
    case 'delete':
      return l10n.t('Deleting it failed');
    default:
      return kind satisfies never;
  }
}

/** How one stands in sentences, for lists and tooltips. */
export function sentenceOf(now: Pick<WorkNow, 'work' | 'waits'>): string {
  const { kind, step, place: { name, sample }, problem } = now.work;
  if (step === 'failed') return problem?.sentence ?? l10n.t('{0}: it failed, and nobody knows why.', name);
  if (step === 'notBegun') return sample ? notBegunInSample(now.work) : notBegunAtAzure(now.work);
  if (step === 'done') {
    switch (kind) {
      case 'create':
        return l10n.t('The API Management instance {0} is ready.', name);
      case 'restore':
        return l10n.t('The API Management instance {0} is restored.', name);
      case 'delete':
        return l10n.t('The API Management instance {0} is deleted.', name);
      default:
        return kind satisfies never;
    }
  }
  return [now.waits ? waitingText(now.work) : underWayText(now.work), goesOnText(now)].join(' ');
}

/** Where one that is under way goes on, and when. */
export function goesOnText({ work: { place }, waits }: Pick<WorkNow, 'work' | 'waits'>): string {
  if (waits) return l10n.t('It goes on once the sample service runs again.');
  return place.sample
    ? l10n.t('It goes on in the sample service while that runs.')
    : l10n.t('It goes on at Azure, whether VS Code runs or not.');
}

function underWayText({ kind, place: { name } }: InstanceWork): string {
  switch (kind) {
    case 'create':
      return l10n.t('{0} is being created.', name);
    case 'restore':
      return l10n.t('{0} is being restored.', name);
    case 'delete':
      return l10n.t('{0} is being deleted.', name);
    default:
      return kind satisfies never;
  }
}

function waitingText({ kind, place: { name } }: InstanceWork): string {
  switch (kind) {
    case 'create':
      return l10n.t('Creating {0} waits for the sample service, which is stopped.', name);
    case 'restore':
      return l10n.t('Restoring {0} waits for the sample service, which is stopped.', name);
    case 'delete':
      return l10n.t('Deleting {0} waits for the sample service, which is stopped.', name);
    default:
      return kind satisfies never;
  }
}

function notBegunAtAzure({ kind, place: { name } }: InstanceWork): string {
  switch (kind) {
    case 'create':
      return l10n.t('{0} was not begun: it ended before Azure was asked for it. Nothing was created and nothing is billed.', name);
    case 'restore':
      return l10n.t('Restoring {0} was not begun: it ended before Azure was asked for it.', name);
    case 'delete':
      return l10n.t('Deleting {0} was not begun: it ended before Azure was asked for it.', name);
    default:
      return kind satisfies never;
  }
}

function notBegunInSample({ kind, place: { name } }: InstanceWork): string {
  switch (kind) {
    case 'create':
      return l10n.t('{0} was not begun: it ended before the sample service was asked for it. Nothing was created.', name);
    case 'restore':
      return l10n.t('Restoring {0} was not begun: it ended before the sample service was asked for it.', name);
    case 'delete':
      return l10n.t('Deleting {0} was not begun: it ended before the sample service was asked for it.', name);
    default:
      return kind satisfies never;
  }
}

/** What is said before one is no longer followed. */
export function stopFollowingText({ kind, place: { sample } }: InstanceWork): string {
  if (sample) return l10n.t('It goes on in the sample service while that runs. It is only no longer followed here.');
  return kind === 'delete'
    ? l10n.t('It goes on at Azure and cannot be cancelled. It is only no longer followed here.')
    : l10n.t('It goes on at Azure and cannot be cancelled. What is not wanted has to be deleted, or it costs what its tier costs.');
}

/** The words at an end that went wrong, with the service's own ones first: a message shows one line until it is pointed at. */
export function badEndText(work: InstanceWork): string {
  const { problem } = work;
  if (work.step !== 'failed' || problem === undefined) return sentenceOf({ work });
  const said = [problem.sentence, problem.detail ?? ''].filter((part) => part !== '').join(' ');
  switch (work.kind) {
    case 'create':
      return l10n.t('Creating {0} failed. {1}', work.place.name, said);
    case 'restore':
      return l10n.t('Restoring {0} failed. {1}', work.place.name, said);
    case 'delete':
      return l10n.t('Deleting {0} failed. {1}', work.place.name, said);
    default:
      return work.kind satisfies never;
  }
}

/** What is asked before an instance is made: the tier's name is to be typed. `free` for the sample. */
export function createQuestion(
  { name, group, location, payer, tier, free }: {
    readonly name: string; readonly group: string; readonly location: string; readonly payer: string; readonly tier: string;
    readonly free: boolean;
  },
): string {
  const time = isTier(tier) ? timeOf(tier) : '';
  return free
    ? l10n.t(
      '{0} in {1}, {2}: it costs nothing, since the sample only plays it. Type {3} to create it.', name, group, location, tier,
    )
    : l10n.t(
      '{0} in {1}, {2}, paid by {5}: it costs money from its creation on, until it is deleted. It takes {4}. Type {3} to create it.', name,
      group, location, tier, time, payer,
    );
}

/** What is asked before a deleted instance is restored: its name is to be typed. */
export function restoreQuestion(
  { name, resourceGroup, location }: Pick<DeletedInstance, 'name' | 'resourceGroup' | 'location'>, free: boolean,
): string {
  return free
    ? l10n.t(
      '{0} comes back to {1}, {2}, with all that it held. It costs nothing. Type its name to restore it.', name, resourceGroup, location,
    )
    : l10n.t(
      '{0} comes back to {1}, {2}, with all that it held, and costs what its tier costs from then on. Type its name to restore it.', name,
      resourceGroup, location,
    );
}

/** What is said before an instance is deleted. `apis` is how many it has, where that is known. Every tier is kept for 48 hours. */
export function deleteDetail(
  { name, resourceGroup, subscriptionId, apis }: {
    readonly name: string; readonly resourceGroup: string; readonly subscriptionId: string; readonly apis: number | undefined;
  },
): string {
  return [
    l10n.t('It is in the resource group {0} of the subscription {1}.', resourceGroup, subscriptionId),
    goesText(apis),
    l10n.t('Callers get no answers any more.'),
    l10n.t('For 48 hours it can be restored, and its name stays taken.'),
    l10n.t('Type {0} to delete it.', name),
  ].join(' ');
}

function goesText(apis: number | undefined): string {
  if (apis === undefined)
    return l10n.t('All of its APIs, products, subscriptions with their keys, policies and named values are deleted with it.');
  if (apis === 0)
    return l10n.t('It has no API. Its products, subscriptions with their keys, policies and named values are deleted with it.');
  return apis === 1
    ? l10n.t('Its only API is deleted with it, as are its products, subscriptions with their keys, policies and named values.')
    : l10n.t(
      'Its {0} APIs are deleted with it, as are its products, subscriptions with their keys, policies and named values.', formatCount(apis),
    );
}

/** What the status bar says of all of them; undefined where nothing is to be said. */
export function statusText(all: readonly WorkNow[], now: number): string | undefined {
  // What is at work comes before what waits.
  const going = all.filter(({ work }) => !isOver(work)).sort((one, other) => Number(one.waits ?? false) - Number(other.waits ?? false));
  const failed = all.filter(({ work }) => work.step === 'failed' || work.step === 'notBegun');
  const [first] = going.length > 0 ? going : failed;
  if (first === undefined) return undefined;
  const { name } = first.work.place;
  const others = going.length + failed.length - 1;
  const text = l10n.t('{0}: {1}', name, standing(first, now));
  return others === 0 ? text : l10n.t('{0} (and {1} more)', text, String(others));
}
