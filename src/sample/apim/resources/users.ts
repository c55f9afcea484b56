// Users of the instance. They have no password here: nobody signs in to a sample.

import { choice, required, text, without } from '../read';
import type { Accepted, Kind, Write } from './kind';

/** Users. */
export const userKind: Kind = {
  noun: 'User',
  accept,
  show: ({ properties }, how, { id }) => (how === 'written' ? { ...properties, groups: [developers(id)] } : properties),
};

function accept({ instance, former, properties }: Write): Accepted {
  const [email = '', firstName = '', lastName = ''] = required(properties, ['email', 'firstName', 'lastName'], 254);
  const own = {
    firstName,
    lastName,
    email,
    state: choice(properties, 'state', ['active', 'blocked', 'pending', 'deleted'], 'active'),
    registrationDate: text(former?.properties ?? {}, 'registrationDate') ?? new Date(instance.now()).toISOString(),
    note: text(properties, 'note') ?? null,
    identities: [{ provider: 'Basic', id: email }],
  };
  const secret = ['password', 'confirmation', 'appType', 'groups'];
  return { properties: { ...own, ...without(properties, ...Object.keys(own), ...secret) } };
}

function developers(id: string): object {
  const description = 'Those who have signed in. The system decides who belongs to it.';
  return { id: `${id}/groups/developers`, name: 'Developers', description, builtIn: true, type: 'system', externalId: null };
}
