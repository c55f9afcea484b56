// The page of usage: draws what the editor sends, part by part, so that what did not change stays with its scroll, focus and open lists.

import * as l10n from '@vscode/l10n';
import { formatDayMinute } from '../../src/base/format';
import type { FromUsagePage, ToUsagePage, UsageChip, UsagePart, UsageState } from '../../src/features/apim/usage/messages';
import { button, h } from '../kit/elements';
import { openFrame } from '../kit/frame';
import { icon } from '../kit/icons';
import { drawNotes } from '../kit/notes';
import { drawPlacard } from '../kit/placard';
import { actionLabels, drawBriefProblem, drawProblem } from '../kit/problem';
import { drawProgress } from '../kit/progress';
import { redraw } from '../kit/redraw';
import { tabs, type Tabs } from '../kit/tabs';
import { lookOf, readLooks, withLook } from '../viewer/looks';
import { drawBreakdowns, drawFigures, drawOverTime, fitted } from './charts';
import type { UsagePageContext } from './context';
import { drawHead, type UsageHead } from './head';
import { tablePart, tabOf, type TablePart } from './parts';
import { drawThrottled } from './throttled';
import { spanText } from './times';

const frame = openFrame<FromUsagePage, ToUsagePage>();
const { stage, announce } = frame;
/** True from a person's request on until it is answered: what is read anew by itself is not announced. */
let asked = true;
const page: UsagePageContext = {
  announce, signal: new AbortController().signal,
  send: (message) => {
    asked ||= ['refresh', 'period', 'interval', 'narrow', 'narrowTime', 'widen'].includes(message.type);
    frame.send(message);
  },
};
const [head, bar, above] = [h('div'), h('div', { class: 'progress' }), h('div')];
const [middle, charts, throttled] =
  [h('div', { class: 'usage-middle' }), h('div', { class: 'usage-charts' }), h('div', { class: 'usage-throttled' })];
const root = h('div', { class: 'usage-page' }, head, bar, above, middle);

let state: UsageState | undefined;
let header: UsageHead | undefined;
let row: { readonly parts: readonly UsagePart[]; readonly tabs: Tabs } | undefined;
let part: UsagePart = 'charts';
let turn = -1;
let widthPx = 0;
let looks = readLooks(frame.saved !== null && typeof frame.saved === 'object' && 'looks' in frame.saved ? frame.saved.looks : undefined);
const tables = new Map<number, TablePart>();
/** What each part was drawn of: only a part that is another one is drawn anew. */
const drawn = new Map<HTMLElement, string>();

function draw(element: HTMLElement, of: unknown, make: () => readonly (HTMLElement | undefined)[]): boolean {
  const key = JSON.stringify(of) ?? '';
  if (drawn.get(element) === key) return false;
  drawn.set(element, key);
  redraw(element, stage, () => element.replaceChildren(...make().filter((each) => each !== undefined)));
  return true;
}

function keep(): void {
  if (state?.place) frame.save({ ...state.place, looks });
}

function placeKey(): string {
  return JSON.stringify(state?.place ?? {});
}

function show(now: ToUsagePage & UsageState): void {
  const before = state;
  state = now;
  if (now.place === undefined) {
    drawn.clear();
    return stage.replaceChildren(nothing());
  }
  if (JSON.stringify(before?.place) !== JSON.stringify(now.place)) {
    tables.clear();
    row = undefined;
  }
  if (root.parentElement !== stage) stage.replaceChildren(root);
  keep();
  const { title, instance, sample, period, intervals, intervalMs, chosenInterval, busy, wait, problem, chips, content } = now;
  draw(head, [title, instance, sample, period, intervals, intervalMs, chosenInterval], () => {
    header = drawHead(page, now, () => select('throttled'));
    return [header.element];
  });
  header?.update(now);
  draw(bar, busy, () => [busy ? drawProgress(l10n.t('Reading'), 'line').element : undefined]);
  const hasData = content?.kind === 'usage';
  draw(above, [problem, wait, chips, hasData], () => [
    problem ? (hasData ? drawBriefProblem : drawProblem)(page, problem, actionLabels(l10n.t('Try Again'))) : undefined,
    wait === undefined ? undefined : h('div', { class: 'usage-wait', role: 'status' }, icon('pending'), h('p', {}, wait)),
    chips.length === 0 ? undefined : drawChips(chips),
  ]);
  showContent(now);
  if (before?.busy !== true || busy) return;
  if (asked && problem === undefined && hasData) announce(l10n.t('The usage was read.'));
  asked = false;
}

function showContent(now: UsageState): void {
  const { content, busy, problem } = now;
  if (content?.kind !== 'usage') {
    row = undefined;
    draw(middle, ['none', content, busy, problem !== undefined], () => [
      content ? drawPlacard('info', content.sentence, 'h2', h('p', {}, content.advice)) : busy || problem ? undefined : notRead()]);
    return;
  }
  const parts: readonly UsagePart[] = ['charts', 'throttled', ...now.tables.map((each) => each.part)];
  const heads = parts.map((each) => tabOf(each, now));
  if (now.turn !== turn) part = now.part;
  if (draw(middle, ['tabs', placeKey(), heads], () => [drawTabs(now, parts)])) widthPx = middle.clientWidth;
  if (now.turn !== turn) {
    turn = now.turn;
    row?.tabs.select(Math.max(0, parts.indexOf(part)));
  }
  for (const each of tables.values()) each.wait(now);
  drawCharts(now);
  draw(throttled, [now.throttled, now.throttled ? false : busy], () => drawThrottled(page, now));
}

function drawCharts({ content }: UsageState): void {
  if (content?.kind !== 'usage' || widthPx === 0) return;
  const { told, total, notes, slots, breakdowns } = content;
  const pictureWidth = Math.max(200, widthPx - 32);
  // A refresh that tells the same draws nothing, and neither does a pixel more.
  const grouped = fitted(slots, pictureWidth);
  const begins = content.beginsWithin ? [l10n.t('The first slot is counted from {0} on.', formatDayMinute(content.fromMs))] : [];
  draw(charts, [told, total, notes, begins, grouped, breakdowns, Math.round(pictureWidth / 80)], () => {
    if (!told) return [noData()];
    const quiet = total.calls === 0
      ? [l10n.t('Nobody called in this time, as far as is reported. Reports come some minutes after the calls.')] : [];
    const spec = { widthPx: pictureWidth, showTable: select };
    return [
      drawNotes([...quiet, ...begins, ...notes]), drawFigures(content), ...drawOverTime(page, content, grouped, spec),
      h('div', { class: 'usage-breakdowns' }, ...drawBreakdowns(page, content, spec)),
    ];
  });
}

function drawTabs(now: UsageState, parts: readonly UsagePart[]): HTMLElement {
  if (!parts.includes(part)) choose('charts');
  const made = tabs({
    label: l10n.t('Parts of the usage'), look: 'main', selected: parts.indexOf(part),
    tabs: parts.map((each) => ({
      id: each, ...tabOf(each, now),
      draw: () => (each === 'charts' ? charts : each === 'throttled' ? throttled : tableAt(now, each)),
    })),
    onSelect: (at) => choose(parts[at] ?? 'charts'),
  });
  row = { parts, tabs: made };
  return made.element;
}

function tableAt({ tables: known }: UsageState, wanted: UsagePart): { readonly content: HTMLElement; readonly tools: HTMLElement } {
  const found = known.find((each) => each.part === wanted);
  if (!found) return { content: h('div'), tools: h('div') };
  const there = tables.get(found.table) ?? tablePart(page, found.part, found.table, {
    look: (table) => lookOf(looks, placeKey(), table), state: () => state,
    onLook: (table, look) => {
      looks = withLook(looks, placeKey(), table, look);
      keep();
    },
  });
  tables.set(found.table, there);
  return there;
}

/** Shows a part as if its tab had been pressed. */
function select(wanted: UsagePart): void {
  const at = row?.parts.indexOf(wanted) ?? -1;
  if (at < 0) return;
  row?.tabs.select(at);
  document.getElementById(`tab-${wanted}`)?.focus();
  choose(wanted);
}

function choose(wanted: UsagePart): void {
  part = wanted;
  page.send({ type: 'part', part: wanted });
}

function drawChips(chips: readonly UsageChip[]): HTMLElement {
  const drawnChips = chips.map(({ key, title = '', fromMs = 0, toMs = 0 }) => {
    const words = key === 'time' ? spanText(fromMs, toMs) : chipText(key, title);
    return h('span', { class: 'chip' }, icon('filter'), h('bdi', { class: 'chip-words', title: words }, words),
      button({
        label: l10n.t('Take away: {0}', words), icon: 'close', look: 'plain', focusKey: `chip-${key}`,
        run: () => page.send({ type: 'widen', key }),
      }));
  });
  return h('div', { class: 'usage-chips', role: 'group', 'aria-label': l10n.t('Narrowed to') }, ...drawnChips);
}

function chipText(key: Exclude<UsageChip['key'], 'time'>, title: string): string {
  switch (key) {
    case 'api':
      return l10n.t('API {0}', title);
    case 'operation':
      return l10n.t('Operation {0}', title);
    case 'product':
      return l10n.t('Product {0}', title);
    case 'subscription':
      return l10n.t('Subscription {0}', title);
    default:
      return key satisfies never;
  }
}

function noData(): HTMLElement {
  return drawPlacard('usage', l10n.t('No data for this time'), 'h2',
    h('p', {}, l10n.t('API Management has told of no calls. Its reports come some minutes after the calls.')),
    h('div', { class: 'buttons' },
      button({ label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'no-data', run: () => page.send({ type: 'refresh' }) }),
      button({
        label: l10n.t('Show the Last 30 Days'), focusKey: 'no-data-month',
        run: () => page.send({ type: 'period', period: { kind: 'last', span: 'month' } }),
      })));
}

function notRead(): HTMLElement {
  return drawPlacard('usage', l10n.t('The usage was not read'), 'h2', h('div', { class: 'buttons' },
    button({ label: l10n.t('Refresh'), icon: 'again', look: 'primary', focusKey: 'read', run: () => page.send({ type: 'refresh' }) })));
}

function nothing(): HTMLElement {
  return drawPlacard('usage', l10n.t('There is no usage to show'), 'h1',
    h('p', {}, l10n.t('Usage in the menu of an instance, an API, a product or a subscription shows who calls it and how it goes.')));
}

new ResizeObserver(() => {
  widthPx = middle.clientWidth;
  if (state) drawCharts(state);
}).observe(middle);

frame.listen((message) => {
  switch (message.type) {
    case 'usage':
      return show(message);
    case 'table':
    case 'rows':
    case 'cell':
    case 'summary':
      return tables.get(message.table)?.take(message);
    default:
      return message satisfies never;
  }
});
