// What leads from the form to an instance that is made or restored: the confirmation, then it is written down and begun.

import * as l10n from '@vscode/l10n';
import { instancePath } from '../../../arm/apimPaths';
import type { Arm } from '../../../model/arm';
import { askText } from '../../../ui/ask';
import { plain } from '../../../ui/plain';
import { createQuestion, restoreQuestion } from '../create/createWords';
import { emailProblem, emptyDraft, sampleSubscription } from '../create/draft';
import type { CreateForm } from '../create/form';
import type { SavedCreate } from '../create/messages';
import type { InstancePlaces } from '../create/places';
import type { DeletedInstance } from '../create/reads';
import type { InstanceWork, WorkPlace } from '../create/work';
import type { InstanceWorks } from '../create/works';
import type { ApimInstance, ArmOf } from '../instance';
import type { Identity } from '../items';
import type { SampleApim } from '../sampleApim';
import { readNode } from './meant';

/** What the commands need from outside. */
export interface CreateCommandParts {
  readonly works: Pick<InstanceWorks, 'list' | 'find' | 'begin' | 'forget'>;
  readonly places: () => Promise<InstancePlaces>;
  readonly sample: () => SampleApim | undefined;
  /** Starts it where it does not run. Throws SampleFailed. */
  readonly startSample: () => Promise<SampleApim>;
  /** Tells the workspace of this window from others. */
  readonly home: string;
  readonly armOf: ArmOf;
  readonly armFor: (subscription: string) => Promise<{ readonly arm: Arm; readonly subscriptionId: string }>;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  readonly newKey: () => string;
  readonly now: () => number;
  readonly showSection: () => Promise<void>;
}

/** What a form begins with, by the line that the command was called on; undefined leaves one that is open as it is. */
export function startOfForm(argument: unknown, sample: SampleApim | undefined): Partial<SavedCreate> | undefined {
  const node = readNode(argument);
  const draft = { ...emptyDraft };
  if (node?.kind === 'azureSubscription') return { draft: { ...draft, subscription: node.subscription.id } };
  if (node?.kind === 'group' && node.subscriptionNode.kind === 'azureSubscription') {
    return { draft: { ...draft, subscription: node.subscriptionNode.subscription.id, group: node.name } };
  }
  const isSample = node?.kind === 'instance' && node.instance.sample && sample !== undefined;
  return isSample ? { draft: { ...draft, subscription: sampleSubscription } } : undefined;
}

/** Confirms and begins what stands in the form. Throws Cancelled. */
export async function createFrom(parts: CreateCommandParts, form: CreateForm): Promise<void> {
  const { name, subscription, group, newGroup, location, tier, organisation, email } = form.values;
  const free = subscription === sampleSubscription;
  const payer = form.payer?.name ?? subscription;
  const resourceGroup = group === '' ? newGroup : group;
  await askTyped(l10n.t('Create {0}', name), createQuestion({ name, group: resourceGroup, location, payer, tier, free }), tier);
  const { place, owner } = await placeFor(parts, subscription, { name, resourceGroup, location });
  await start(parts, { kind: 'create', place, owner, tier, newGroup: group === '', organisation, email });
}

/** Confirms and begins to restore the deleted instance that holds the name. Throws Cancelled. */
export async function restoreFrom(parts: CreateCommandParts, form: CreateForm): Promise<void> {
  const { restorable, values: { subscription, organisation, email } } = form;
  if (restorable) await restore(parts, subscription, restorable, { organisation, email });
}

/** Confirms and begins to restore a deleted instance of a subscription. Throws Cancelled. */
export async function restore(
  parts: CreateCommandParts, subscription: string, deleted: DeletedInstance,
  given: { readonly organisation: string; readonly email: string },
): Promise<void> {
  const title = l10n.t('Restore {0}', deleted.name);
  const email = emailProblem(given.email) === undefined ? given.email : await askEmail(parts, subscription, title);
  await askTyped(title, restoreQuestion(deleted, subscription === sampleSubscription), deleted.name);
  const { place, owner } = await placeFor(parts, subscription, deleted);
  // The service wants a name as well, and takes neither: what it had comes back.
  const organisation = given.organisation === '' ? deleted.name : given.organisation;
  await start(parts, { kind: 'restore', place, owner, newGroup: false, organisation, email });
}

/** Nobody's address is made up: that of the account is offered, where its name is one. Throws Cancelled. */
async function askEmail({ places }: Pick<CreateCommandParts, 'places'>, subscription: string, title: string): Promise<string> {
  const { ownerOf, accountName } = await places();
  const known = subscription === sampleSubscription ? undefined : await accountName(ownerOf(subscription) ?? {});
  return (await askText({
    title: plain(title), placeHolder: plain(l10n.t('name@contoso.com')),
    prompt: plain(l10n.t('E-mail address of the administrator: the service asks for one, though the instance comes back with its own.')),
    ...(known !== undefined && emailProblem(known) === undefined ? { value: known } : {}),
    check: (typed) => emailProblem(typed.trim()),
  })).trim();
}

/** Asks for a word that has to be typed as it stands. Throws Cancelled. */
export async function askTyped(title: string, prompt: string, word: string): Promise<void> {
  await askText({
    title: plain(title), prompt: plain(prompt), placeHolder: plain(word),
    check: (typed) => (typed.trim() === word ? undefined : l10n.t('Type {0} to go on, or press Esc to leave everything as it is.', word)),
  });
}

/** Writes it down and begins it. */
export async function start(
  { works, newKey, now, showSection }: Pick<CreateCommandParts, 'works' | 'newKey' | 'now' | 'showSection'>,
  work: Omit<InstanceWork, 'key' | 'startedAt' | 'step'>,
): Promise<void> {
  await works.begin({ ...work, key: newKey(), startedAt: now(), step: 'agreed' });
  await showSection();
}

async function placeFor(
  parts: CreateCommandParts, subscription: string,
  { name, resourceGroup, location }: { readonly name: string; readonly resourceGroup: string; readonly location: string },
): Promise<{ readonly place: WorkPlace; readonly owner: Identity }> {
  const rest = { name, resourceGroup, location };
  if (subscription === sampleSubscription) {
    const { endpoint, subscriptionId } = await parts.startSample();
    const id = instancePath(subscriptionId, resourceGroup, name);
    return { place: { ...rest, id, subscriptionId, endpointUrl: endpoint, sample: true, home: parts.home }, owner: {} };
  }
  const places = await parts.places();
  const { accountId, tenantId } = places.ownerOf(subscription) ?? {};
  const id = instancePath(subscription, resourceGroup, name);
  return {
    place: { ...rest, id, subscriptionId: subscription, endpointUrl: places.endpointUrl(), sample: false }, owner: { accountId, tenantId },
  };
}
