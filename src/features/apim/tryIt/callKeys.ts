// The keys of one call, read at the moment of the call and kept nowhere: each for the address that it is for, and for no other.

import * as l10n from '@vscode/l10n';
import { isForAudience, withCredential, type Credential } from '../../../model/credential';
import { InvalidInput } from '../../../model/errors';
import type { Secrets, Service } from '../../../model/service';
import { keyCredential } from '../../../protocols/credential';
import type { CallDraft } from '../../tryIt';
import { readKeys } from '../access/reads';
import { subscriptionPath } from '../access/writes';
import type { Entry } from '../items';
import type { ArmPlace } from '../publish/reading';
import type { SavedServices } from './calledService';
import { storedKey } from './keyChoices';

/** Where the keys of services are. */
export interface KeyParts extends Pick<SavedServices, 'audienceOf'> {
  readonly secretsOf: (service: Service) => Promise<Secrets>;
}

/** Which keys a call takes along. */
export interface ChosenKeys {
  readonly draft: Pick<CallDraft, 'base' | 'key' | 'serviceKey'>;
  /** The service of the sidebar whose keys are offered. */
  readonly service: Service | undefined;
  /** The subscription whose key was chosen. */
  readonly subscription?: Entry | undefined;
  readonly keyHeader: string;
}

/** Throws InvalidInput where a key of the secret store was chosen that is not for this address. */
export function requireOwnAddress(
  { audienceOf }: Pick<KeyParts, 'audienceOf'>, { draft, service }: Pick<ChosenKeys, 'draft' | 'service'>, url: string,
): void {
  if (!service || !(draft.serviceKey || draft.key === storedKey)) return;
  const audience = audienceOf(service);
  if (isForAudience(audience, url)) return;
  throw new InvalidInput({
    sentence: l10n.t(
      'The keys of "{0}" are for its own address alone, and this call goes to another one, so nothing was sent.', service.name,
    ),
    detail: audience,
    advice: l10n.t('Choose the key of a subscription, and leave the API key out; or call the address of the service.'),
  });
}

/** The credential of the keys that were chosen. Throws InvalidInput where one is not there, ArmFailed and Cancelled. */
export async function callCredential(parts: KeyParts, place: ArmPlace, chosen: ChosenKeys): Promise<Credential> {
  const { draft, subscription, keyHeader } = chosen;
  const own = subscription ? { subscriptionKey: await keyOf(place, subscription) } : {};
  return withCredential(keyCredential(draft.base, keyHeader, own), await storedCredential(parts, chosen));
}

/** What the secret store has, for the address that it was saved for; undefined where nothing of it was chosen. */
async function storedCredential(
  { secretsOf, audienceOf }: KeyParts, { draft, service, keyHeader }: ChosenKeys,
): Promise<Credential | undefined> {
  if (!draft.serviceKey && draft.key !== storedKey) return undefined;
  const { serviceKey, subscriptionKey } = service ? await secretsOf(service) : {};
  if (draft.key === storedKey && subscriptionKey === undefined) {
    throw new InvalidInput({
      sentence: l10n.t('The secret store has no subscription key for this API any more, so nothing was sent.'),
      advice: l10n.t('Choose a subscription on the page, or set the key again.'),
    });
  }
  if (draft.serviceKey && serviceKey === undefined) {
    throw new InvalidInput({
      sentence: l10n.t('The secret store has no API key for this API any more, so nothing was sent.'),
      advice: l10n.t('Leave the API key out on the page, or set it again.'),
    });
  }
  return service && keyCredential(audienceOf(service), keyHeader, {
    ...(draft.serviceKey && serviceKey !== undefined ? { serviceKey } : {}),
    ...(draft.key === storedKey && subscriptionKey !== undefined ? { subscriptionKey } : {}),
  });
}

/** A key of a subscription. Throws InvalidInput where it has none, ArmFailed and Cancelled. */
export async function keyOf(place: ArmPlace, { name, title }: Entry): Promise<string> {
  const { primary, secondary } = await readKeys(place, subscriptionPath(name));
  const key = primary ?? secondary;
  if (key !== undefined) return key;
  const { id } = place.instance;
  throw new InvalidInput({ sentence: l10n.t('{0} gave no key of "{1}".', id.slice(id.lastIndexOf('/') + 1), title) });
}
