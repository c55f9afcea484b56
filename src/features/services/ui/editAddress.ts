// Edit Address: a service gets another address. Its name stays; keys and jobs go along only where the person says so, each asked for.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { HumanError, InvalidInput, LocalFailure } from '../../../model/errors';
import type { Endpoint, Secrets, Service } from '../../../model/service';
import { toService } from '../../../protocols/newService';
import { parseEndpoint } from '../../../protocols/studio/endpoint';
import { askText, askToConfirm, askWhich } from '../../../ui/ask';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { Health } from '../health';
import type { KeyStore } from '../keyStore';
import type { ServiceOfFile } from '../remembered';
import type { ServiceStore } from '../serviceStore';
import type { ServiceUses } from '../serviceUses';

/** What this needs from outside. */
export interface EditAddressParts {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
  readonly serviceOfFile: ServiceOfFile;
  readonly uses: Pick<ServiceUses, 'busy' | 'kept' | 'move'>;
}

/** An address that was typed, and what is to be said of how it was read. */
interface NewAddress {
  readonly endpoint: Endpoint;
  readonly notes: readonly string[];
}

/** What goes along. */
interface Along {
  readonly keys: boolean;
  readonly work: boolean;
}

/**
 * Asks for another address of a service, and for what goes along, and changes it. Throws Cancelled, before anything was changed;
 * InvalidInput where something is under way, or the address is another service's; what the settings, the secret store and the disk throw.
 */
export async function editAddress(parts: EditAddressParts, service: Service): Promise<void> {
  refuseBusy(parts, service);
  const { endpoint, notes } = await askEndpoint(parts, service);
  const moved = toService({ name: service.name, endpoint, subscriptionKeyHeader: service.subscriptionKeyHeader });
  if (moved.address === service.address) return tellBriefly(plain(l10n.t('The address of {0} is the same as before.', service.name)));
  const secrets = await parts.keys.of(service);
  const along = await askAlong(parts, service, moved, secrets, notes);
  // Something may have begun while the questions were open.
  refuseBusy(parts, service);
  await change(parts, service, moved, along.keys ? secrets : {}, along.work);
  tellBriefly(plain(l10n.t('{0} has another address.', service.name)));
}

function refuseBusy({ uses, health }: EditAddressParts, { address, name }: Service): void {
  if (!uses.busy(address) && health.of(address).kind !== 'running') return;
  throw new InvalidInput({
    sentence: l10n.t('Something is being sent to "{0}".', name),
    advice: l10n.t('Change its address when that is over, or cancel it first.'),
  });
}

async function askEndpoint({ services }: EditAddressParts, service: Service): Promise<NewAddress> {
  const check = (text: string): string | undefined => {
    const read = parseEndpoint(text);
    return read.ok ? services.twinFault(service, read.endpoint) : read.reason;
  };
  const text = await askText({
    title: plain(l10n.t('Edit Address')),
    prompt: plain(l10n.t('New address of "{0}". Nothing is sent there before you are asked about its keys.', service.name)),
    value: service.address,
    check,
  });
  const read = parseEndpoint(text);
  return read.ok ? read : { endpoint: service.endpoint, notes: [] };
}

/** Asks about each thing that would be lost, or go somewhere else, without a word. */
async function askAlong(
  { keys, uses, serviceOfFile }: EditAddressParts,
  service: Service,
  moved: Service,
  secrets: Secrets,
  notes: readonly string[],
): Promise<Along> {
  const question = plain(l10n.t('Change the address of "{0}"?', service.name));
  const files = serviceOfFile.filesOf(service.address).length;
  const leftBehind = hasAny(await keys.of(moved));
  const facts = [
    l10n.t('From: {0}\nTo: {1}', service.address, moved.address),
    ...notes,
    ...(leftBehind ? [l10n.t('Keys that an earlier service has left at the new address are removed.')] : []),
    ...filesFact(files),
    l10n.t('Requests of the history stay with the address that they were sent to.'),
  ];
  let takesKeys = false;
  if (hasAny(secrets)) {
    const detail = [...facts.slice(0, 1), keysFact(service, moved), ...facts.slice(1)].join('\n\n');
    takesKeys = (await askWhich(question, plain(detail), [plain(l10n.t('Change Without Keys')), plain(l10n.t('Take Keys Along'))])) === 1;
  } else if (leftBehind || files > 0 || notes.length > 0) {
    await askToConfirm(question, plain(facts.join('\n\n')), plain(l10n.t('Change')));
  }
  const kept = await uses.kept(service.address);
  if (kept === 0) return { keys: takesKeys, work: false };
  const way = await askWhich(plain(jobsQuestion(kept, service.name)), plain(jobsDetail(moved)), [
    plain(l10n.t('Take Jobs Along')),
    plain(l10n.t('Leave Jobs Behind')),
  ]);
  return { keys: takesKeys, work: way === 0 };
}

function hasAny({ serviceKey, subscriptionKey }: Secrets): boolean {
  return serviceKey !== undefined || subscriptionKey !== undefined;
}

function keysFact(service: Service, moved: Service): string {
  const [before, after] = [new URL(service.endpoint.origin).host, new URL(moved.endpoint.origin).host];
  const without = l10n.t('Without them it has no key, and those of the former address are removed from the secret store.');
  const along = service.endpoint.origin === moved.endpoint.origin
    ? l10n.t('Its keys belong to the former address. Taken along they go to the same host as before, {0}.', after)
    : l10n.t('Its keys belong to the former address, at {0}. Taken along they go to another host with the next call: {1}.', before, after);
  return `${along} ${without}`;
}

function filesFact(files: number): string[] {
  if (files === 0) return [];
  return [files === 1
    ? l10n.t('1 file of this folder that is sent to it goes to the new address from now on.')
    : l10n.t('{0} files of this folder that are sent to it go to the new address from now on.', formatCount(files))];
}

function jobsQuestion(count: number, name: string): string {
  return count === 1
    ? l10n.t('Take the batch job of "{0}" along to the new address?', name)
    : l10n.t('Take the {0} batch jobs of "{1}" along to the new address?', formatCount(count), name);
}

function jobsDetail({ endpoint }: Service): string {
  const host = new URL(endpoint.origin).host;
  return [
    l10n.t('Taken along, {0} is asked for their status and their results from now on. Do so where it is the same service.', host),
    l10n.t('Those that are not submitted yet are submitted there, with their parameters.'),
    l10n.t('Left behind they are not lost: they are shown again when a service with the former address is added.'),
  ].join('\n\n');
}

/**
 * Changes it in an order in which a failure leaves no service without what it had: what the new address needs comes first, what the former
 * one had goes last.
 */
async function change(parts: EditAddressParts, service: Service, moved: Service, secrets: Secrets, withWork: boolean): Promise<void> {
  const { services, keys, health, serviceOfFile, uses } = parts;
  const [from, to] = [service.address, moved.address];
  const files = serviceOfFile.filesOf(from);
  // Another window may have changed the settings while the questions were open; nothing of that address may be overwritten then.
  services.checkAddress(service, moved.endpoint);
  const before = await keys.of(moved);
  try {
    await keys.replace(moved, secrets);
    // Before the services: whoever draws them anew shows where files go.
    await serviceOfFile.move(from, to);
    await services.changeAddress(service, moved.endpoint);
  } catch (error) {
    // What a service that has come there meanwhile has is not ours to take.
    const restored = services.find(to) ? undefined : keys.replace(moved, before);
    await Promise.allSettled([files.length > 0 ? serviceOfFile.set(files, from) : undefined, restored]);
    throw error;
  }
  health.clear(from);
  health.clear(to);
  // Each is done whatever becomes of the other.
  const outcomes = await Promise.allSettled([uses.move(from, to, withWork), keys.forgetAll(service)]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (!failed) return;
  const reason: unknown = failed.reason;
  throw reason instanceof HumanError ? reason : new LocalFailure({
    sentence: l10n.t('"{0}" has another address, but not all that belongs to it came along.', service.name),
    advice: reason instanceof Error ? reason.message : undefined,
    actions: ['showLog'],
  });
}
