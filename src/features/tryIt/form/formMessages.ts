// What the page tells of the form, checked before it is used, and what it is told.

import { isObject, member } from '../../../base/shape';
import {
  typedKinds, type FormCell, type FormContent, type FormPlace, type FormProblem, type TypedKind,
} from './formShape';

/** One change that a person makes to the form. */
export type FormEdit =
  | ({ readonly do: 'set'; readonly cell: FormCell } & FormPlace)
  | { readonly do: 'addRow'; readonly input: number }
  | { readonly do: 'removeRow'; readonly input: number; readonly row: number }
  | { readonly do: 'addColumn'; readonly input: number; readonly name: string; readonly kind: TypedKind }
  | { readonly do: 'removeColumn'; readonly input: number; readonly column: number };

/** The form as the page draws it. */
export interface FormState {
  /** Another number where the fields are to be drawn anew. */
  readonly filled: number;
  readonly content: FormContent;
  readonly problems: readonly FormProblem[];
  /** Which inputs have no room for another row. */
  readonly full: readonly boolean[];
}

/** No text of a field is longer, in UTF-16 units. */
const longest = 1_000_000;

/** The change that a page tells of; undefined for what no page can have sent. */
export function readFormEdit(value: unknown): FormEdit | undefined {
  const number = (name: string, least = 0): number | undefined => {
    const given = member(value, name);
    return typeof given === 'number' && Number.isInteger(given) && given >= least ? given : undefined;
  };
  const kind = member(value, 'do');
  const input = number('input', -1);
  const [row, column, name] = [number('row'), number('column'), member(value, 'name')];
  if (input === undefined) return undefined;
  switch (kind) {
    case 'set': {
      const cell = readCell(member(value, 'cell'));
      return row === undefined || column === undefined || !cell ? undefined : { do: kind, input, row, column, cell };
    }
    case 'addRow':
      return { do: kind, input };
    case 'removeRow':
      return row === undefined ? undefined : { do: kind, input, row };
    case 'removeColumn':
      return column === undefined ? undefined : { do: kind, input, column };
    case 'addColumn': {
      const typed = typedKinds.find((each) => each === member(value, 'kind'));
      return typed !== undefined && typeof name === 'string' && name.trim() !== '' && name.length <= longest
        ? { do: kind, input, name, kind: typed } : undefined;
    }
    default:
      return undefined;
  }
}

function readCell(value: unknown): FormCell | undefined {
  if (!isObject(value)) return undefined;
  const { state, text } = value;
  if (state === 'null' || state === 'absent') return { state };
  return state === 'value' && typeof text === 'string' && text.length <= longest ? { state, text } : undefined;
}
