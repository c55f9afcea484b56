// What calls ARM: one client for each endpoint and each token's owner, made when it is first needed.

import * as l10n from '@vscode/l10n';
import { tokenCredential } from '../../arm/tokenCredential';
import type { Arm, ArmEndpoint } from '../../model/arm';
import { ArmFailed, Cancelled } from '../../model/errors';
import type { Accounts } from './account';
import type { Cloud } from './endpoints';
import type { ArmOf } from './instance';
import type { Identity } from './items';
import type { SampleApim } from './sampleApim';

/** What it needs from outside. */
export interface ArmClientsParts {
  readonly cloud: () => Cloud;
  readonly accounts: Pick<Accounts, 'token'>;
  /** The sample's instance while the sample runs. */
  readonly sample: () => SampleApim | undefined;
  readonly create: (endpoint: ArmEndpoint) => Promise<Arm>;
  /** Whose subscription it is, as far as that was seen. */
  readonly ownerOf: (subscriptionId: string) => Identity | undefined;
}

/** All clients. */
export class ArmClients {
  private readonly clients = new Map<string, Promise<Arm>>();

  constructor(private readonly parts: ArmClientsParts) {}

  /** What calls the endpoint of an instance. Throws ArmFailed where that is neither the sample's nor the one that is set. */
  readonly armOf: ArmOf = async ({ endpointUrl, id }) => {
    if (endpointUrl === this.parts.sample()?.endpoint) return this.client(`sample|${endpointUrl}`, this.sampleEndpoint(endpointUrl));
    const cloud = this.parts.cloud();
    // A cloud has no plain http. The sample has ended, or runs elsewhere since it was started again.
    if (endpointUrl !== cloud.endpointUrl && new URL(endpointUrl).protocol === 'http:') throw sampleEnded(endpointUrl);
    if (endpointUrl !== cloud.endpointUrl) throw otherEndpoint(endpointUrl, cloud.endpointUrl);
    const subscriptionId = id?.split('/')[2];
    return this.armFor((subscriptionId === undefined ? undefined : this.parts.ownerOf(subscriptionId)) ?? {});
  };

  /** What calls the endpoint of the cloud that is set, with somebody's token. */
  async armFor({ accountId, tenantId }: Identity): Promise<Arm> {
    const { endpointUrl } = this.parts.cloud();
    const identity = { accountId, tenantId };
    return this.client(JSON.stringify([endpointUrl, accountId ?? '', tenantId ?? '']), {
      url: endpointUrl,
      credential: async ({ renew, signal }) => {
        if (signal.aborted) throw new Cancelled();
        // The setting may be another one meanwhile, and with it the tokens that are given out.
        const now = this.parts.cloud().endpointUrl;
        if (now !== endpointUrl) throw otherEndpoint(endpointUrl, now);
        return tokenCredential(endpointUrl, await this.parts.accounts.token(identity, renew));
      },
    });
  }

  private sampleEndpoint(url: string): ArmEndpoint {
    return {
      url,
      credential: async () => {
        const sample = this.parts.sample();
        if (sample?.endpoint !== url) throw sampleEnded(url);
        return tokenCredential(url, sample.token);
      },
    };
  }

  /** The same one for the same owner: the client lets writes to one instance wait for one another. */
  private client(key: string, endpoint: ArmEndpoint): Promise<Arm> {
    const known = this.clients.get(key);
    if (known) return known;
    const made = this.parts.create(endpoint);
    this.clients.set(key, made);
    made.catch(() => this.clients.delete(key));
    return made;
  }
}

function otherEndpoint(url: string, now: string): ArmFailed {
  return new ArmFailed({
    sentence: l10n.t('This was found at {0}, and now {1} is asked.', url, now),
    advice: l10n.t('Set the cloud or the address that it was found at, or remove it from the list.'),
    actions: ['openSettings'],
  }, 'other');
}

function sampleEnded(url: string): ArmFailed {
  return new ArmFailed({
    sentence: l10n.t('Sample API Management does not run at {0}.', url),
    advice: l10n.t('It comes with the sample service: start that. Where it runs at another address by now, begin anew with what is there.'),
    actions: ['startSample'],
  }, 'network');
}
