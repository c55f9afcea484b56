// The fields of the form: the rate of calls, and the quota where the scope may have one.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { FormContent, LimitsDraft, ShownLimits } from '../../src/features/apim/limits/messages';
import { button, h } from '../kit/elements';
import { checkRow, selectRow, textRow, type FormRow } from '../kit/formRow';
import { drawChip } from '../kit/header';
import type { LimitsPageContext } from './context';

/** All fields. */
export interface LimitFields {
  readonly element: HTMLElement;
  /** What stands in them. */
  readonly draft: () => LimitsDraft;
  /** Says what is wrong under each, and what the verdict on them is. */
  readonly say: (content: FormContent) => void;
  /** Leads to the first that is wrong. */
  readonly focusWrong: () => void;
  readonly focus: () => void;
}

type Field = keyof FormContent['problems'];

/** Draws them with what is asked for. */
export function drawFields(page: LimitsPageContext, content: FormContent, changed: (draft: LimitsDraft) => void): LimitFields {
  const { draft, by: offered, hasQuota, why, shownRate, shownQuota } = content;
  const onChange = (): void => {
    const now = current();
    showHanging(now);
    changed(now);
  };
  const limited = checkRow({ id: 'limited', label: l10n.t('Limit the rate of calls'), checked: draft.limited, onChange });
  const calls = textRow({ id: 'calls', label: l10n.t('Calls'), type: 'number', min: 1, value: draft.calls, onChange });
  const seconds = textRow({ id: 'seconds', label: l10n.t('In seconds'), type: 'number', min: 1, max: 300, value: draft.seconds, onChange });
  const by = selectRow({
    id: 'by', label: l10n.t('Counted for each'), value: draft.by, onChange,
    choices: offered.map((value) => ({ value, label: value === 'ip' ? l10n.t('IP address') : l10n.t('Subscription') })),
  });
  const quota = checkRow({ id: 'quota', label: l10n.t('Set a quota'), checked: draft.quota, onChange });
  const quotaCalls = textRow({ id: 'quota-calls', label: l10n.t('Calls'), type: 'number', min: 1, value: draft.quotaCalls, onChange });
  const quotaKilobytes = textRow({
    id: 'quota-kilobytes', label: l10n.t('Kilobytes'), type: 'number', min: 1, value: draft.quotaKilobytes, onChange,
  });
  const quotaSpan = selectRow({
    id: 'quota-span', label: l10n.t('Per'), value: draft.quotaSpan, choices: spanChoices(draft.quotaSpan), onChange,
  });
  const row = (...rows: readonly FormRow<string>[]): HTMLElement =>
    h('div', { class: 'limits-fields' }, ...rows.map(({ element }) => element));
  const ofRate = h('div', { class: 'limits-nested' }, row(calls, seconds, by));
  const ofQuota = h('div', { class: 'limits-nested' }, row(quotaCalls, quotaKilobytes, quotaSpan));
  function showHanging(now: LimitsDraft): void {
    ofRate.hidden = !now.limited;
    ofQuota.hidden = !now.quota;
  }
  const hasRate = offered.length > 0;
  const current = (): LimitsDraft => ({
    limited: limited.value(), calls: calls.value(), seconds: seconds.value(),
    // A choice that was never drawn has no value.
    by: hasRate ? by.value() : draft.by,
    quota: quota.value(), quotaCalls: quotaCalls.value(), quotaKilobytes: quotaKilobytes.value(), quotaSpan: quotaSpan.value(),
  });
  showHanging(draft);

  const [rateVerdict, quotaVerdict] = [h('span'), h('span')];
  const group = (title: string, verdict: HTMLElement, rows: readonly HTMLElement[]): HTMLElement =>
    h('section', { class: 'limits-group', 'aria-label': title },
      h('h2', {}, h('span', {}, title), verdict), h('div', { class: 'form-rows' }, ...rows));
  const rateRows = shownRate ? [drawShown(page, shownRate, 'rate')] : [limited.element, ofRate];
  const quotaRows = shownQuota ? [drawShown(page, shownQuota, 'quota')] : [quota.element, ofQuota];
  const isFirst = !hasRate && !shownRate && !hasQuota;
  const element = h('div', {},
    hasRate || shownRate ? group(l10n.t('Rate of Calls'), rateVerdict, rateRows) : undefined,
    hasQuota ? group(l10n.t('Quota'), quotaVerdict, quotaRows) : undefined,
    why.length === 0 ? undefined : h('p', { class: 'limits-why' }, why.join(' ')));

  const rows: readonly (readonly [Field, FormRow<string>])[] = [
    ['rateCalls', calls], ['rateSeconds', seconds], ['quotaCalls', quotaCalls], ['quotaKilobytes', quotaKilobytes],
    ['quotaSeconds', quotaSpan],
  ];
  const said = new Map<Field, string>();
  return {
    element,
    draft: current,
    say: ({ problems, rateVerdict: ofRates, quotaVerdict: ofQuotas }) => {
      for (const [field, each] of rows) {
        const problem = problems[field];
        // What is said once more is read out once more.
        if (problem === said.get(field)) continue;
        each.say(problem);
        if (problem === undefined) said.delete(field);
        else said.set(field, problem);
      }
      for (const [place, verdict] of [[rateVerdict, ofRates], [quotaVerdict, ofQuotas]] as const)
        place.replaceChildren(...(verdict === '' ? [] : [drawChip({ tone: 'ok', icon: 'done', text: verdict })]));
    },
    focusWrong: () => rows.find(([field]) => said.has(field))?.[1].focus(),
    focus: () => {
      if (!isFirst) (shownRate || !hasRate ? quota : limited).focus();
    },
  };
}

/** Limits in the place of fields: as they are, why, and where they are edited. */
function drawShown(page: LimitsPageContext, { limits, why }: ShownLimits, id: string): HTMLElement {
  return h('div', { class: 'limits-shown' },
    h('ul', {}, ...limits.map((limit) => h('li', {}, h('code', {}, limit)))),
    h('p', { class: 'form-help' }, why),
    button({ label: l10n.t('Edit Policy'), icon: 'edit', focusKey: `edit-${id}`, run: () => page.send({ type: 'editPolicy' }) }));
}

function spanChoices(chosen: string): readonly { readonly value: string; readonly label: string }[] {
  const spans = [
    { value: '3600', label: l10n.t('Hour') }, { value: '86400', label: l10n.t('Day') }, { value: '604800', label: l10n.t('Week') },
    { value: '2592000', label: l10n.t('Month (30 days)') }, { value: '0', label: l10n.t('For ever') },
  ];
  const seconds = Number(chosen);
  return spans.some(({ value }) => value === chosen) || !Number.isFinite(seconds)
    ? spans
    : [...spans, { value: chosen, label: l10n.t('{0} seconds', formatCount(seconds)) }];
}
