// Paths and queries of requests while they are matched and rewritten.

import { percentDecoded } from '../../../base/percent';

/** An argument of a query: as it stands there, and its parts with what is encoded undone. */
export interface QueryArgument {
  readonly raw: string;
  readonly name: string;
  readonly value: string;
}

/** The arguments of a query that has no `?`; those that are empty are left out. */
export function readQuery(query: string): QueryArgument[] {
  return query.split('&').flatMap((raw) => {
    if (raw === '') return [];
    const at = raw.indexOf('=');
    const decode = (text: string): string => percentDecoded(text.replaceAll('+', ' '));
    return [{ raw, name: decode(at < 0 ? raw : raw.slice(0, at)), value: at < 0 ? '' : decode(raw.slice(at + 1)) }];
  });
}

/** An argument of our own. */
export function queryArgument(name: string, value: string): QueryArgument {
  return { raw: `${encodeURIComponent(name)}=${encodeURIComponent(value)}`, name, value };
}

/** True when the names are the same: the gateway's are compared without case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Path and query in two: the query without its `?`. */
export function splitQuery(text: string): readonly [path: string, query: string] {
  const at = text.indexOf('?');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** True where a segment goes up or stays, encoded or not: what the backend makes of it is not what was matched. */
export function leavesItsPlace(path: string): boolean {
  return path.split('/').some((segment) => {
    const plain = percentDecoded(segment);
    return plain.split(/[/\\]/).some((part) => part === '.' || part === '..');
  });
}

/** A path with a query behind it, where that is not empty. */
export function withQuery(path: string, query: readonly QueryArgument[]): string {
  return query.length === 0 ? path : `${path}?${query.map(({ raw }) => raw).join('&')}`;
}

/** The text as it may stand in a request line: what may not is encoded. */
export function printable(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (char) => {
    try {
      return encodeURIComponent(char);
    } catch {
      return '%EF%BF%BD';
    }
  });
}
