// What the commands of the section "API Management" do, by their ids.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseInstanceId, registerPath } from '../../../arm/apimPaths';
import type { Arm } from '../../../model/arm';
import { ArmFailed, InvalidInput } from '../../../model/errors';
import { askChoice, askText } from '../../../ui/ask';
import type { CommandWork } from '../../../ui/commands';
import { command, view } from '../../../ui/ids';
import { notify, tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import type { AddedInstance, AddedInstances } from '../addedInstances';
import { portalPage, type Cloud } from '../endpoints';
import type { ApimInstance, ArmOf } from '../instance';
import type { AzureSubscription, Identity } from '../items';
import { readInstance } from '../load/readers';
import type { ApimNode, OwnerNode } from '../nodes';
import type { ApimTree } from './apimTree';
import { identityOf, instanceMeant, readNode } from './meant';
import type { AzureAccounts } from './signIn';

/** What they need from outside. */
export interface ApimCommandParts {
  readonly tree: ApimTree;
  readonly accounts: Pick<AzureAccounts, 'accounts' | 'signIn' | 'signInAgain'>;
  readonly added: Pick<AddedInstances, 'list' | 'add' | 'remove'>;
  readonly armOf: ArmOf;
  readonly armFor: (identity: Identity) => Promise<Arm>;
  readonly cloud: () => Cloud;
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Whose tokens may be tried for an instance that was only named. */
  readonly owners: () => readonly Identity[];
  /** Whose subscription it is, as far as that was seen. */
  readonly ownerOf: (subscriptionId: string) => Identity | undefined;
  /** The Azure subscriptions that were seen. */
  readonly subscriptions: () => readonly AzureSubscription[];
}

/** Each command by its id. */
export function apimCommands(parts: ApimCommandParts): ReadonlyMap<string, CommandWork> {
  const { tree } = parts;
  const instanceOf = async (argument: unknown): Promise<ApimInstance> => instanceMeant(argument) ?? parts.pickInstance();
  return new Map<string, CommandWork>([
    [command.apimSignIn, (argument) => signIn(parts, argument)],
    [command.apimSignOut, () => signOut(parts)],
    [command.apimAddInstance, () => addInstance(parts)],
    [command.apimRemoveInstance, (argument) => removeInstance(parts, instanceMeant(argument))],
    // VS Code hands the line that has the focus to buttons of the section's title, too.
    [command.apimRefresh, () => tree.refresh()],
    [command.apimRefreshLine, (argument) => onNode(argument, (node) => tree.refresh(node))],
    [command.apimRetry, (argument) => onNode(argument, (node) => tree.refresh(ownerOf(node)))],
    [command.apimLoadMore, (argument) => onNode(argument, (node) => tree.more(ownerOf(node)))],
    [command.apimCancelLoad, (argument) => onNode(argument, (node) => tree.stop(ownerOf(node)))],
    [command.apimFilter, () => filter(parts)],
    [command.apimClearFilter, () => tree.setFilter('')],
    [command.apimCopyId, async (argument) => copy(await idOf(argument, instanceOf), l10n.t('The resource id was copied.'))],
    [command.apimCopyGateway, async (argument) => copyGateway(tree.latest(await instanceOf(argument)), readNode(argument))],
    [command.apimOpenPortal, async (argument) => openPortal(parts.cloud(), await idOf(argument, instanceOf))],
    [command.apimRegisterProvider, (argument) => registerProvider(parts, readNode(argument))],
  ]);
}

/** The first sign-in, one more account, or again: for the line of a list that could not be asked for, or after a refused token. */
async function signIn({ accounts, tree, ownerOf: ownerOfSubscription }: ApimCommandParts, argument: unknown): Promise<void> {
  const node = readNode(argument);
  if (node?.kind === 'problem') {
    const instance = instanceMeant(node);
    await accounts.signInAgain(identityOf(node) ?? (instance && ownerOfSubscription(instance.subscriptionId)) ?? {});
    return tree.refresh(node.owner);
  }
  if (argument === 'again') await accounts.signInAgain();
  else await accounts.signIn();
  tree.refresh();
  await vscode.commands.executeCommand(`${view.apim}.focus`);
}

/** Signing out is VS Code's own business: other extensions use the same accounts. */
async function signOut({ accounts }: ApimCommandParts): Promise<void> {
  const names = (await accounts.accounts()).map(({ label }) => label);
  const [only, ...more] = names;
  void notify('information', plain(
    only === undefined
      ? l10n.t('Nobody is signed in to Azure here.')
      : more.length === 0
        ? l10n.t('Sign {0} out in the menu Accounts, at the bottom of the activity bar: other extensions use the same account.', only)
        : l10n.t(
          'Sign these out in the menu Accounts, at the bottom of the activity bar: {0}. Other extensions use the same accounts.',
          names.join(', '),
        ),
  ));
}

async function addInstance(parts: ApimCommandParts): Promise<void> {
  const reasonAgainst = (text: string): string | undefined => {
    const read = parseInstanceId(text);
    return read.ok ? undefined : read.reason;
  };
  const text = await askText({
    title: plain(l10n.t('Add API Management Instance')),
    prompt: plain(l10n.t('Paste its resource id, or the address of its page in the portal')),
    placeHolder: plain('/subscriptions/…/resourceGroups/…/providers/Microsoft.ApiManagement/service/…'),
    check: reasonAgainst,
  });
  const read = parseInstanceId(text);
  if (!read.ok) return;
  // A click asks for it: who is not signed in is asked now.
  if ((await parts.accounts.accounts()).length === 0) await parts.accounts.signIn();
  const { endpointUrl } = parts.cloud();
  const added = await inMessage(plain(l10n.t('Looking for {0}…', read.instance.name)), (signal) =>
    find(parts, read.instance.id, endpointUrl, signal));
  await parts.added.add(added);
  await vscode.commands.executeCommand(`${view.apim}.focus`);
}

/** Takes one that was added off the list; at Azure nothing changes. */
async function removeInstance({ added }: ApimCommandParts, instance: ApimInstance | undefined): Promise<void> {
  const list = added.list().map((each) => each.instance);
  if (list.length === 0) {
    throw new InvalidInput({
      sentence: l10n.t('No instance was added by its resource id.'),
      advice: l10n.t('Those that were found in Azure stay in the list as long as they are there.'),
    });
  }
  await added.remove(instance ?? await askChoice(
    plain(l10n.t('Remove Which API Management Instance From the List?')),
    plain(l10n.t('At Azure nothing changes')),
    list.map((each) => ({ icon: 'cloud', label: plain(each.name), description: plain(each.resourceGroup), value: each })),
  ));
}

/** Asks with each token that there is; the first answer that says yes counts, else the first that said no. */
async function find(
  { armFor, owners }: ApimCommandParts, id: string, endpointUrl: string, signal: AbortSignal,
): Promise<AddedInstance> {
  let refused: ArmFailed | undefined;
  for (const owner of owners()) {
    try {
      const { body } = await (await armFor(owner)).get(id, { signal });
      const instance = readInstance(body, endpointUrl, false);
      if (instance) return { instance, owner };
    } catch (error) {
      if (!(error instanceof ArmFailed)) throw error;
      refused ??= error;
      // Another token does not help against these.
      if (error.reason === 'network' || error.reason === 'server') break;
    }
  }
  throw refused ?? new InvalidInput({ sentence: l10n.t('What is there is no API Management instance: {0}', id) });
}

async function filter({ tree }: ApimCommandParts): Promise<void> {
  tree.setFilter(await askText({
    title: plain(l10n.t('Filter API Management')),
    prompt: plain(l10n.t('Show only what holds this text in its name, among what was loaded')),
    value: tree.filterText,
    check: () => undefined,
  }));
  await vscode.commands.executeCommand(`${view.apim}.focus`);
}

async function copy(text: string, told: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  tellBriefly(plain(told));
}

/** Of an instance, or of an API behind it. */
async function copyGateway({ name, gatewayUrls: [url] }: ApimInstance, node: ApimNode | undefined): Promise<void> {
  if (url === undefined) {
    throw new InvalidInput({
      sentence: l10n.t('{0} tells of no gateway address.', name),
      advice: l10n.t('One that is being made has none yet: refresh it later.'),
    });
  }
  if (node?.kind !== 'entry' || node.entry.kind !== 'api') return copy(url, l10n.t('The gateway address was copied.'));
  const { path = '' } = node.entry;
  await copy(path === '' ? url : `${url}/${path}`, l10n.t('The address of the API was copied.'));
}

async function openPortal({ portalUrl }: Cloud, id: string): Promise<void> {
  if (portalUrl === undefined) {
    throw new InvalidInput({ sentence: l10n.t('The address that is set for Azure Resource Manager has no portal.') });
  }
  await vscode.env.openExternal(vscode.Uri.parse(portalPage(portalUrl, id)));
}

/** Registers API Management in a subscription, which takes minutes there. */
async function registerProvider(parts: ApimCommandParts, node: ApimNode | undefined): Promise<void> {
  const owner = ownerOf(node);
  const subscription = owner?.kind === 'azureSubscription' ? owner.subscription : await pickSubscription(parts);
  const arm = await parts.armFor(subscription);
  await inMessage(plain(l10n.t('Registering Microsoft.ApiManagement…')), (signal) =>
    arm.post(registerPath(subscription.id), undefined, { signal }));
  const told = l10n.t('Microsoft.ApiManagement is being registered in {0}. Try again in a few minutes.', subscription.name);
  void notify('information', plain(told));
}

async function pickSubscription({ subscriptions }: ApimCommandParts): Promise<AzureSubscription> {
  const known = subscriptions();
  if (known.length === 0) {
    throw new InvalidInput({
      sentence: l10n.t('No Azure subscription is known yet.'),
      advice: l10n.t('Open the section API Management in the sidebar, and sign in there.'),
    });
  }
  return askChoice(
    plain(l10n.t('Register API Management in Which Subscription?')),
    plain(l10n.t('A subscription has to be registered once before it can have instances')),
    known.map((each) => ({ icon: 'azure', label: plain(each.name), description: plain(each.id), value: each })),
  );
}

function onNode(argument: unknown, work: (node: ApimNode) => unknown): unknown {
  const node = readNode(argument);
  return node && work(node);
}

/** The line whose list a line is of or about. */
function ownerOf(node: ApimNode | undefined): OwnerNode | undefined {
  if (node === undefined) return undefined;
  return 'owner' in node ? node.owner : node.kind === 'signIn' || node.kind === 'group' ? undefined : node;
}

async function idOf(argument: unknown, instanceOf: (argument: unknown) => Promise<ApimInstance>): Promise<string> {
  const node = readNode(argument);
  if (node?.kind === 'entry') return node.entry.id;
  if (node?.kind === 'azureSubscription') return `/subscriptions/${node.subscription.id}`;
  return (await instanceOf(argument)).id;
}
