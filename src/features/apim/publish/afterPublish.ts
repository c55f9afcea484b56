// What follows a publishing: its operations are looked at, and the service is in the sidebar through its gateway, with its keys.

import * as l10n from '@vscode/l10n';
import { filledText, member } from '../../../base/shape';
import type { Arm } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import type { Service } from '../../../model/service';
import { toService } from '../../../protocols/newService';
import type { KeyStore, ServiceStore } from '../../services';
import { checkOperations } from './drift';
import { gatewayService } from './gatewayService';
import type { ToPublishPage } from './messages';
import { phaseOf, type Publishing } from './publishing';
import { full, keyHeaderIn, readThere } from './reading';

/** True for a service that batch jobs can be run at. Handed in, as it takes all protocols. */
export type HasJobs = (service: Service) => boolean;

/** What it needs from outside. */
export interface AfterPublishParts {
  readonly arm: Arm;
  readonly services: Pick<ServiceStore, 'find' | 'add'>;
  readonly keys: Pick<KeyStore, 'of' | 'set'>;
  readonly hasJobs: HasJobs;
}

type Outcome = NonNullable<ToPublishPage['outcome']>;

/**
 * Looks at the operations and adds the service through its gateway. What cannot be done of it is told in the outcome. Throws ArmFailed,
 * what the settings and the secret store throw, and Cancelled.
 */
export async function afterPublish(parts: AfterPublishParts, publishing: Publishing, signal: AbortSignal): Promise<Outcome | undefined> {
  if (!isReachable(publishing)) return undefined;
  const { definition, instance } = publishing;
  const { missing } = await checkOperations(parts.arm, instance, definition, signal);
  const sentences = missing.length === 0 ? [] : [l10n.t('These operations are missing after all: {0}.', missing.join(', '))];
  const made = gatewayService(definition, instance, await keyHeaderOf(parts.arm, publishing, signal));
  if (!made.ok) return { sentences: [...sentences, made.reason], send: false, jobs: false };
  const { address } = toService(made.service);
  const service = parts.services.find(address) ?? (await parts.services.add(made.service));
  return outcome(service, parts.hasJobs, [...sentences, ...(await giveKeys(parts, publishing, service, signal))]);
}

/** The same after a reload, as far as it is known without asking anybody. */
export function knownOutcome(services: Pick<ServiceStore, 'find'>, hasJobs: HasJobs, publishing: Publishing): Outcome | undefined {
  const service = gatewayServiceIn(services, publishing);
  return service && isReachable(publishing) ? outcome(service, hasJobs, []) : undefined;
}

/** The service through its gateway, as it is in the sidebar. */
export function gatewayServiceIn(services: Pick<ServiceStore, 'find'>, { definition, instance }: Publishing): Service | undefined {
  const made = gatewayService(definition, instance);
  return made.ok ? services.find(toService(made.service).address) : undefined;
}

function outcome(service: Service, hasJobs: HasJobs, others: readonly string[]): Outcome {
  const jobs = hasJobs(service);
  const added = l10n.t('"{0}" is in the sidebar: requests go through the gateway.', service.name);
  const none = l10n.t('Requests go to the short path. A batch job needs the paths with ids: run it at the service itself.');
  return { sentences: [added, ...(jobs ? [] : [none]), ...others], send: true, jobs };
}

/** Where the API was there before, callers' keys may go into another header. */
async function keyHeaderOf(arm: Arm, { instance, steps }: Publishing, signal: AbortSignal): Promise<string | undefined> {
  const api = steps.find(({ kind }) => kind === 'api');
  const there = api && (await readThere({ arm, instance, options: { signal } }, api));
  return there?.body.kind === 'json' ? keyHeaderIn(there.body.properties) : undefined;
}

function isReachable(publishing: Publishing): boolean {
  const api = publishing.steps.find(({ kind }) => kind === 'api');
  return phaseOf(publishing) === 'done' && (api?.state === 'done' || api?.action === 'leave');
}

/** Callers' key into the secret store, and the service's own where the gateway does not add it. Gives what is missing, in sentences. */
async function giveKeys(
  parts: AfterPublishParts, publishing: Publishing, service: Service, signal: AbortSignal,
): Promise<readonly string[]> {
  const { arm, keys, services } = parts;
  const missing: string[] = [];
  const { definition, instance, steps } = publishing;
  const subscription = steps.find(({ kind, state, action }) => kind === 'subscription' && (state === 'done' || action === 'leave'));
  if (subscription) {
    const key = await keyOf(arm, full({ instance }, subscription.path), signal);
    if (key === undefined) missing.push(l10n.t('Its subscription key could not be read: set it in the menu of the service.'));
    else await keys.set('subscriptionKey', service, key);
  } else {
    missing.push(l10n.t('No key for callers was made: set one that there is in the menu of the service.'));
  }
  if (definition.choices.addsKey) return missing;
  const own = services.find(definition.service.address);
  const { serviceKey } = own ? await keys.of(own) : {};
  if (serviceKey !== undefined) await keys.set('serviceKey', service, serviceKey);
  else missing.push(l10n.t('The gateway does not add the key of the service, and none is set here: set it in the menu of the service.'));
  return missing;
}

async function keyOf(arm: Arm, path: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { body } = await arm.post(`${path}/listSecrets`, undefined, { signal });
    return filledText(member(body, 'primaryKey'));
  } catch (error) {
    // Whoever may publish may still not read keys.
    if (error instanceof ArmFailed && (error.reason === 'forbidden' || error.reason === 'notFound')) return undefined;
    throw error;
  }
}
