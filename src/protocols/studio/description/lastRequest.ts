// A request that was sent -> the text of a new one: as it was, or its first rows where it is long.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { JsonCursor, NotJson } from '../../../base/jsonCursor';
import { readableText } from '../../../base/readableText';
import { comment } from './newRequest';

/** A longer request is shortened, in UTF-16 units. */
const longest = 200_000;

/** So many rows of each input stay. */
const mostRows = 10;

/** The new request, with these sentences above it; undefined for a text that is no request. */
export function fromLastRequest(json: string, remarks: readonly string[]): string | undefined {
  try {
    const { text, left } = json.length <= longest ? { text: json, left: 0 } : shortened(json);
    if (text.length > longest) return undefined;
    const count = formatCount(left);
    const cut = left === 0 ? [] : [l10n.t('These are the first {0} rows of each input; {1} more are left out.', mostRows, count)];
    return `${[...remarks, ...cut].flatMap(comment).join('\n')}\n${readableText(text)}\n`;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

/** A text, and how many rows were left out of it. */
interface Shortened {
  readonly text: string;
  readonly left: number;
}

/** Throws NotJson. */
function shortened(json: string): Shortened {
  const cursor = new JsonCursor(json);
  return object(cursor, (root) => (root === 'Inputs' && cursor.atObject ? object(cursor, () => input(cursor)) : value(cursor)));
}

/** Row objects, or an object with the rows under "Values". */
function input(cursor: JsonCursor): Shortened {
  if (cursor.atArray) return firstRows(cursor);
  if (!cursor.atObject) return value(cursor);
  return object(cursor, (name) => (name === 'Values' && cursor.atArray ? firstRows(cursor) : value(cursor)));
}

function object(cursor: JsonCursor, read: (name: string) => Shortened): Shortened {
  const parts: string[] = [];
  let left = 0;
  for (const name of cursor.object()) {
    const member = read(name);
    parts.push(`${JSON.stringify(name)}:${member.text}`);
    left += member.left;
  }
  return { text: `{${parts.join(',')}}`, left };
}

function firstRows(cursor: JsonCursor): Shortened {
  const kept: string[] = [];
  let count = 0;
  if (cursor.enterArray()) {
    do {
      count += 1;
      if (count <= mostRows) kept.push(value(cursor).text);
      else cursor.skip();
    } while (cursor.another());
  }
  return { text: `[${kept.join(',')}]`, left: count - kept.length };
}

/** A value in the text that it came in. */
function value(cursor: JsonCursor): Shortened {
  const text = cursor.peekString();
  const source = cursor.cell();
  return { text: text === undefined ? (source ?? 'null') : JSON.stringify(text), left: 0 };
}
