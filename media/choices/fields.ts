// The fields of the form, in groups; those that hang on another one are there while it is chosen.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { ChoicesCheck, ChoicesDraft, OfferedProduct, ToChoicesPage } from '../../src/features/apim/choices/messages';
import { h } from '../kit/elements';
import { checkRow, linesRow, selectRow, textRow, type FormRow } from '../kit/formRow';

/** All fields. */
export interface Fields {
  readonly element: HTMLElement;
  /** What stands in them. */
  readonly draft: () => ChoicesDraft;
  /** Puts this into them, without a word to anybody. */
  readonly show: (draft: ChoicesDraft) => void;
  /** Says under each what is wrong with it; `wanted` moves the focus to the first. */
  readonly say: (problems: ChoicesCheck['problems'], wanted: boolean) => void;
  readonly focus: () => void;
}

/** One of those that a field offers. */
interface Choice {
  readonly value: string;
  readonly label: string;
}

type Field = keyof ChoicesCheck['problems'];
type SaidRow = Pick<FormRow<unknown>, 'say' | 'focus'>;

/** Draws them with what is chosen. */
export function drawFields(
  { draft, products }: Pick<Extract<ToChoicesPage, { readonly type: 'choices' }>, 'draft' | 'products'>,
  changed: (draft: ChoicesDraft) => void,
): Fields {
  const onChange = (): void => {
    const now = current();
    showHanging(now);
    changed(now);
  };
  const displayName = textRow({ id: 'display-name', label: l10n.t('Name'), value: draft.displayName, onChange });
  const apiId = textRow({
    id: 'api-id', label: l10n.t('Id'), value: draft.apiId, onChange,
    help: l10n.t('What the API is known by in Azure. Letters, digits and hyphens.'),
  });
  const path = textRow({
    id: 'path', label: l10n.t('Path suffix'), value: draft.path, onChange,
    help: l10n.t('Stands behind the address of the gateway. It may be empty.'),
  });
  const shortPaths = checkRow({
    id: 'short-paths', label: l10n.t('Short paths'), checked: draft.shortPaths,
    help: l10n.t('Such as /score: callers need no ids. Batch jobs from this editor need the paths with ids, so they cannot go this way.'),
    onChange,
  });
  const addsKey = checkRow({
    id: 'adds-key', label: l10n.t('Add the API key of the service'), checked: draft.addsKey,
    help: l10n.t('The gateway adds it from a secret named value, so that callers never have it.'), onChange,
  });
  const product = selectRow({
    id: 'product', label: l10n.t('Product'), value: draft.product, choices: productChoices(products, draft.product), onChange,
    help: l10n.t('Callers have their keys and limits by way of a product.'),
  });
  const productName = textRow({ id: 'product-name', label: l10n.t('Name of the product'), value: draft.productName, onChange });
  const callers = checkRow({
    id: 'callers', label: l10n.t('Make a subscription for callers'), checked: draft.callers, onChange,
    help: l10n.t('A key that callers send.'),
  });
  const callersName = textRow({ id: 'callers-name', label: l10n.t('Name of the subscription'), value: draft.callersName, onChange });
  const limited = checkRow({ id: 'limited', label: l10n.t('Limit the rate of calls'), checked: draft.limited, onChange });
  const calls = textRow({ id: 'calls', label: l10n.t('Calls'), type: 'number', min: 1, value: draft.calls, onChange });
  const seconds = textRow({ id: 'seconds', label: l10n.t('In seconds'), type: 'number', min: 1, max: 300, value: draft.seconds, onChange });
  const by = selectRow({
    id: 'by', label: l10n.t('Counted for each'), value: draft.by, onChange,
    choices: [{ value: 'subscription', label: l10n.t('Subscription') }, { value: 'ip', label: l10n.t('IP address') }],
  });
  const quota = checkRow({
    id: 'quota', label: l10n.t('Set a quota'), checked: draft.quota, onChange,
    help: l10n.t('A batch job that is asked for its status four times a minute takes 240 calls an hour.'),
  });
  const quotaCalls = textRow({
    id: 'quota-calls', label: l10n.t('Quota in calls'), type: 'number', min: 1, value: draft.quotaCalls, onChange,
  });
  const quotaKilobytes = textRow({
    id: 'quota-kilobytes', label: l10n.t('Quota in kilobytes'), type: 'number', min: 1, value: draft.quotaKilobytes, onChange,
  });
  const quotaSpan = selectRow({
    id: 'quota-span', label: l10n.t('Per'), value: draft.quotaSpan, choices: spanChoices(draft.quotaSpan), onChange,
  });
  const cors = checkRow({
    id: 'cors', label: l10n.t('Let pages of other origins call it'), checked: draft.cors, onChange,
    help: l10n.t('Needed by programs in browsers (CORS).'),
  });
  const origins = linesRow({
    id: 'origins', label: l10n.t('Origins'), value: draft.origins, rows: 3,
    help: l10n.t(
      'One on each line, such as https://app.contoso.com. A * alone lets any page in: whoever has a key can use it from anywhere.'),
    onChange,
  });

  const shared = h('p', { class: 'form-help', id: 'shared-product' },
    l10n.t('Others may call by way of this product: its limits stay as they are. A limit that is set below counts for all of them.'));
  const nested = (...rows: readonly HTMLElement[]): HTMLElement => h('div', { class: 'choices-nested' }, ...rows);
  const pair = (...rows: readonly FormRow<string>[]): HTMLElement =>
    h('div', { class: 'choices-pair' }, ...rows.map(({ element }) => element));
  const ofCallers = nested(callersName.element);
  const ofLimit = nested(pair(calls, seconds), by.element);
  const ofQuota = nested(pair(quotaCalls, quotaKilobytes), quotaSpan.element);
  const ofCors = nested(origins.element);
  function showHanging(now: ChoicesDraft): void {
    const hasProduct = now.product !== 'none';
    productName.element.hidden = now.product !== 'new';
    shared.hidden = !now.product.startsWith('existing:');
    callers.element.hidden = !hasProduct;
    ofCallers.hidden = !hasProduct || !now.callers;
    ofLimit.hidden = !now.limited;
    quota.element.hidden = !hasProduct;
    ofQuota.hidden = !hasProduct || !now.quota;
    ofCors.hidden = !now.cors;
  }

  const group = (title: string, ...rows: readonly HTMLElement[]): HTMLElement =>
    h('section', { class: 'choices-group', 'aria-label': title }, h('h2', {}, title), h('div', { class: 'form-rows' }, ...rows));
  const element = h('div', {},
    group(l10n.t('API'), displayName.element, apiId.element, path.element, shortPaths.element, addsKey.element),
    group(l10n.t('Callers'), product.element, shared, productName.element, callers.element, ofCallers, cors.element, ofCors),
    group(l10n.t('Limits'), limited.element, ofLimit, quota.element, ofQuota));
  const current = (): ChoicesDraft => ({
    displayName: displayName.value(), apiId: apiId.value(), path: path.value(), shortPaths: shortPaths.value(), addsKey: addsKey.value(),
    product: product.value(), productName: productName.value(), callers: callers.value(), callersName: callersName.value(),
    cors: cors.value(), origins: origins.value(),
    limited: limited.value(), calls: calls.value(), seconds: seconds.value(), by: by.value(),
    quota: quota.value(), quotaCalls: quotaCalls.value(), quotaKilobytes: quotaKilobytes.value(), quotaSpan: quotaSpan.value(),
  });
  showHanging(draft);
  const show = (now: ChoicesDraft): void => {
    apiId.set(now.apiId);
    path.set(now.path);
    productName.set(now.productName);
    callersName.set(now.callersName);
    limited.set(now.limited);
    quota.set(now.quota);
    showHanging(current());
  };
  /** In the order in which they stand on the page. */
  const rows = (): readonly (readonly [Field, SaidRow])[] => [
    ['displayName', displayName], ['apiId', apiId], ['path', path], ['product', product.value() === 'new' ? productName : product],
    ['subscription', callersName], ['origins', origins], ['rateCalls', calls], ['rateSeconds', seconds], ['quota', quota],
    ['quotaCalls', quotaCalls], ['quotaKilobytes', quotaKilobytes], ['quotaSeconds', quotaSpan],
  ];
  const said = new Map<SaidRow, string>();
  return {
    element,
    draft: current,
    show,
    say: (problems, wanted) => {
      const wrong = rows().filter(([field]) => problems[field] !== undefined);
      const now = new Map(wrong.map(([field, row]) => [row, problems[field]]));
      // What is said once more is read out once more.
      for (const row of new Set([...said.keys(), ...now.keys()])) if (said.get(row) !== now.get(row)) row.say(now.get(row));
      said.clear();
      for (const [row, problem] of now) if (problem !== undefined) said.set(row, problem);
      if (wanted) wrong[0]?.[1].focus();
    },
    focus: displayName.focus,
  };
}

/** Those that are there, and the one that is chosen wherever it is. */
function productChoices(products: readonly OfferedProduct[], chosen: string): readonly Choice[] {
  const offered = products.map(({ id, displayName }) => ({ value: `existing:${id}`, label: displayName }));
  const missing = chosen.startsWith('existing:') && !offered.some(({ value }) => value === chosen);
  return [
    { value: 'new', label: l10n.t('A new product') },
    ...offered,
    ...(missing ? [{ value: chosen, label: chosen.slice('existing:'.length) }] : []),
    { value: 'none', label: l10n.t('No product') },
  ];
}

function spanChoices(chosen: string): readonly Choice[] {
  const spans = [
    { value: '3600', label: l10n.t('Hour') }, { value: '86400', label: l10n.t('Day') }, { value: '604800', label: l10n.t('Week') },
    { value: '2592000', label: l10n.t('30 days') }, { value: '0', label: l10n.t('For ever') },
  ];
  const seconds = Number(chosen);
  return spans.some(({ value }) => value === chosen) || !Number.isFinite(seconds)
    ? spans
    : [...spans, { value: chosen, label: l10n.t('{0} seconds', formatCount(seconds)) }];
}
