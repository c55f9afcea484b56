// The form of a new instance: name, who pays, where, which tier, who runs it. What Azure says of a field stands at that field.

import * as l10n from '@vscode/l10n';
import type { CreateDraft, CreateField, OfferedList, ToCreatePage } from '../../src/features/apim/create/messages';
import { button, h } from '../kit/elements';
import { selectRow, textRow, type FormRow, type RowChoice } from '../kit/formRow';
import { drawHeader } from '../kit/header';
import { drawNote, nameNote, type Note } from './notes';
import { drawTiers } from './tiers';

/** What the form tells. */
export interface FormEvents {
  readonly change: (draft: CreateDraft, field: CreateField) => void;
  readonly submit: (draft: CreateDraft) => void;
  readonly ask: (what: 'restore' | 'register' | 'reload' | 'price' | 'signIn') => void;
}

/** The form on the page. */
export interface InstanceForm {
  readonly element: HTMLElement;
  /** Shows what the editor knows; `withFields` also puts the fields as they are to be. */
  readonly show: (message: ToCreatePage, withFields: boolean) => void;
  /** Leads to the first field that is wrong. */
  readonly lead: () => void;
  readonly focus: () => void;
}

type SelectRow = ReturnType<typeof selectRow>;

/** Draws it with what the editor says. */
export function drawForm(message: ToCreatePage, signal: AbortSignal, events: FormEvents): InstanceForm {
  const { draft } = message;
  let busy = message.busy;
  const told = (field: CreateField) => (): void => {
    newGroup.element.hidden = group.value() !== '';
    events.change(current(), field);
  };
  const name = textRow({
    id: 'name', label: l10n.t('Name'), value: draft.name, onChange: told('name'),
    help: l10n.t('Part of the gateway address, so it must be unique in all of Azure.'),
  });
  const subscription = selectRow({
    id: 'subscription', label: l10n.t('Azure subscription'), choices: [], onChange: told('subscription'),
    help: l10n.t('The subscription that is billed.'),
  });
  const group = selectRow({ id: 'group', label: l10n.t('Resource group'), choices: [], onChange: told('group') });
  const newGroup = textRow({
    id: 'new-group', label: l10n.t('Name of the new resource group'), value: draft.newGroup, onChange: told('newGroup'),
  });
  const location = selectRow({
    id: 'location', label: l10n.t('Location'), choices: [], onChange: told('location'),
    help: l10n.t('Choose a location near the services that it calls.'),
  });
  const tiers = drawTiers(message.tiers, draft.tier, told('tier'));
  const organisation = textRow({
    id: 'organisation', label: l10n.t('Organization name'), value: draft.organisation, onChange: told('organisation'),
    help: l10n.t('Shown in the developer portal and in e-mails.'),
  });
  const email = textRow({
    id: 'email', label: l10n.t('Administrator e-mail'), value: draft.email, onChange: told('email'),
    help: l10n.t('Notifications from the service are sent there.'),
  });
  const current = (): CreateDraft => ({
    name: name.value(), subscription: subscription.value(), group: group.value(), newGroup: newGroup.value(), location: location.value(),
    tier: tiers.value(), organisation: organisation.value(), email: email.value(),
  });
  const notes = {
    name: drawNote(), subscription: drawNote(), group: drawNote(), location: drawNote(),
  };
  name.element.append(notes.name.element);
  subscription.element.append(notes.subscription.element);
  group.element.append(notes.group.element);
  location.element.append(notes.location.element);

  const submit = (): void => {
    if (!busy) events.submit(current());
  };
  const header = drawHeader({
    title: l10n.t('Create API Management Instance'), factsLabel: l10n.t('About this form'), facts: [],
    actions: { primary: { id: 'submit', label: l10n.t('Create…'), icon: 'goTo', run: submit }, signal },
  });
  const primary = header.querySelector('.button.primary');
  const section = (title: string, ...rows: readonly HTMLElement[]): HTMLElement =>
    h('section', { class: 'instance-group', 'aria-label': title }, h('h2', {}, title), ...rows);
  const rows = (...all: readonly { readonly element: HTMLElement }[]): HTMLElement =>
    h('div', { class: 'form-rows' }, ...all.map((row) => row.element));
  const price = h('p', { class: 'muted' });
  const form = h('div', { class: 'instance-form', role: 'form', 'aria-label': l10n.t('Create API Management Instance') },
    section(l10n.t('Instance'), rows(name, subscription, group, newGroup, location)),
    section(l10n.t('Tier'), tiers.element, h('div', { class: 'instance-price' }, price, button({
      label: l10n.t('Show Prices'), icon: 'open', focusKey: 'price', run: () => events.ask('price'),
    }))),
    section(l10n.t('Administration'), rows(organisation, email)));
  form.addEventListener('keydown', (event) => {
    const isLine = event.target instanceof Element && event.target.localName === 'vscode-textfield';
    if (event.key !== 'Enter' || event.isComposing || !isLine) return;
    event.preventDefault();
    submit();
  }, { signal });

  const fields: readonly (readonly [CreateField, Pick<FormRow<unknown>, 'say' | 'focus'>])[] = [
    ['name', name], ['subscription', subscription], ['group', group], ['newGroup', newGroup], ['location', location], ['tier', tiers],
    ['organisation', organisation], ['email', email],
  ];
  const said = new Map<CreateField, string | undefined>();
  const offered = new Map<SelectRow, string>();
  const offer = (row: SelectRow, list: OfferedList, first: RowChoice, value: string): void => {
    const items = [first, ...(list.kind === 'there' ? list.items : [])];
    // What was chosen before stays while it is loaded.
    const all = items.some((each) => each.value === value) ? items : [...items, { value, label: value }];
    const key = JSON.stringify([all, value]);
    if (offered.get(row) === key) return;
    offered.set(row, key);
    if (row.value() !== value || row.element.dataset['offered'] !== JSON.stringify(all)) row.offer(all, value);
    row.element.dataset['offered'] = JSON.stringify(all);
  };
  return {
    element: h('div', { class: 'instance-page' }, header, h('div', { class: 'instance-body' }, form)),
    show: (now, withFields) => {
      const wish = withFields ? now.draft : current();
      offer(subscription, now.subscriptions, { value: '', label: l10n.t('Choose…') }, wish.subscription);
      offer(group, now.groups, { value: '', label: l10n.t('New resource group') }, wish.group);
      offer(location, now.locations, { value: '', label: l10n.t('Choose…') }, wish.location);
      newGroup.element.hidden = wish.group !== '';
      notes.name.show(nameNote(now.name, events.ask));
      notes.subscription.show(payerNote(now, events));
      notes.group.show(listNote(now.groups, events));
      notes.location.show(listNote(now.locations, events));
      price.textContent = now.free
        ? l10n.t('The sample only plays a tier: it costs nothing.')
        : l10n.t('It costs money from its creation on, until it is deleted.');
      for (const [field, row] of fields) {
        const problem = now.problems[field];
        // What is said once more is read out once more.
        if (said.get(field) !== problem) row.say(problem);
        said.set(field, problem);
      }
      busy = now.busy;
      primary?.setAttribute('aria-disabled', String(busy));
    },
    lead: () => fields.find(([field]) => said.get(field) !== undefined)?.[1].focus(),
    focus: name.focus,
  };
}

function payerNote({ subscriptions, signedIn, registered, draft, problems }: ToCreatePage, { ask }: FormEvents): Note | undefined {
  if (!signedIn) {
    return {
      text: l10n.t('Sign in to see your Azure subscriptions.'), tone: 'quiet',
      action: { label: l10n.t('Sign In to Azure…'), run: () => ask('signIn') },
    };
  }
  if (!registered && draft.subscription !== '' && problems.subscription !== undefined) {
    return { text: '', tone: 'quiet', action: { label: l10n.t('Register API Management'), run: () => ask('register') } };
  }
  return listNote(subscriptions, { ask });
}

/** A list that is being read, or could not be. */
function listNote(list: OfferedList, { ask }: Pick<FormEvents, 'ask'>): Note | undefined {
  switch (list.kind) {
    case 'none':
    case 'there':
      return undefined;
    case 'loading':
      return { text: l10n.t('Loading…'), tone: 'quiet' };
    case 'problem': {
      const { sentence, advice } = list.problem;
      const text = [sentence, advice ?? ''].filter((part) => part !== '').join(' ');
      return { text, tone: 'bad', action: { label: l10n.t('Try Again'), run: () => ask('reload') } };
    }
    default:
      return list satisfies never;
  }
}
