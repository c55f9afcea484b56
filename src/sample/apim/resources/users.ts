// Users of the instance. They have no password here: nobody signs in to a sample.

import { ArmProblem, invalid } from '../armProblem';
import { argument } from '../query';
import { choice, required, text, without } from '../read';
import type { Accepted, Kind, Write } from './kind';
import { subscriptionsOfUser } from './subscriptions';

/** Users. */
export const userKind: Kind = {
  noun: 'User',
  accept,
  show: ({ properties }, how, { id }) => (how === 'written' ? { ...properties, groups: [developers(id)] } : properties),
  remove: (instance, path, query) => {
    if (path === administrator) throw new ArmProblem(400, 'ValidationError', 'The built-in user Administrator cannot be deleted.');
    const subscriptions = subscriptionsOfUser(instance, path);
    if (subscriptions.length > 0 && argument(query, 'deleteSubscriptions')?.toLowerCase() !== 'true') {
      const sentence = 'Cannot delete a user who has subscriptions. Delete them first, or with the user by deleteSubscriptions=true.';
      throw new ArmProblem(400, 'ValidationError', sentence);
    }
    for (const each of [...subscriptions.map((own) => own.path), path]) instance.store.delete(each);
  },
};

/** The user whom each instance has. */
const administrator = '/users/1';

function accept({ instance, path, former, properties }: Write): Accepted {
  const [email = '', firstName = '', lastName = ''] = required(properties, ['email', 'firstName', 'lastName'], 254);
  const taken = instance.store.children('/users').some((each) => each.path.toLowerCase() !== path.toLowerCase()
    && text(each.properties, 'email')?.toLowerCase() === email.toLowerCase());
  if (taken) throw invalid(['email', `There is a user with the e-mail address '${email}' already.`]);
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
