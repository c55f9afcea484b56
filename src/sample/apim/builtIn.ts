// What a new instance has before anybody has made anything: two products, the all-access subscription, and the administrator. One of the
// Consumption tier has neither products nor users.

import type { Instance } from './armCall';
import { makeSubscriptionKey } from './resources/subscriptions';

const lines = (...all: readonly string[]): string => all.join('\r\n');

/** Limits of the product Starter: 5 calls a minute, 100 a week. */
const starterPolicy = lines(
  '<policies>',
  '\t<inbound>',
  '\t\t<rate-limit calls="5" renewal-period="60" />',
  '\t\t<quota calls="100" renewal-period="604800" />',
  '\t\t<base />',
  '\t</inbound>',
  '\t<backend>',
  '\t\t<base />',
  '\t</backend>',
  '\t<outbound>',
  '\t\t<base />',
  '\t</outbound>',
  '\t<on-error>',
  '\t\t<base />',
  '\t</on-error>',
  '</policies>',
);

/** The policy of all APIs. */
const globalPolicy = lines(
  '<policies>',
  '\t<inbound />',
  '\t<backend>',
  '\t\t<forward-request />',
  '\t</backend>',
  '\t<outbound />',
  '\t<on-error />',
  '</policies>',
);

/** Fills a store that is empty. */
export function fillStore(instance: Instance): void {
  const { id, store, sku, now } = instance;
  const at = new Date(now()).toISOString();
  if (sku !== 'Consumption') fillProducts(instance, at);
  store.put('/policies/policy', { format: 'rawxml', value: globalPolicy });
  store.put('/subscriptions/master', {
    scope: `${id}/`,
    displayName: 'Built-in all-access subscription',
    state: 'active',
    createdDate: at,
    startDate: null,
    expirationDate: null,
    endDate: null,
    notificationDate: null,
    primaryKey: makeSubscriptionKey(),
    secondaryKey: makeSubscriptionKey(),
    stateComment: null,
    allowTracing: true,
  });
}

function fillProducts({ store }: Instance, at: string): void {
  const product = { terms: '', subscriptionRequired: true, approvalRequired: false, subscriptionsLimit: 1, state: 'published' };
  store.put('/users/1', {
    firstName: 'Administrator',
    lastName: '',
    email: 'sample@sample.invalid',
    state: 'active',
    registrationDate: at,
    note: null,
    identities: [{ provider: 'Azure', id: 'sample@sample.invalid' }],
  });
  store.put('/products/starter', {
    displayName: 'Starter',
    description: 'For trying: 5 calls a minute, and at most 100 in a week.',
    ...product,
  });
  store.put('/products/starter/policies/policy', { format: 'rawxml', value: starterPolicy });
  store.put('/products/unlimited', {
    displayName: 'Unlimited',
    description: 'No limit on calls. An administrator has to agree.',
    ...product,
    terms: null,
    approvalRequired: true,
  });
}
