// Set and forget the two secrets of a service.

import * as vscode from 'vscode';
import { InvalidInput } from '../../model/errors';
import type { SecretKind, Service } from '../../model/service';
import type { Health } from '../../state/health';
import { checkKey, type Keys } from '../../state/keys';
import { checkHeaderName, type Services } from '../../state/services';
import { askText, askToConfirm } from '../ask';
import { pickService, serviceFrom } from '../pickService';

/** What these commands need from outside. */
export interface KeyParts {
  readonly services: Services;
  readonly keys: Keys;
  readonly health: Health;
}

const words: Readonly<Record<SecretKind, { readonly name: string; readonly prompt: string }>> = {
  serviceKey: { name: 'API key', prompt: 'Paste the API key of the service. It is kept in the secret store of VS Code and nowhere else.' },
  subscriptionKey: { name: 'subscription key', prompt: 'Paste the subscription key of the gateway. It is kept in the secret store of VS Code and nowhere else.' },
};

/** Asks for a key and keeps it, in place of any earlier one. */
export async function setKey(parts: KeyParts, kind: SecretKind, argument: unknown): Promise<void> {
  const { name, prompt } = words[kind];
  const service = await serviceWithKeys(parts, argument, `Set the ${name} of which service?`);
  const value = await askText({ title: `Set the ${name} of ${service.name}`, prompt, secret: true, check: checkKey });
  // What an earlier key showed says nothing of this one. Before it is kept, so that nothing is forgotten that the new one shows at once.
  parts.health.clear(service.address);
  await parts.keys.set(kind, service, value);
  vscode.window.setStatusBarMessage(`The ${name} of ${service.name} is set.`, 5000);
}

/** Forgets a key, after asking. */
export async function forgetKey(parts: KeyParts, kind: SecretKind, argument: unknown): Promise<void> {
  const { name } = words[kind];
  const service = await serviceWithKeys(parts, argument, `Forget the ${name} of which service?`);
  const secrets = await parts.keys.of(service);
  if (secrets[kind] === undefined) throw new InvalidInput({ sentence: `No ${name} is set for "${service.name}".` });
  await askToConfirm(`Forget the ${name} of "${service.name}"?`, 'It is removed from the secret store. You will need it again to call the service.', 'Forget');
  parts.health.clear(service.address);
  await parts.keys.forget(kind, service);
  vscode.window.setStatusBarMessage(`The ${name} of ${service.name} is forgotten.`, 5000);
}

/** Asks for the name of the header that carries the subscription key. */
export async function setSubscriptionKeyHeader(parts: KeyParts, argument: unknown): Promise<void> {
  const service = await serviceWithKeys(parts, argument, 'Change the header of which service?');
  const name = await askText({ title: `Subscription key header of ${service.name}`, prompt: 'Name of the header from which the gateway reads the subscription key', value: service.subscriptionKeyHeader, check: checkHeaderName });
  parts.health.clear(service.address);
  await parts.services.setSubscriptionKeyHeader(service, name);
}

async function serviceWithKeys(parts: KeyParts, argument: unknown, title: string): Promise<Service> {
  const service = serviceFrom(parts.services, argument) ?? (await pickService(parts.services, { title, withoutSample: true }));
  if (parts.services.workspaces().some((workspace) => workspace.sample && workspace.services.includes(service))) {
    throw new InvalidInput({ sentence: 'The sample service makes its key by itself.' });
  }
  return service;
}
