// What a comparison has found: how alike the answers are, times, headers that differ, and each call.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../src/base/format';
import type { ShownHeader, ShownResult, ShownTable } from '../../src/features/apim/ways/messages';
import { button, h } from '../kit/elements';
import { icon } from '../kit/icons';
import { visible } from '../kit/visible';
import type { WaysContext } from './context';
import { drawLanes } from './lanes';

/** Draws it. */
export function drawResult(page: WaysContext, result: ShownResult): readonly HTMLElement[] {
  const { facts, summary, headers, sameHeaders, calls, about, samples } = result;
  const open = (way: 'direct' | 'gateway', label: string): HTMLElement | undefined => (samples.includes(way)
    ? button({ label, icon: 'open', focusKey: `open-${way}`, run: () => page.send({ type: 'open', way }) }) : undefined);
  return [
    h('dl', { class: 'ways-facts' }, ...facts.map(({ name, text, tone }) => h('div', { class: tone },
      h('dt', {}, name),
      h('dd', {}, tone === 'plain' ? undefined : icon(tone === 'good' ? 'ok' : 'warning'), h('span', {}, visible(text)))))),
    drawLanes(result),
    drawTable('ways-summary', l10n.t('Times and sizes'), summary, about),
    h('div', { class: 'buttons ways-tools' },
      open('direct', l10n.t('Open Direct Answer')), open('gateway', l10n.t('Open Answer of Gateway')),
      calls.rows.length === 0 ? undefined
        : button({ label: l10n.t('Export…'), icon: 'export', focusKey: 'export', run: () => page.send({ type: 'export' }) })),
    drawHeaders(headers, sameHeaders),
    h('details', { class: 'ways-part' },
      h('summary', {}, l10n.t('Each call ({0})', formatCount(calls.rows.length))), drawTable('ways-calls', l10n.t('Each call'), calls)),
  ];
}

function drawHeaders(headers: readonly ShownHeader[], same: string): HTMLElement {
  const part = h('section', { class: 'ways-part', 'aria-labelledby': 'ways-headers' },
    h('h2', { id: 'ways-headers' }, l10n.t('Headers that differ'), h('span', { class: 'ways-note' }, same)));
  if (headers.length === 0) {
    part.append(h('p', { class: 'form-help' }, same === '' ? l10n.t('Nothing to compare yet.') : l10n.t('None.')));
    return part;
  }
  part.append(scrolled(l10n.t('Headers that differ'), h('table', { class: 'ways-table words' },
    h('thead', {}, h('tr', {}, ...[l10n.t('Header'), '', l10n.t('Direct'), l10n.t('Through the gateway')].map((head, at) =>
      (at === 1 ? h('td', {}) : h('th', { scope: 'col' }, head))))),
    h('tbody', {}, ...headers.map(({ name, verdict, tone, direct, gateway }) => h('tr', { class: tone },
      h('th', { scope: 'row' }, visible(name)), h('td', {}, verdict),
      h('td', { class: 'data', 'data-head': l10n.t('Direct') }, visible(direct)),
      h('td', { class: 'data', 'data-head': l10n.t('Through the gateway') }, visible(gateway))))))));
  return part;
}

function drawTable(kind: string, label: string, { heads, rows }: ShownTable, about?: string): HTMLElement {
  return scrolled(label, h('table', { class: `ways-table ${kind}`, ...(about === undefined ? {} : { title: about }) },
    h('thead', {}, h('tr', {}, ...heads.map((head) => (head === '' ? h('td', {}) : h('th', { scope: 'col' }, head))))),
    h('tbody', {}, ...rows.map(([first = '', ...others]) => h('tr', {},
      h('th', { scope: 'row' }, first), ...others.map((each) => h('td', {}, visible(each))))))));
}

function scrolled(label: string, table: HTMLElement): HTMLElement {
  return h('div', { class: 'ways-scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
}
