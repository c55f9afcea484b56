// What is wrong with what stands in a form: each fault names row and column, and says what is wanted.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { beginningOfText } from '../../../base/cutText';
import { tryParse } from '../../../base/shape';
import { mask } from '../../../redaction';
import { isTextual, jsonOf } from './formCells';
import { parametersAt, type FormCell, type FormContent, type FormField, type FormProblem } from './formShape';

/** Faults of a form; the first hundred, as nobody reads more. */
export function formProblems({ inputs, parameters }: FormContent): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  for (const [input, { name, fields, rows }] of inputs.entries()) {
    for (const [row, cells] of rows.entries()) {
      for (const [column, field] of fields.entries()) {
        const brief = problemOf(field, cells[column] ?? { state: 'absent' });
        if (brief === undefined) continue;
        problems.push({ input, row, column, brief, sentence: rows.length === 1 && inputs.length === 1
          ? l10n.t('{0}: {1}', shortName(field.name), brief)
          : l10n.t('Row {0} of {1}, {2}: {3}', formatCount(row + 1), shortName(name), shortName(field.name), brief) });
        if (problems.length >= mostProblems) return problems;
      }
    }
  }
  for (const [column, field] of (parameters?.fields ?? []).entries()) {
    const brief = problemOf(field, parameters?.cells[column] ?? { state: 'absent' });
    if (brief === undefined) continue;
    const sentence = l10n.t('Global parameter {0}: {1}', shortName(field.name), brief);
    problems.push({ input: parametersAt, row: 0, column, brief, sentence });
  }
  return problems.slice(0, mostProblems);
}

/** So many faults are told. */
const mostProblems = 100;

/** So much of a name stands in a sentence, in UTF-16 units. */
const longestName = 60;

function shortName(name: string): string {
  return name.length > longestName ? `${beginningOfText(name, longestName)}…` : name;
}

/** What is wrong with one field, as a sentence; undefined where nothing is. */
function problemOf(field: FormField, cell: FormCell): string | undefined {
  if (cell.state !== 'value') return undefined;
  const { kind, choices } = field;
  const { text } = cell;
  // What was shown masked anywhere is no value.
  if ((isTextual(kind) ? text : tryParse(text)) === mask) return l10n.t('Dots stand for a value that is not known here: type the value.');
  switch (kind) {
    case 'number':
    case 'integer':
      return numberProblem(field, text);
    case 'boolean':
      return jsonOf(kind, cell) === 'wrong' ? l10n.t('It has to be true or false.') : undefined;
    case 'json':
      return jsonOf(kind, cell) === 'wrong'
        ? l10n.t('It has to be a JSON value: a text in double quotes, a number, true, false or null.') : undefined;
    case 'date':
      return isDay(text) ? undefined : l10n.t('It has to be a day such as 2016-07-31.');
    case 'dateTime':
      return isMoment(text) ? undefined : l10n.t('It has to be a day and a time such as 2016-07-31T14:30:00Z.');
    case 'choice':
      return choices.includes(text) ? undefined : l10n.t('It is none of the values that are allowed.');
    case 'text':
      return undefined;
    default:
      return kind satisfies never;
  }
}

function numberProblem({ kind, least, greatest }: FormField, typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return l10n.t('A number is missing.');
  if (jsonOf('number', { state: 'value', text }) === 'wrong') {
    return text.includes(',')
      ? l10n.t('It has to be a number with a point, such as 1.5.') : l10n.t('It has to be a number such as 12, -1.5 or 2e-3.');
  }
  if (kind === 'integer' && !isInteger(text)) return l10n.t('It has to be a whole number.');
  const value = Number(text);
  if (least && (least.exclusive ? value <= Number(least.value) : value < Number(least.value)))
    return least.exclusive ? l10n.t('It has to be more than {0}.', least.value) : l10n.t('It has to be at least {0}.', least.value);
  if (greatest && (greatest.exclusive ? value >= Number(greatest.value) : value > Number(greatest.value)))
    return greatest.exclusive ? l10n.t('It has to be less than {0}.', greatest.value) : l10n.t('It has to be at most {0}.', greatest.value);
  return undefined;
}

/** Whether a number has nothing behind its point: by its digits, as a long one is no longer exact as a number. */
function isInteger(text: string): boolean {
  return /^-?\d+(?:\.0+)?$/.test(text) || (/[eE]/.test(text) && Number.isInteger(Number(text)));
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A day that is not in the calendar becomes another one.
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

function isMoment(text: string): boolean {
  const [, day, hours, minutes] = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  return day !== undefined && isDay(day) && Number(hours) < 24 && Number(minutes) < 60;
}
