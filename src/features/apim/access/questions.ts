// What is asked before somebody's keys stop to work or something is deleted: who is hit, by the names that people know.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import type { Affected } from './affected';
import type { KeyHolder } from './productUsers';
import type { WhichKey } from './reads';

/** A question with its button. */
export interface Question {
  readonly question: string;
  /** A sentence a line. */
  readonly detail: string;
  readonly yes: string;
}

/** What a question about a subscription is made of. */
export interface SubscriptionFacts {
  readonly title: string;
  readonly instance: string;
  readonly affected: Affected;
  /** Names of the services of this editor that use its keys; undefined where the keys could not be read. */
  readonly services: readonly string[] | undefined;
  /** True where something changed since the person was asked last. */
  readonly again: boolean;
}

/** What a question about a product is made of. */
export interface ProductFacts {
  /** The subscriptions for it. */
  readonly holders: readonly KeyHolder[];
  /** False where services of this editor may use its keys that are not named, since not all of the keys could be read. */
  readonly isAll: boolean;
  /** True where its APIs are called without a key, too. */
  readonly open: boolean;
}

/** So many names are told; of more there is a number. */
export const mostNames = 8;

/** Names in a sentence. */
export function listed(names: readonly string[]): string {
  return counted(names.slice(0, mostNames).map((name) => `"${name}"`), names.length);
}

function holdersListed(holders: readonly KeyHolder[]): string {
  return counted(holders.slice(0, mostNames).map(({ title, owner }) =>
    (owner === undefined ? l10n.t('"{0}" (no owner)', title) : l10n.t('"{0}" (owner: {1})', title, owner))), holders.length);
}

function counted(told: readonly string[], all: number): string {
  const more = all - told.length;
  return more > 0 ? l10n.t('{0} and {1} more', told.join(', '), formatCount(more)) : told.join(', ');
}

/** Before a key is made anew. */
export function regenerateQuestion(facts: SubscriptionFacts, which: WhichKey): Question {
  const isPrimary = which === 'primary';
  const { title, instance } = facts;
  return {
    question: isPrimary
      ? l10n.t('Regenerate the primary key of the subscription "{0}" of {1}?', title, instance)
      : l10n.t('Regenerate the secondary key of the subscription "{0}" of {1}?', title, instance),
    detail: lines(
      isPrimary
        ? l10n.t('Callers with the primary key get 401 from then on; the secondary key goes on to work. This cannot be undone.')
        : l10n.t('Callers with the secondary key get 401 from then on; the primary key goes on to work. This cannot be undone.'),
      ...hitLines(facts),
    ),
    yes: isPrimary ? l10n.t('Regenerate Primary Key') : l10n.t('Regenerate Secondary Key'),
  };
}

/** Before a subscription is suspended. */
export function suspendQuestion(facts: SubscriptionFacts): Question {
  return {
    question: l10n.t('Suspend the subscription "{0}" of {1}?', facts.title, facts.instance),
    detail: lines(l10n.t('Callers with either of its keys get 401 until it is activated again.'), ...hitLines(facts)),
    yes: l10n.t('Suspend'),
  };
}

/** Before a subscription is cancelled. */
export function cancelQuestion(facts: SubscriptionFacts): Question {
  return {
    question: l10n.t('Cancel the subscription "{0}" of {1}?', facts.title, facts.instance),
    detail: lines(
      l10n.t('Callers with either of its keys get 401. Its owner sees it as cancelled; here it can be activated again.'),
      ...hitLines(facts),
    ),
    yes: l10n.t('Cancel Subscription'),
  };
}

/** Before a subscription is deleted. */
export function deleteSubscriptionQuestion(facts: SubscriptionFacts): Question {
  return {
    question: l10n.t('Delete the subscription "{0}" of {1}?', facts.title, facts.instance),
    detail: lines(l10n.t('Both of its keys are gone for good, and callers with them get 401.'), ...hitLines(facts)),
    yes: l10n.t('Delete'),
  };
}

/**
 * Before an API is taken out of a product. Of the services of this editor that use its keys, `calling` are those that call the API, and
 * `perhaps` those of which it cannot be told.
 */
export function removeApiQuestion(
  api: string, product: string,
  { holders, open, ...users }: ProductFacts & { readonly calling: readonly string[]; readonly perhaps: readonly string[] },
): Question {
  return {
    question: l10n.t('Remove the API "{0}" from the product "{1}"?', api, product),
    detail: lines(
      open ? openLine() : undefined,
      ...(holders.length === 0
        ? [l10n.t('Nobody has a subscription for the product. The API itself stays.')]
        : [
          holders.length === 1
            ? l10n.t('Callers with keys of this subscription get 401 from the API: {0}.', holdersListed(holders))
            : l10n.t('Callers with keys of these subscriptions get 401 from the API: {0}.', holdersListed(holders)),
          ...callerLines(users),
          l10n.t('The API itself stays, and can be added again.'),
        ]),
    ),
    yes: l10n.t('Remove'),
  };
}

/** Before a product is deleted. `services` are those of this editor that use its keys. */
export function deleteProductQuestion(
  product: string, instance: string, { apis, holders, open, again, ...users }: ProductFacts & {
    readonly apis: readonly string[]; readonly services: readonly string[]; readonly again: boolean;
  },
): Question {
  return {
    question: l10n.t('Delete the product "{0}" of {1}?', product, instance),
    detail: lines(
      again ? changedSince() : undefined,
      open ? openLine() : undefined,
      ...(holders.length === 0
        ? [l10n.t('Nobody has a subscription for it.')]
        : [
          holders.length === 1
            ? l10n.t('This subscription is deleted with it, and callers with its keys get 401: {0}.', holdersListed(holders))
            : l10n.t('These subscriptions are deleted with it, and callers with their keys get 401: {0}.', holdersListed(holders)),
          ...userLines(users),
        ]),
      apis.length === 0
        ? undefined
        : apis.length === 1
          ? l10n.t('This API stays, without it: {0}.', listed(apis))
          : l10n.t('These APIs stay, without it: {0}.', listed(apis)),
      l10n.t('Its limits and policies are deleted, too. This cannot be undone.'),
    ),
    yes: l10n.t('Delete'),
  };
}

function callerLines(
  { calling, perhaps, isAll }: { readonly calling: readonly string[]; readonly perhaps: readonly string[]; readonly isAll: boolean },
): readonly (string | undefined)[] {
  const isNone = calling.length + perhaps.length === 0;
  return [
    isNone && isAll ? l10n.t('No service in this sidebar calls the API with a key of the product.') : undefined,
    calling.length === 0
      ? undefined
      : calling.length === 1
        ? l10n.t('This service in this sidebar calls the API with a key of the product: {0}.', listed(calling))
        : l10n.t('These services in this sidebar call the API with a key of the product: {0}.', listed(calling)),
    perhaps.length === 0
      ? undefined
      : perhaps.length === 1
        ? l10n.t('This service in this sidebar uses a key of the product, and may call the API: {0}.', listed(perhaps))
        : l10n.t('These services in this sidebar use a key of the product, and may call the API: {0}.', listed(perhaps)),
    isAll ? undefined : notReadLine(isNone),
  ];
}

function userLines(
  { services, isAll }: { readonly services: readonly string[]; readonly isAll: boolean },
): readonly (string | undefined)[] {
  const isNone = services.length === 0;
  return [
    isNone
      ? isAll ? l10n.t('No service in this sidebar uses a key of the product.') : undefined
      : services.length === 1
        ? l10n.t('This service in this sidebar uses a key of the product: {0}.', listed(services))
        : l10n.t('These services in this sidebar use a key of the product: {0}.', listed(services)),
    isAll ? undefined : notReadLine(isNone),
  ];
}

function notReadLine(isNone: boolean): string {
  return isNone
    ? l10n.t('Whether services in this sidebar use a key of the product is not known: your account may not read all of its keys.')
    : l10n.t('Whether more services in this sidebar use a key of the product is not known: your account may not read all of its keys.');
}

/** Before a product is hidden or shown where it is another by now than the person was told. */
export function changedSince(): string {
  return l10n.t('It was changed by somebody else since you were asked.');
}

/** Before a key goes to the clipboard. */
export function copyKeyDetail(allAccess: boolean): string {
  return lines(
    allAccess
      ? l10n.t('It opens every API of the instance, and the limits of products do not apply to it. Give callers another one.')
      : undefined,
    l10n.t('Whoever has it can call what the subscription opens. It goes to the clipboard and nowhere else.'),
  );
}

/** Before a service is given a key that opens everything. */
export function allAccessUseQuestion(title: string, service: string): Question {
  return {
    question: l10n.t('Use a key of the subscription "{0}" for {1}?', title, service),
    detail: l10n.t('It opens every API of the instance, and the limits of products do not apply to it. One for a product is safer.'),
    yes: l10n.t('Use All-Access Key'),
  };
}

/** Before a subscription is made that opens everything. */
export function allAccessCreateQuestion(instance: string): Question {
  return {
    question: l10n.t('Create a subscription for all APIs of {0}?', instance),
    detail: l10n.t(
      'Its keys open every API of the instance, now and later, and the limits of products do not apply to them. Do not give them away.',
    ),
    yes: l10n.t('Create for All APIs'),
  };
}

function hitLines({ affected: { scope, owner }, services, again }: SubscriptionFacts): readonly (string | undefined)[] {
  return [
    again ? changedSince() : undefined,
    scopeLine(scope),
    owner === undefined ? l10n.t('It has no owner: whoever was given its keys calls with them.') : l10n.t('Its owner is {0}.', owner),
    services === undefined
      ? l10n.t('Whether services in this sidebar use it is not known: your account may not read its keys.')
      : services.length === 0
        ? l10n.t('No service in this sidebar uses it.')
        : services.length === 1
          ? l10n.t('This service in this sidebar uses it: {0}.', listed(services))
          : l10n.t('These services in this sidebar use it: {0}.', listed(services)),
  ];
}

function scopeLine(scope: Affected['scope']): string | undefined {
  switch (scope.kind) {
    case 'product':
      return scope.apis.length === 0
        ? l10n.t('It opens the product "{0}", which has no API.', scope.title)
        : scope.apis.length === 1
          ? l10n.t('It opens the product "{0}" with this API: {1}.', scope.title, listed(scope.apis))
          : l10n.t('It opens the product "{0}" with these APIs: {1}.', scope.title, listed(scope.apis));
    case 'api':
      return l10n.t('It opens the API "{0}".', scope.title);
    case 'all':
      return l10n.t('It opens every API of the instance.');
    case 'unknown':
      return scope.text === '' ? undefined : l10n.t('It opens {0}.', scope.text);
    default:
      return scope satisfies never;
  }
}

function openLine(): string {
  return l10n.t('The product is open: callers without a key lose its APIs with it, unless another open product has them.');
}

function lines(...all: readonly (string | undefined)[]): string {
  return all.filter((line) => line !== undefined).join('\n');
}
