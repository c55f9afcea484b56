// What can be done with an instance that is made, restored or deleted: show, try again, stop following, delete it.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { member } from '../../../base/shape';
import { ArmFailed, InvalidInput } from '../../../model/errors';
import { askChoice, askWhich, type Choice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { createQuestion, deleteDetail, goesOnText, restoreQuestion, sentenceOf, standing, stopFollowingText } from '../create/createWords';
import { isOver, type InstanceWork, type WorkPlace } from '../create/work';
import { instanceOf, workOf } from '../create/workLines';
import type { WorkNow } from '../create/works';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';
import { askTyped, start, type CreateCommandParts } from './createCommands';
import { instanceMeant } from './meant';

/** Does what one of these commands is for. Throws Cancelled and InvalidInput. */
export async function workCommand(parts: CreateCommandParts, id: string, argument: unknown): Promise<void> {
  switch (id) {
    case command.apimDeleteInstance:
      return deleteInstance(parts, argument);
    case command.apimShowWorks:
      return act(parts, await workMeant(parts, undefined, () => true));
    case command.apimShowWorkError:
      return act(parts, await workMeant(parts, argument, isOver));
    case command.apimRetryWork:
      return again(parts, await workMeant(parts, argument, isOver));
    case command.apimStopFollowing:
      return stopFollowing(parts, await workMeant(parts, argument, (work) => !isOver(work)));
    case command.apimDismissWork:
      return parts.works.forget((await workMeant(parts, argument, isOver)).work.key);
    default:
      throw new Error('No such command.');
  }
}

/** The one that a key or a line means, else one that the person picks. */
async function workMeant({ works, now }: CreateCommandParts, argument: unknown, fits: (work: InstanceWork) => boolean): Promise<WorkNow> {
  const all = works.list().filter(({ work }) => fits(work));
  const instance = instanceMeant(argument);
  const meant = typeof argument === 'string' ? all.find(({ work }) => work.key === argument) : instance && workOf(instance, all);
  if (meant) return meant;
  const [only, ...more] = all;
  if (only === undefined || argument !== undefined) {
    throw notKnown();
  }
  if (more.length === 0) return only;
  const at = now();
  return askChoice(plain(l10n.t('Which API Management Instance?')), plain(l10n.t('Those that are created, restored or deleted')), all.map(
    (each) => ({ icon: 'cloud', label: plain(each.work.place.name), description: plain(standing(each, at)), value: each })));
}

function notKnown(): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('No API Management instance is being created, restored or deleted from here.'),
    advice: l10n.t('What is ready stands in the section API Management of the sidebar.'),
  });
}

/** Tells how it stands, with all that can be done. */
async function act(parts: CreateCommandParts, now: WorkNow): Promise<void> {
  const { work, trouble, waits } = now;
  const ways: Choice<() => Promise<void>>[] = isOver(work)
    ? [
      { icon: 'refresh', label: plain(l10n.t('Try Again')), value: () => again(parts, now) },
      { icon: 'dash', label: plain(l10n.t('Remove From the List')), value: () => parts.works.forget(work.key) },
    ]
    : [
      ...(waits
        ? [{ icon: 'play', label: plain(l10n.t('Start the Sample Service')), value: async () => void (await parts.startSample()) }] : []),
      {
        icon: 'go-to-file', label: plain(l10n.t('Show in the Sidebar')), value: parts.showSection,
        ...(trouble === undefined ? {} : { detail: plain(trouble.sentence) }),
      },
      { icon: 'debug-stop', label: plain(l10n.t('Stop Following…')), value: () => stopFollowing(parts, now) },
    ];
  if (work.kind !== 'delete' && work.step !== 'notBegun') {
    ways.push({ icon: 'trash', label: plain(l10n.t('Delete…')), value: () => deleteInstance(parts, work.key) });
  }
  if (!isOver(work)) {
    // A box for a list breaks no lines and cuts off what is too long. What hinders asking has a line of its own.
    const title = l10n.t('{0}: {1}', work.place.name, standing({ work, ...(waits ? { waits } : {}) }, parts.now()));
    return (await askChoice(plain(title), plain(goesOnText(now)), ways))();
  }
  // An error is read in full, the service's own words with it.
  const told = [work.place.name, work.problem?.advice ?? '', work.problem?.detail ?? ''];
  const detail = plain(told.filter((part) => part !== '').join('\n\n'));
  const chosen = await askWhich(plain(sentenceOf(now)), detail, ways.map(({ label }) => label));
  await ways[chosen]?.value();
}

/** The same once more, with its confirmation: what is there already is followed, and nothing is made twice. */
async function again({ works, now, showSection }: CreateCommandParts, { work }: WorkNow): Promise<void> {
  const { kind, place, place: { name, resourceGroup: group, location, sample: free, subscriptionId: payer }, tier = '' } = work;
  switch (kind) {
    case 'create':
      await askTyped(l10n.t('Create {0}', name), createQuestion({ name, group, location, payer, tier, free }), tier);
      break;
    case 'restore':
      await askTyped(l10n.t('Restore {0}', name), restoreQuestion(place, free), name);
      break;
    case 'delete':
      await askTyped(l10n.t('Delete {0}', name), deleteDetail({ ...place, apis: undefined }), name);
      break;
    default:
      return kind satisfies never;
  }
  await works.begin({ ...work, step: 'agreed', startedAt: now(), problem: undefined });
  await showSection();
}

async function stopFollowing(parts: CreateCommandParts, { work }: WorkNow): Promise<void> {
  const { kind, place: { name }, key } = work;
  const chosen = await askWhich(
    plain(l10n.t('Stop following {0}?', name)), plain(stopFollowingText(work)),
    [plain(l10n.t('Stop Following')), ...(kind === 'delete' ? [] : [plain(l10n.t('Delete…'))])],
  );
  if (chosen === 1) return deleteInstance(parts, key);
  await parts.works.forget(key);
}

/** Asks for the name, and deletes it. Throws Cancelled and InvalidInput. */
async function deleteInstance(parts: CreateCommandParts, argument: unknown): Promise<void> {
  const noted = typeof argument === 'string' ? parts.works.list().find(({ work }) => work.key === argument) : undefined;
  // The message that its button was on has stayed longer than the work: no other instance is meant.
  if (typeof argument === 'string' && noted === undefined) throw notKnown();
  const endpoint = noted?.work.place.sample ? parts.sample()?.endpoint : undefined;
  const instance = noted ? instanceOf(noted, endpoint) : instanceMeant(argument) ?? (await parts.pickInstance());
  const { name, sku: tier } = instance;
  if (instance.sample && instanceTitle(instance) !== name) {
    throw new InvalidInput({
      sentence: l10n.t('{0} belongs to the sample service and stays as long as that runs.', instanceTitle(instance)),
      advice: l10n.t('Stop the sample service to be rid of it. Instances that were created in it can be deleted.'),
    });
  }
  const before = noted ?? workOf(instance, parts.works.list());
  if (before?.work.kind === 'delete' && !isOver(before.work)) {
    throw new InvalidInput({ sentence: l10n.t('{0} is being deleted already.', name) });
  }
  const apis = before ? undefined : await countApis(parts, instance);
  await askTyped(l10n.t('Delete {0}', name), deleteDetail({ ...instance, apis }), name);
  // Only the sample can delete what waits for it, and it may be elsewhere once it runs.
  const endpointUrl = before?.waits ? (await parts.startSample()).endpoint : instance.endpointUrl;
  const { owner } = before?.work ?? { owner: (await parts.places()).ownerOf(instance.subscriptionId) ?? {} };
  await start(parts, {
    kind: 'delete', place: placeOf(parts, { ...instance, endpointUrl }), owner: { accountId: owner.accountId, tenantId: owner.tenantId },
    tier, newGroup: false, organisation: '', email: '',
  });
  // Its making is followed no more, once the deletion is written down: it would only be told that it went wrong.
  if (before) await parts.works.forget(before.work.key);
}

function placeOf({ home }: CreateCommandParts, instance: ApimInstance): WorkPlace {
  const { id, endpointUrl, sample, name, resourceGroup, subscriptionId, location = '' } = instance;
  return { id, endpointUrl, sample, name, resourceGroup, subscriptionId, location, ...(sample ? { home } : {}) };
}

/** How many APIs go with it; undefined where that cannot be told. */
async function countApis({ armOf }: CreateCommandParts, instance: ApimInstance): Promise<number | undefined> {
  // One that is being activated would be waited for.
  if (instance.state !== undefined && instance.state !== 'Succeeded') return undefined;
  try {
    const arm = await armOf(instance);
    const { body } = await inMessage(plain(l10n.t('Looking at {0}…', instanceTitle(instance))), (signal) =>
      arm.get(below(instance.id, '/apis'), { signal, query: { $top: '1' } }));
    const count = member(body, 'count');
    return typeof count === 'number' ? count : undefined;
  } catch (error) {
    if (error instanceof ArmFailed) return undefined;
    throw error;
  }
}
