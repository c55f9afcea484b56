// Set and forget the two secrets of a service.

import { InvalidInput } from '../../../model/errors';
import type { SecretKind, Service } from '../../../model/service';
import type { Health } from '../health';
import { checkKey, type KeyStore } from '../keyStore';
import { checkHeaderName } from '../serviceEntries';
import type { ServiceStore } from '../serviceStore';
import { askText, askToConfirm } from '../../../ui/ask';
import { tellBriefly } from '../../../ui/notices';
import { pickService, serviceFrom } from './pickService';
import { plain, type PlainText } from '../../../ui/plain';

/** What these commands need from outside. */
export interface KeyParts {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
}

const words: Readonly<Record<SecretKind, { readonly name: string; readonly prompt: PlainText }>> = {
  serviceKey: {
    name: 'API key',
    prompt: plain`Paste the API key of the service. It is kept in the secret store of VS Code and nowhere else.`,
  },
  subscriptionKey: {
    name: 'subscription key',
    prompt: plain`Paste the subscription key of the gateway. It is kept in the secret store of VS Code and nowhere else.`,
  },
};

/** Asks for a key and keeps it, in place of any earlier one. */
export async function setKey(parts: KeyParts, kind: SecretKind, argument: unknown): Promise<void> {
  const { name, prompt } = words[kind];
  const service = await serviceWithKeys(parts, argument, plain`Set the ${name} of which service?`);
  const value = await askText({ title: plain`Set the ${name} of ${service.name}`, prompt, secret: true, check: checkKey });
  // What an earlier key showed says nothing of this one. Before it is kept, so that nothing is forgotten that the new one shows at once.
  parts.health.clear(service.address);
  await parts.keys.set(kind, service, value);
  tellBriefly(plain`The ${name} of ${service.name} is set.`);
}

/** Forgets a key, after asking. */
export async function forgetKey(parts: KeyParts, kind: SecretKind, argument: unknown): Promise<void> {
  const { name } = words[kind];
  const service = await serviceWithKeys(parts, argument, plain`Forget the ${name} of which service?`);
  const secrets = await parts.keys.of(service);
  if (secrets[kind] === undefined) throw new InvalidInput({ sentence: `No ${name} is set for "${service.name}".` });
  await askToConfirm(
    plain`Forget the ${name} of "${service.name}"?`,
    plain`It is removed from the secret store. You will need it again to call the service.`,
    plain`Forget`,
  );
  parts.health.clear(service.address);
  await parts.keys.forget(kind, service);
  tellBriefly(plain`The ${name} of ${service.name} is forgotten.`);
}

/** Asks for the name of the header that carries the subscription key. */
export async function setSubscriptionKeyHeader(parts: KeyParts, argument: unknown): Promise<void> {
  const service = await serviceWithKeys(parts, argument, plain`Change the header of which service?`);
  const name = await askText({
    title: plain`Subscription key header of ${service.name}`,
    prompt: plain`Name of the header from which the gateway reads the subscription key`,
    value: service.subscriptionKeyHeader,
    check: checkHeaderName,
  });
  parts.health.clear(service.address);
  await parts.services.setSubscriptionKeyHeader(service, name);
}

async function serviceWithKeys(parts: KeyParts, argument: unknown, title: PlainText): Promise<Service> {
  const service = serviceFrom(parts.services, argument) ?? (await pickService(parts.services, { title, withoutSample: true }));
  if (parts.services.workspaces().some((workspace) => workspace.sample && workspace.services.includes(service))) {
    throw new InvalidInput({ sentence: 'The sample service makes its key by itself.' });
  }
  return service;
}
