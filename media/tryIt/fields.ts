// The fields of a call above its body: where it goes, whose key goes along, and what is filled into its address.

import * as l10n from '@vscode/l10n';
import type { CallContent, CallDraft, CallParameter } from '../../src/features/tryIt/messages';
import { button, h } from '../kit/elements';
import { checkRow, selectRow, textRow, type FormRow } from '../kit/formRow';
import { visible } from '../kit/visible';
import type { TryItContext } from './context';

/** The fields. */
export interface CallFields {
  readonly element: HTMLElement;
  readonly draft: () => Pick<CallDraft, 'base' | 'values' | 'key' | 'serviceKey'>;
  /** Says what is wrong under each. */
  readonly say: (content: CallContent) => void;
  /** Leads to the first that is wrong; false where none is. */
  readonly focusWrong: () => boolean;
  /** Leads to the first that is empty and needs a value; false where none is. */
  readonly focusEmpty: () => boolean;
}

/** Draws them. */
export function drawFields(page: TryItContext, content: CallContent, changed: () => void): CallFields {
  const { shape, draft } = content;
  const onChange = (): void => {
    sayKey();
    changed();
  };
  const base = selectRow({
    id: 'base', label: l10n.t('Address'), value: draft.base, choices: shape.bases.map((value) => ({ value, label: value })), onChange,
  });
  const key = selectRow({
    id: 'key', label: l10n.t('Subscription'), value: draft.key, onChange,
    choices: [
      // What was chosen before is nothing that is offered now: nothing else is chosen by itself.
      ...(shape.keys.some(({ id }) => id === draft.key) ? [] : [{ value: draft.key, label: l10n.t('Choose a subscription') }]),
      ...shape.keys.map(({ id, label }) => ({ value: id, label })),
    ],
  });
  const { serviceKey } = shape;
  const own = checkRow({
    id: 'service-key', label: l10n.t('Send the API key of the service'), checked: draft.serviceKey,
    ...(serviceKey === undefined ? {} : { help: serviceKey.help }), onChange,
  });
  const setKey = button({ label: l10n.t('Set API Key…'), focusKey: 'set-key', run: () => page.send({ type: 'setKey' }) });
  const values = shape.parameters.map((parameter, index) => parameterRow(parameter, index, draft.values[index] ?? '', onChange));
  const hasBases = shape.bases.length > 1;
  const hasKeys = shape.keys.length > 0;
  const remark = h('p', { class: 'form-help' });
  key.element.append(remark);
  function sayKey(): void {
    const chosen = hasKeys ? key.value() : '';
    remark.textContent = shape.keys.find(({ id }) => id === chosen)?.remark ?? '';
    remark.hidden = remark.textContent === '';
  }
  const keyPart = h('div', { class: 'call-key' },
    hasBases ? base.element : undefined,
    hasKeys ? key.element : undefined,
    serviceKey === undefined ? undefined : h('div', { class: 'call-service-key' },
      serviceKey.isSet ? own.element : h('div', { class: 'form-row-part' },
        h('span', { class: 'form-label' }, l10n.t('API key of the service')),
        h('div', { class: 'call-set-key' }, setKey, h('p', { class: 'form-help' }, serviceKey.help)))));
  // The line is cut where there is little room; the whole is its title.
  keyPart.querySelector('.call-service-key .form-help')?.setAttribute('title', visible(serviceKey?.help ?? ''));
  const element = h('div', { class: 'call-fields', role: 'group', 'aria-label': l10n.t('Parameters') },
    hasBases || hasKeys || serviceKey !== undefined ? keyPart : undefined,
    values.length === 0 ? undefined : h('div', { class: 'call-parameters' }, ...values.map((row) => row.element)));
  const rows = [base, key, ...values];
  const said = new Map<number, string>();
  const focusAt = (row: FormRow<string> | undefined): boolean => {
    row?.focus();
    return row !== undefined;
  };
  remark.hidden = true;
  return {
    element,
    draft: () => ({
      // A choice that was never drawn has no value.
      base: hasBases ? base.value() : draft.base, key: hasKeys ? key.value() : draft.key,
      values: values.map((row) => row.value()), serviceKey: serviceKey?.isSet === true ? own.value() : draft.serviceKey,
    }),
    say: ({ problems, turn, draft: { key: chosen } }) => {
      remark.textContent = shape.keys.find(({ id }) => id === chosen)?.remark ?? '';
      remark.hidden = remark.textContent === '';
      // Nobody is blamed for what they have not come to yet.
      const wrong = [problems.base, problems.key, ...(turn === 0 ? [] : problems.values)];
      rows.forEach((row, index) => {
        const problem = wrong[index] || undefined;
        // What is said once more is read out once more.
        if (problem === said.get(index)) return;
        row.say(problem);
        if (problem === undefined) said.delete(index);
        else said.set(index, problem);
      });
    },
    focusWrong: () => focusAt(rows.find((_, index) => said.has(index))),
    focusEmpty: () => focusAt(values.find((row, index) => shape.parameters[index]?.required === true && row.value() === '')),
  };
}

/** A row; what its parameter is stands in its title, so that the body is near, and is read out with the page. */
function parameterRow(parameter: CallParameter, index: number, value: string, onChange: () => void): FormRow<string> {
  const row = valueRow(parameter, index, value, onChange);
  const { name, description } = parameter;
  row.element.setAttribute('title', visible(description === undefined ? name : l10n.t('{0}: {1}', name, description)));
  row.element.querySelector('.form-help')?.classList.add('unseen');
  return row;
}

function valueRow(parameter: CallParameter, index: number, value: string, onChange: () => void): FormRow<string> {
  const { name, description, required, values, type } = parameter;
  const spec = {
    id: `value-${index}`, label: required ? name : l10n.t('{0} (optional)', name), onChange,
    ...(description === undefined ? {} : { help: description }),
  };
  if (values.length === 0) {
    return textRow({ ...spec, value, ...(type === undefined || type === '' ? {} : { placeholder: type }) });
  }
  const offered = [...(required && value !== '' ? [] : ['']), ...values.filter((each) => each !== '')];
  const all = offered.includes(value) ? offered : [...offered, value];
  return selectRow({ ...spec, value, choices: all.map((each) => ({ value: each, label: each === '' ? l10n.t('(none)') : each })) });
}
