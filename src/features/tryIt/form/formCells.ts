// What stands in a field, and JSON: each is made of the other without a loss.

import { JsonCursor, NotJson } from '../../../base/jsonCursor';
import { tryParse } from '../../../base/shape';
import type { FieldKind, FormCell } from './formShape';

/** What kind of JSON value a text is; `text` for a string. */
export type JsonKind = 'text' | 'number' | 'boolean' | 'null' | 'other';

/** The kind of a JSON text; `other` for lists, objects and what is no JSON. */
export function jsonKind(json: string): JsonKind {
  const [first = ''] = json;
  if (first === '"') return 'text';
  if (json === 'null') return 'null';
  if (json === 'true' || json === 'false') return 'boolean';
  return /[-\d]/.test(first) ? 'number' : 'other';
}

/** Whether a field of this kind shows a JSON text and gives it back as it was. */
export function fits(kind: FieldKind, json: string): boolean {
  const of = jsonKind(json);
  switch (kind) {
    case 'text':
    case 'date':
    case 'dateTime':
      return of === 'text' || of === 'null';
    case 'number':
    case 'integer':
      return of === 'number' || of === 'null';
    case 'boolean':
      return of === 'boolean' || of === 'null';
    case 'choice':
    case 'json':
      return of !== 'other';
    default:
      return kind satisfies never;
  }
}

/** Whether a kind shows a text as it is, without quotes. */
export function isTextual(kind: FieldKind): boolean {
  return kind === 'text' || kind === 'date' || kind === 'dateTime';
}

/** What stands in a field for a JSON text, or for one that is left out. */
export function cellOf(kind: FieldKind, json: string | undefined): FormCell {
  if (json === undefined) return { state: 'absent' };
  if (json === 'null') return { state: 'null' };
  return { state: 'value', text: isTextual(kind) ? String(tryParse(json)) : json };
}

/** The JSON text of what stands in a field; undefined where it is left out, and `wrong` where it is no JSON. */
export function jsonOf(kind: FieldKind, cell: FormCell): { readonly json: string | undefined } | 'wrong' {
  switch (cell.state) {
    case 'absent':
    case 'kept':
      return { json: undefined };
    case 'null':
      return { json: 'null' };
    case 'value': {
      if (isTextual(kind)) return { json: JSON.stringify(cell.text) };
      const json = cell.text.trim();
      return isScalar(json) && fits(kind, json) && (kind === 'json' || kind === 'choice' || json !== 'null') ? { json } : 'wrong';
    }
    default:
      return cell satisfies never;
  }
}

/** True for a text, a number, true, false or null as JSON, and nothing beside it. */
function isScalar(json: string): boolean {
  try {
    const cursor = new JsonCursor(json);
    if (!cursor.atScalar) return false;
    cursor.skip();
    return cursor.atEnd;
  } catch (error) {
    if (error instanceof NotJson) return false;
    throw error;
  }
}

/** What a new field holds at first. */
export function firstCell(kind: FieldKind, choices: readonly string[] = []): FormCell {
  switch (kind) {
    case 'number':
    case 'integer':
      return { state: 'value', text: '0' };
    case 'boolean':
      return { state: 'value', text: 'false' };
    case 'choice':
      return cellOf(kind, choices[0] ?? 'null');
    case 'json':
      return { state: 'null' };
    case 'text':
    case 'date':
    case 'dateTime':
      return { state: 'value', text: '' };
    default:
      return kind satisfies never;
  }
}
