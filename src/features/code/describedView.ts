// What a service tells of itself -> what its page shows of it.

import * as l10n from '@vscode/l10n';
import { formatCount, formatDateTime } from '../../base/format';
import { columnNotes, typeName } from '../../protocols/columnFacts';
import type { DescribedColumn, DescribedPort } from '../../protocols/description';
import type { DescriptionState } from '../description';
import type { DescribedLine, DescribedOnPage, DescribedTable } from './messages';

/** So many columns of an input or output are shown. */
const mostLines = 500;

/** Inputs with more columns are closed at first, so that what follows is in sight. */
const fewLines = 30;

/** Longer examples are cut, in UTF-16 units. */
const longestExample = 200;

/** What is known; undefined where the kind of service tells nothing of itself. */
export function describedView(state: DescriptionState | undefined): DescribedOnPage {
  if (state === undefined) return withoutTables('unknown', l10n.t('Services of this kind do not describe themselves.'));
  if (state.kind !== 'known') return withoutTables('unknown', state.problem.sentence, state.problem.actions);
  const { description, fetchedAt } = state;
  const { title, about, inputs, parameters, outputs, notUnderstood, moreNotUnderstood } = description;
  return {
    state: 'known',
    sentence: l10n.t('From the description that the service gave on {0}.', formatDateTime(fetchedAt)),
    ...(title === undefined ? {} : { title }),
    ...(about === undefined ? {} : { about }),
    actions: [],
    tables: [
      ...inputs.map((port) => portTable(l10n.t('Input {0}', nameOf(port)), port, port.columns.length <= fewLines)),
      ...(parameters.length === 0 ? [] : [tableOf(l10n.t('Global Parameters'), parameters.map(parameterLine), true)]),
      ...outputs.map((port) => portTable(l10n.t('Output {0}', nameOf(port)), port, false)),
    ],
    notUnderstood: [
      ...notUnderstood.map(({ path, what }) => l10n.t('{0}: {1}', path, what)),
      ...(moreNotUnderstood === 0 ? [] : [l10n.t('More places: {0}', formatCount(moreNotUnderstood))]),
    ],
  };
}

/** While it is asked. */
export function readingView(): DescribedOnPage {
  return withoutTables('reading', l10n.t('Reading the description of the service…'));
}

/** For a service that is not asked by itself. */
export function notAskedView(): DescribedOnPage {
  return withoutTables('notAsked', l10n.t('The gateway in front of this service may count calls, so it was not asked yet.'));
}

function withoutTables(state: DescribedOnPage['state'], sentence: string, actions: DescribedOnPage['actions'] = []): DescribedOnPage {
  // A button of the page's own asks again.
  return { state, sentence, actions: actions.filter((action) => action !== 'retry'), tables: [], notUnderstood: [] };
}

function parameterLine(parameter: DescribedColumn): DescribedLine {
  return lineOf(parameter, parameter.example);
}

function portTable(title: string, port: DescribedPort, open: boolean): DescribedTable {
  if (port.columns.length === 0) return tableOf(title, [{ name: port.name, type: typeName(port), notes: '', example: '' }], open);
  const [row = []] = port.rows;
  return tableOf(title, port.columns.map((column, index) => lineOf(column, row[index] ?? column.example)), open);
}

function tableOf(title: string, lines: readonly DescribedLine[], open: boolean): DescribedTable {
  const more = lines.length - mostLines;
  return { title, open, lines: lines.slice(0, mostLines), ...(more > 0 ? { more: l10n.t('More columns: {0}', formatCount(more)) } : {}) };
}

function lineOf(column: DescribedColumn, example: string | undefined): DescribedLine {
  const whole = example ?? '';
  return {
    name: column.name,
    type: typeName(column),
    notes: columnNotes(column).join('; '),
    example: whole.length > longestExample ? `${whole.slice(0, longestExample)}…` : whole,
  };
}

function nameOf({ name }: DescribedPort): string {
  return name === '' ? l10n.t('(the whole body)') : name;
}
