// Examples of all that the kit has, for people to look at and for tests to photograph (`npm run kit`). It does not ship, and stays English.

import type { TableView } from '../../../src/model/view';
import { drawViewer } from '../../viewer/viewer';
import { drawNamedBars } from '../chart/bars';
import { drawChart } from '../chart/chart';
import type { AnyPage } from '../context';
import { button, h } from '../elements';
import { checkRow, linesRow, selectRow, textRow } from '../formRow';
import { openFrame } from '../frame';
import { drawChip, drawHeader } from '../header';
import { drawNotes } from '../notes';
import { keepOneLine } from '../oneLine';
import { overflowButton } from '../overflow';
import { drawPlacard } from '../placard';
import { actionLabels, drawBriefProblem, drawProblem } from '../problem';
import { drawProgress, type ProgressLook } from '../progress';
import { tabs } from '../tabs';
import { drawToolbar } from '../toolbar';

const frame = openFrame<Parameters<AnyPage['send']>[0], never>();
const { signal } = new AbortController();
const page: AnyPage = { send: frame.send, announce: frame.announce, signal };
const none = (): void => undefined;

function example(title: string, className: string, ...parts: readonly HTMLElement[]): HTMLElement {
  const name = `example-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  return h('section', { class: 'example', 'aria-labelledby': name }, h('h2', { id: name }, title),
    h('div', { class: `example-part ${className}` }, ...parts));
}

function header(): HTMLElement {
  return drawHeader({
    chip: { tone: 'ok', icon: 'ok', text: '200 OK' },
    title: 'SimpleFeatureHashingExperiment',
    factsLabel: 'About this call',
    facts: [
      { name: 'Source', value: 'sample-request.json', className: 'fact-source', rank: 5 },
      { name: 'Duration', value: '22 ms', rank: 4 },
      { name: 'Received', value: '407 B', rank: 2 },
      { name: 'Time', value: '18:47:03', rank: 3 },
    ],
    actions: {
      primary: { id: 'again', label: 'Send Again', icon: 'repeat', run: none },
      icons: [{ id: 'code', label: 'Copy as Code…', icon: 'code', run: none }],
      more: [
        { id: 'open', label: 'Open Request', icon: 'open', run: none }, { id: 'save', label: 'Save Body As…', icon: 'save', run: none },
      ],
      signal,
    },
  });
}

const table: TableView = {
  name: 'output1', totalRows: 3, matchedRows: 3, stamp: 1, notes: ['One row is longer than the others.'], scripts: [],
  columns: [
    { name: 'Text', type: 'String', kind: 'text' }, { name: 'Scored Labels', type: 'Int32', kind: 'number' },
    { name: 'Scored Probabilities for Class "good"', type: 'Double', kind: 'number' },
  ],
  rows: [['This is a good day', '1', '0.93'], ['rain', '0', '0.12'], ['the sun is out', '1', '0.81']]
    .map((cells, number) => ({ number, cells })),
  query: { filters: [{ kind: 'contains', column: 0, text: 'a' }] },
};

function tabsWithTable(): HTMLElement {
  const viewer = drawViewer(page, table, 0, { whole: 'body', empty: 'There are no rows.', look: {}, onLook: none });
  const tools = drawToolbar(frame.stage, 'Body', 'body', signal);
  return tabs({
    label: 'Parts', look: 'main', selected: 0, onSelect: none,
    tabs: [
      { id: 'one', label: 'output1', detail: '3 × 3', draw: () => ({ content: viewer.element, tools: viewer.tools }) },
      { id: 'two', label: 'Body', draw: () => ({ content: h('p', { class: 'empty' }, 'The answer has no body.'), tools: tools.element }) },
    ],
  }).element;
}

function manyTabs(): HTMLElement {
  const tools = drawToolbar(frame.stage, 'Outputs', 'many', signal);
  return tabs({
    label: 'Outputs', look: 'main', selected: 6, onSelect: none,
    tabs: Array.from({ length: 24 }, (_, index) => ({
      id: `many-${index}`, label: `output${index + 1}`,
      draw: () => ({ content: h('p', { class: 'empty' }, `Output ${index + 1} has no rows.`), tools: tools.element }),
    })),
  }).element;
}

function toolbar(): HTMLElement {
  const tools = drawToolbar(frame.stage, 'Rows', 'rows', signal);
  tools.update([
    { id: 'filter', label: 'Filter', title: 'Filter Rows', icon: 'filter', pressed: true, run: none },
    { id: 'columns', label: 'Columns', title: 'Choose Columns', icon: 'columns', opens: 'dialog', run: none },
    { id: 'chart', label: 'Summary', title: 'Show the Summary', icon: 'chart', pressed: false, run: none },
    { id: 'export', label: 'Export', title: 'Export Rows', icon: 'export', opens: 'menu', run: none },
    { id: 'copy', label: 'Copy', title: 'Copy Rows', icon: 'copy', run: none },
  ]);
  const line = h('div', { class: 'one-line example-narrow' }, tools.element);
  keepOneLine(line, () => undefined);
  return line;
}

function menu(): HTMLElement {
  return overflowButton({
    label: 'Order', title: 'Open the Menu', icon: 'others', focusKey: 'menu', signal, items: () => [
      { kind: 'words', text: 'Order of the rows' },
      { kind: 'item', label: 'As They Came', chosen: true, run: none }, { kind: 'item', label: 'Ascending', chosen: false, run: none },
      { kind: 'line' },
      { kind: 'item', label: 'Copy', icon: 'copy', run: none }, { kind: 'item', label: 'Show Types', checked: true, run: none },
    ],
  });
}

const problem = {
  sentence: 'The service did not accept the API key.',
  advice: 'Copy the primary key from the page of the service and set it again.',
  detail: 'Unauthorized: AccessTokenIsNotProvidedOrInvalid.\nRequest ID: 7f8f0a3e-7d2c-4a5e-9a55-02c5d6d5a0c1',
  actions: ['setServiceKey', 'showLog'] as const,
};

function form(): HTMLElement {
  const calls = textRow({ id: 'calls', label: 'Calls', type: 'number', value: '-3', min: 1, help: 'So many calls in the time below.' });
  calls.say('Calls are at least 1.');
  const rows = [
    textRow({ id: 'name', label: 'Name', value: 'Starter', placeholder: 'Name of the product' }),
    calls,
    selectRow({ id: 'per', label: 'Per', value: 'week', choices: [{ value: 'day', label: 'Day' }, { value: 'week', label: 'Week' }] }),
    textRow({ id: 'from', label: 'From', type: 'date', value: '2026-05-12' }),
    checkRow({ id: 'by', label: 'Count each subscription by itself', checked: true }),
    linesRow({ id: 'text', label: 'Description', value: 'Two lines\nof text.' }),
  ];
  return h('div', { class: 'form-rows' }, ...rows.map(({ element }) => element),
    h('div', { class: 'buttons' }, button({ label: 'Save', look: 'primary', run: none }), button({ label: 'Cancel', run: none })));
}

const hours = Array.from({ length: 24 }, (_, hour) => `${hour}:00`);
const wave = (shift: number, size: number): number[] => hours.map((_, hour) => Math.round(size * (1.2 + Math.sin((hour + shift) / 4))));

function charts(): readonly HTMLElement[] {
  const series = [
    { name: 'Succeeded', values: wave(0, 40) }, { name: 'Failed', values: wave(7, 6) }, { name: 'Blocked', values: wave(12, 12) },
  ];
  return [
    drawChart({ title: 'Calls by hour', form: 'bars', places: { name: 'Hour', labels: hours }, series }),
    drawChart({
      title: 'Calls with gaps', form: 'bars',
      places: { name: 'Hour', labels: hours, ticks: [0, 6, 12, 18].map((at) => ({ at, text: `${at}:00` })) },
      series: [
        { name: 'Succeeded', tone: 'good', values: wave(0, 40) }, { name: 'Failed', tone: 'bad', values: wave(7, 6) },
        { name: 'Blocked', tone: 'warn', values: wave(12, 12) }, { name: 'Other', tone: 'other', values: wave(3, 4) },
      ],
      missing: { at: hours.map((_, at) => at > 3 && at < 9), words: 'nothing is known' }, note: 'each bar is 1 h',
      onChoose: { run: none, words: (words) => `${words}. Look at it alone.` },
    }),
    drawNamedBars({
      title: 'Calls by subscription', focusKey: 'named', note: 'One of them had no calls.', onTable: none,
      series: [{ name: 'Succeeded', tone: 'good' }, { name: 'Blocked', tone: 'warn' }],
      bars: [
        { title: 'team-a', detail: 'Starter', values: [700, 118] },
        { title: 'A name that is much longer than there is room for it beside its number', detail: '', values: [374, 0] },
        { title: 'nobody', detail: 'Unlimited', values: [0, 0] },
      ],
      onChoose: { run: none, words: (words) => `${words}. Look at it alone.` },
    }),
    drawChart({
      title: 'Mean duration', form: 'lines', places: { name: 'Hour', labels: hours },
      series: [{ name: 'Gateway', values: wave(2, 90) }, { name: 'Service', values: wave(2, 60) }], format: (value) => `${value} ms`,
    }),
    drawChart({
      title: 'How the numbers are spread', form: 'bars', places: { name: 'From', labels: ['0', '0.2', '0.4', '0.6', '0.8'] },
      series: [{ name: 'Rows', values: [3, 12, 40, 22, 5] }],
    }),
  ];
}

const chips = ([
  ['ok', 'ok', 'Finished'], ['failed', 'failed', 'Failed'], ['warning', 'warning', 'Not known'], ['quiet', 'pending', 'Waiting'],
  ['going', 'sending', 'Running'],
] as const).map(([tone, drawing, text]) => drawChip({ tone, icon: drawing, text }));
const notes = drawNotes(['The answer took three tries.', 'Two rows are longer than the others.']);
frame.stage.append(h('article', { class: 'examples', 'aria-label': 'Examples of the kit' },
  h('h1', { class: 'unseen' }, 'Examples of the kit'),
  example('Header', '', header()),
  example('State chips', 'padded', h('div', { class: 'example-row' }, ...chips)),
  example('Buttons', 'padded', h('div', { class: 'example-row' },
    button({ label: 'Primary', look: 'primary', icon: 'send', run: none }), button({ label: 'Secondary', icon: 'copy', run: none }),
    button({ label: 'An icon alone', look: 'plain', icon: 'code', run: none }))),
  example('Tabs with tools and a table', 'tall', tabsWithTable()),
  example('Tools without room, and a menu', 'padded', h('div', { class: 'example-row' }, toolbar(), menu())),
  example('More tabs than there is room for', '', manyTabs()),
  example('Problem', '', drawProblem(page, problem, actionLabels())),
  example('Problem where there is data', '', drawBriefProblem(page, problem, actionLabels())),
  example('Notes', '', ...(notes ? [notes] : [])),
  example('Empty state', '', drawPlacard('send', 'No answer to show', 'h3',
    h('p', {}, 'The answer to a request stands here.'),
    h('div', { class: 'buttons' }, button({ label: 'Send Request…', look: 'primary', run: none })))),
  example('Progress', 'padded', drawProgress('Sending').element, counted(),
    h('div', { class: 'example-row' }, counted('inline'), '9 MB of 25 MB read'), counted('line')),
  example('Form', '', form()),
  example('Charts', 'padded', ...charts())));

function counted(look?: ProgressLook): HTMLElement {
  const progress = drawProgress('Uploading', look);
  progress.update(0.36, '9 MB of 25 MB');
  return progress.element;
}
