// All that is given for a call: the address that comes of it, the fields, and tabs with the body and the headers.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { CallContent, CallDraft, TraceView } from '../../src/features/tryIt/messages';
import { h } from '../kit/elements';
import { tabs, type TabSpec } from '../kit/tabs';
import { visible } from '../kit/visible';
import { drawBody, type BodyPlace } from './body';
import type { TryItContext } from './context';
import { drawFields } from './fields';
import { drawHeaders } from './headers';
import { drawTrace } from './trace';

/** What is given, on the page. */
export interface CallForm {
  readonly element: HTMLElement;
  readonly draft: () => CallDraft;
  /** Shows what comes of the fields; they stay as they are. */
  readonly update: (content: CallContent) => void;
  /** Shows how traces stand. */
  readonly trace: (view: TraceView | undefined) => void;
  readonly focusWrong: () => void;
  /** Leads to a place of the body. */
  readonly focusBody: (place: BodyPlace) => void;
  readonly focus: () => void;
}

/** Draws it; `changed` hears of each change. `traces` is true where calls can be traced. */
export function drawForm(page: TryItContext, content: CallContent, traces: boolean, changed: () => void): CallForm {
  const { shape, draft } = content;
  const fields = drawFields(page, content, changed);
  const headers = drawHeaders(draft.headers, changed);
  const body = shape.body && drawBody(shape.body, draft.body, changed);
  const trace = traces ? drawTrace(page) : undefined;
  const address = h('code', { class: 'call-url', 'aria-label': l10n.t('Address of the call') });
  const specs: TabSpec[] = [
    ...(body ? [{ id: 'body', label: l10n.t('Body'), draw: () => body.element }] : []),
    {
      id: 'headers', label: l10n.t('Headers'), ...(draft.headers.length === 0 ? {} : { detail: formatCount(draft.headers.length) }),
      draw: () => headers.element,
    },
    ...(trace ? [{ id: 'trace', label: l10n.t('Trace'), draw: () => trace.element }] : []),
  ];
  const row = tabs({ label: l10n.t('Parts of the call'), look: 'sub', tabs: specs, selected: 0, onSelect: () => undefined });
  const lead = (id: string, to: () => boolean): boolean => {
    if (!to()) return false;
    row.select(specs.findIndex((spec) => spec.id === id));
    return to();
  };
  const update = (now: CallContent): void => {
    address.textContent = visible(now.address);
    fields.say(now);
    headers.say(now);
    body?.say(now);
  };
  update(content);
  return {
    element: h('div', { class: 'call-form', role: 'form', 'aria-label': l10n.t('Call') },
      h('p', { class: 'call-address' }, h('span', { class: 'call-method' }, shape.method), ' ', address),
      fields.element, row.element),
    draft: () => ({ ...fields.draft(), headers: headers.headers(), body: body?.text() ?? '' }),
    update,
    trace: (view) => view && trace?.show(view),
    focusWrong: () => void (fields.focusWrong() || lead('headers', headers.focusWrong) || (body && lead('body', body.focusWrong))),
    focusBody: (place) => {
      if (body) lead('body', () => body.focusAt(place));
    },
    focus: () => {
      if (!fields.focusEmpty()) body?.focus();
    },
  };
}
