// Publishing into Sample API Management over real sockets, as the editor does it: client, definition, plan and steps.

import { createArm } from '../../../../../src/arm/arm';
import { tokenCredential } from '../../../../../src/arm/tokenCredential';
import type { JobFiles, SecretBox } from '../../../../../src/base/ports';
import { define } from '../../../../../src/features/apim/definition/define';
import type { ApiChoices, ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import type { PublishJournal } from '../../../../../src/features/apim/publish/journal';
import { makePlan } from '../../../../../src/features/apim/publish/plan';
import { newPublishing } from '../../../../../src/features/apim/publish/publishing';
import { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { createTransport } from '../../../../../src/http/transport';
import type { Arm } from '../../../../../src/model/arm';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { publishedAs } from '../../../../../src/protocols/registry';
import { instanceId } from '../../../../../src/sample/apim/place';

export const serviceKey = 'key-of-the-service-0123456789';
export const publishKey = '0mx1eapqv-ucqqn66hm4pz';
const path = 'workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210';

/** Where an instance is, and what opens it. */
export interface Place {
  readonly endpoint: string;
  readonly gateway: string;
  readonly token: string;
}

export function still(): AbortSignal {
  return new AbortController().signal;
}

export function instanceAt({ endpoint, gateway }: Pick<Place, 'endpoint' | 'gateway'>): ApimInstance {
  const [, , subscriptionId = '', , resourceGroup = '', , , , name = ''] = instanceId.split('/');
  return { id: instanceId, endpointUrl: endpoint, sample: true, name, resourceGroup, subscriptionId, gatewayUrls: [gateway] };
}

/** A client whose waits are short; close what comes with it. */
export function clientAt({ endpoint, token }: Pick<Place, 'endpoint' | 'token'>): { readonly arm: Arm; readonly close: () => void } {
  const transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  const clock = { sleep: (ms: number): Promise<void> => new Promise((done) => setTimeout(done, Math.min(ms, 10))) };
  const credential = tokenCredential(endpoint, token);
  return {
    arm: createArm({ url: endpoint, credential: () => Promise.resolve(credential) }, { transport, clock, log: () => undefined }),
    close: () => void transport.close(),
  };
}

/** The definition of a service at `backend`. */
export async function definitionOf(backend: string, choices: Partial<ApiChoices> = {}): Promise<ApiDefinition> {
  const read = endpointAt(`${backend}/${path}`);
  if (!read.ok) throw new Error(read.reason);
  const service = toService({ name: 'Weather', endpoint: read.endpoint });
  return define({
    service, published: await publishedAs(service, undefined),
    choices: {
      apiId: 'azureml-demo', displayName: 'AzureML Demo API', path: 'azureml-demo', product: { kind: 'existing', id: 'starter', displayName: 'Starter' },
      subscription: { id: 'team-a', displayName: 'Team A' }, rateLimit: { calls: 20, seconds: 60, by: 'subscription' },
      quota: { calls: 1000, seconds: 604_800 }, shortPaths: false, addsKey: true, ...choices,
    },
  });
}

/** A publishing that is planned and written down. */
export async function planned(arm: Arm, instance: ApimInstance, definition: ApiDefinition, journal: PublishJournal): Promise<PublishSteps> {
  const publishing = newPublishing(publishKey, 1, instance, definition, await makePlan(arm, instance, definition, still()));
  return new PublishSteps({ arm, journal, askServiceKey: () => Promise.resolve(serviceKey) }, await journal.write(publishing));
}

/** The publishing as a new window finds it. */
export async function found(arm: Arm, journal: PublishJournal): Promise<PublishSteps> {
  const entry = await journal.read(publishKey);
  if (entry.kind !== 'publishing') throw new Error(`There is none: ${entry.kind}`);
  return new PublishSteps({ arm, journal, askServiceKey: () => Promise.resolve(serviceKey) }, entry.publishing);
}

/** Secrets as texts in files, which a store of its own would keep as well when a process is killed. */
export function boxOf(files: Pick<JobFiles, 'read' | 'write' | 'remove'>): SecretBox {
  return {
    get: (name) => files.read(`secret-${name}`), store: (name, value) => files.write(`secret-${name}`, value), delete: (name) => files.remove(`secret-${name}`),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
