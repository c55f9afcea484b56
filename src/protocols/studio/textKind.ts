// The beginning of a JSON text -> what it can be sent as, by its shape: a request with a fault is one too, or nobody would be told of the
// fault.

import { createScanner } from 'jsonc-parser';
import { token } from '../../base/jsonTokens';
import type { TextKind } from '../protocol';

/** Members of an input that holds rows. */
const rowNames: readonly string[] = ['ColumnNames', 'Values'];

/** Members of what says where a blob is. */
const referenceNames: readonly string[] = ['ConnectionString', 'RelativeLocation', 'BaseLocation', 'SasBlobToken'];

/** What is known of a text when its root is closed without a word that decides. */
interface Signs {
  inputs: 'absent' | 'empty' | 'filled';
  input: 'absent' | 'open' | 'foreign';
  parameters: boolean;
  /** Names in other letters, such as "inputs", are a fault to be told of when the text is sent; other formats have some of them, too. */
  inOtherLetters: { rows: boolean; parameters: boolean };
}

/**
 * What a text is. `whole` is false for the beginning of a longer one. Takes time in proportion to the text, however deep that is nested.
 */
export function textKind(text: string, whole: boolean): TextKind {
  const scanner = createScanner(text.startsWith('\uFEFF') ? text.slice(1) : text, true);
  const scan = (): number => scanner.scan();
  if (scan() !== token.openObject) return 'other';
  const signs: Signs = { inputs: 'absent', input: 'absent', parameters: false, inOtherLetters: { rows: false, parameters: false } };
  /** Names of the members that are open, from the root's down; empty for elements of arrays. */
  const path: string[] = [];
  let last = '';
  let name = '';
  let previous = 0;
  for (let kind = scan(); kind !== token.end; previous = kind, kind = scan()) {
    switch (kind) {
      case token.string:
        last = scanner.getTokenValue();
        break;
      case token.colon: {
        name = last;
        const decided = named(path, name, signs);
        if (decided) return decided;
        break;
      }
      case token.openObject:
      case token.openArray:
        if (kind === token.openObject && previous === token.openArray && isInput(path)) signs.inOtherLetters.rows = true;
        path.push(name);
        name = '';
        if (kind === token.openArray && path.length === 2 && path[0] === 'Inputs') return rowsKind(scan(), whole);
        if (kind === token.openObject && path.length === 1) opened(path[0], signs);
        break;
      case token.closeObject:
      case token.closeArray:
        if (path.length === 0) return closed(signs);
        path.pop();
        // What follows in an array has no name of its own.
        name = '';
        break;
    }
  }
  return whole ? closed(signs) : 'unclear';
}

/** What the name of a member decides, if anything. `path` leads to the object that it is in. */
function named(path: readonly string[], name: string, signs: Signs): TextKind | undefined {
  const [root] = path;
  if (root === 'Inputs' && path.length === 1) signs.inputs = 'filled';
  if (root === 'Input' && path.length === 1) {
    if (referenceNames.includes(name)) return 'batch';
    signs.input = 'foreign';
  }
  if (path.length !== 2) return undefined;
  if (root === 'Inputs' && rowNames.includes(name)) return 'request';
  if (isInput(path) && name.toLowerCase() === 'columnnames') return 'request';
  return (root === 'Inputs' || root === 'Outputs') && referenceNames.includes(name) ? 'batch' : undefined;
}

/** True inside a member of a root's object that is `Inputs`, in whatever letters. */
function isInput([root, input, ...deeper]: readonly string[]): boolean {
  return root?.toLowerCase() === 'inputs' && input !== undefined && input !== '' && deeper.length === 0;
}

function opened(name: string | undefined, signs: Signs): void {
  if (name === 'Inputs') signs.inputs = 'empty';
  if (name === 'Input') signs.input = 'open';
  if (name === 'GlobalParameters') signs.parameters = true;
  if (name?.toLowerCase() === 'globalparameters') signs.inOtherLetters.parameters = true;
}

/** An input that is an array: by its first token, a row is an object. */
function rowsKind(first: number, whole: boolean): TextKind {
  if (first === token.openObject || first === token.closeArray) return 'request';
  return first === token.end && !whole ? 'unclear' : 'other';
}

function closed({ inputs, input, parameters, inOtherLetters }: Signs): TextKind {
  if (inOtherLetters.rows && inOtherLetters.parameters) return 'request';
  if (inputs === 'empty') return input === 'absent' ? 'either' : 'batch';
  if (input === 'open') return 'batch';
  // Parameters alone are all that a job without inputs needs.
  return parameters && inputs === 'absent' && input === 'absent' ? 'batch' : 'other';
}
