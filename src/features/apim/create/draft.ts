// What is typed into the form of a new instance, and what is wrong with it before anybody is asked.

import * as l10n from '@vscode/l10n';
import { firstTier, isTier } from './tiers';

/** The fields as they stand in the form. Nothing in it is secret. */
export interface CreateDraft {
  readonly name: string;
  /** Id of an Azure subscription, `sample`, or empty. */
  readonly subscription: string;
  /** Name of a resource group, or empty for a new one. */
  readonly group: string;
  /** Name of the new resource group. */
  readonly newGroup: string;
  readonly location: string;
  readonly tier: string;
  readonly organisation: string;
  readonly email: string;
}

/** In the place of a subscription's id: the sample's. */
export const sampleSubscription = 'sample';

/** The fields in which something can be wrong. */
export type CreateField = keyof CreateDraft;

/** What is wrong, by fields, in sentences. */
export type CreateProblems = Readonly<Partial<Record<CreateField, string>>>;

/** An empty form. */
export const emptyDraft: CreateDraft = {
  name: '', subscription: '', group: '', newGroup: '', location: '', tier: firstTier, organisation: '', email: '',
};

/** Longest texts that the service takes, in UTF-16 units. */
const most = { name: 50, group: 90, organisation: 100, email: 100 };

/** Why a text is no name of an instance; undefined where it may be one. An empty text is none, too. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return l10n.t('The instance needs a name: it becomes a part of its address.');
  if (name.length > most.name) return l10n.t('A name has at most {0} characters.', String(most.name));
  if (!/^[a-zA-Z]/.test(name)) return l10n.t('A name begins with a letter.');
  if (!/^[a-zA-Z0-9-]+$/.test(name)) return l10n.t('A name is made of letters, digits and hyphens.');
  return name.endsWith('-') ? l10n.t('A name ends with a letter or a digit.') : undefined;
}

/** Why a text is no name of a resource group. */
export function groupProblem(name: string): string | undefined {
  if (name === '') return l10n.t('The new resource group needs a name.');
  if (name.length > most.group) return l10n.t('A name of a resource group has at most {0} characters.', String(most.group));
  if (!/^[\p{L}\p{N}_\-.()]+$/u.test(name)) {
    return l10n.t('A name of a resource group is made of letters, digits, underscores, hyphens, periods and parentheses.');
  }
  return name.endsWith('.') ? l10n.t('A name of a resource group does not end with a period.') : undefined;
}

/** Why a text is no e-mail address, as far as its shape goes. */
export function emailProblem(email: string): string | undefined {
  if (email === '') return l10n.t('The administrator needs an e-mail address: the service sends its news there.');
  if (email.length > most.email) return l10n.t('An e-mail address here has at most {0} characters.', String(most.email));
  const [before = '', host = '', ...more] = email.split('@');
  const parts = host.split('.');
  const ok = before !== '' && more.length === 0 && parts.length > 1 && parts.every((part) => part !== '') && !/[\s<>",;]/.test(email);
  return ok ? undefined : l10n.t('Enter an e-mail address, such as name@contoso.com.');
}

/** What is wrong with a draft by itself, of fields that were touched: who has just opened the form has done nothing wrong yet. */
export function checkDraft(draft: CreateDraft, touched: ReadonlySet<CreateField>): CreateProblems {
  const all: Readonly<Record<CreateField, string | undefined>> = {
    name: nameProblem(draft.name),
    subscription: draft.subscription === '' ? l10n.t('Choose who pays: an Azure subscription, or the sample.') : undefined,
    group: undefined,
    newGroup: draft.group === '' ? groupProblem(draft.newGroup) : undefined,
    location: draft.location === '' ? l10n.t('Choose where the instance is to run.') : undefined,
    tier: isTier(draft.tier) ? undefined : l10n.t('Choose a tier.'),
    organisation: organisationProblem(draft.organisation),
    email: emailProblem(draft.email),
  };
  return Object.fromEntries(Object.entries(all).filter(([field, problem]) => problem !== undefined && isTouched(field, touched)));
}

function isTouched(field: string, touched: ReadonlySet<string>): boolean {
  return touched.has(field);
}

function organisationProblem(name: string): string | undefined {
  if (name === '') return l10n.t('The organisation needs a name: it stands on the portal for developers and in e-mails.');
  if (name.length <= most.organisation) return undefined;
  return l10n.t('A name of an organisation has at most {0} characters.', String(most.organisation));
}

/** All fields, in the order in which they stand on the page. */
export const createFields: readonly CreateField[] = [
  'name', 'subscription', 'group', 'newGroup', 'location', 'tier', 'organisation', 'email',
];

/** The draft without blanks around what was typed. */
export function trimmed(draft: CreateDraft): CreateDraft {
  const { name, newGroup, organisation, email } = draft;
  return { ...draft, name: name.trim(), newGroup: newGroup.trim(), organisation: organisation.trim(), email: email.trim() };
}
