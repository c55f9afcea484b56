// The URL template of an operation: what of an address it fits, and with which parameters.

import { percentDecoded } from '../../../base/percent';
import { readQuery, sameName, splitQuery, type QueryArgument } from './address';

/** A piece of a segment: letters that must be there, or a parameter. */
type Piece = { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'parameter'; readonly name: string };

interface TemplateArgument {
  readonly name: string;
  readonly value: readonly Piece[];
}

/** A template that was read. */
export interface Template {
  readonly segments: readonly (readonly Piece[])[];
  /** Takes whatever follows: it ends in `/*`. */
  readonly wildcard: boolean;
  /** All of these must be in the query. */
  readonly query: readonly TemplateArgument[];
}

/** Names of parameters with their values, decoded. */
export type Parameters = ReadonlyMap<string, string>;

/** Reads a template such as `/jobs/{jobid}?api-version={apiversion}`. */
export function readTemplate(text: string): Template {
  const [path, query] = splitQuery(text);
  const segments = path.replace(/^\//, '').split('/');
  const wildcard = segments.at(-1) === '*';
  return {
    segments: (wildcard ? segments.slice(0, -1) : segments).map(pieces),
    wildcard,
    query: readQuery(query).map(({ name, value }) => ({ name, value: pieces(value) })),
  };
}

/** No name of a parameter is longer. */
const longestName = 256;

/** Index of the brace that closes the one at `at`, or -1 where no parameter stands there. */
function parameterEnd(text: string, at: number): number {
  if (text[at] !== '{') return -1;
  const end = text.slice(at, at + longestName + 2).indexOf('}');
  return end < 0 ? -1 : at + end;
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let literal = '';
  for (let at = 0; at < text.length; ) {
    const end = parameterEnd(text, at);
    if (end < 0) {
      literal += text[at++] ?? '';
      continue;
    }
    if (literal !== '') found.push({ kind: 'literal', text: literal });
    literal = '';
    found.push({ kind: 'parameter', name: text.slice(at + 1, end) });
    at = end + 1;
  }
  if (literal !== '') found.push({ kind: 'literal', text: literal });
  return found;
}

/**
 * The parameters, where the template fits; undefined where it does not. `rest` is the path behind the API's, with its slash, or empty.
 * Letters are compared without case; a parameter takes at least one.
 */
export function fit(template: Template, rest: string, query: readonly QueryArgument[]): Parameters | undefined {
  const segments = rest.replace(/^\//, '').split('/');
  const { wildcard } = template;
  if (wildcard ? segments.length < template.segments.length : segments.length !== template.segments.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, wanted] of template.segments.entries()) {
    if (!fitPieces(wanted, percentDecoded(segments[index] ?? ''), parameters)) return undefined;
  }
  for (const wanted of template.query) {
    const given = query.find((argument) => sameName(argument.name, wanted.name));
    if (!given || !fitArgument(wanted.value, given.value, parameters)) return undefined;
  }
  return parameters;
}

function fitArgument(wanted: readonly Piece[], given: string, parameters: Map<string, string>): boolean {
  const [only] = wanted;
  // An argument may be there without a value.
  if (wanted.length === 1 && only?.kind === 'parameter' && given === '') {
    parameters.set(only.name, '');
    return true;
  }
  return wanted.length === 0 || fitPieces(wanted, given, parameters);
}

/** Each parameter takes as little as it can; the last one takes what is left. */
function fitPieces(wanted: readonly Piece[], given: string, parameters: Map<string, string>): boolean {
  const folded = given.toLowerCase();
  let at = 0;
  for (const [index, piece] of wanted.entries()) {
    if (piece.kind === 'literal') {
      if (!folded.startsWith(piece.text.toLowerCase(), at)) return false;
      at += piece.text.length;
      continue;
    }
    const next = wanted[index + 1];
    const mark = next?.kind === 'literal' ? next.text.toLowerCase() : undefined;
    const last = index + 1 === wanted.length - 1;
    const end = mark === undefined ? (next ? at + 1 : given.length) : last ? given.length - mark.length : folded.indexOf(mark, at + 1);
    if (end <= at) return false;
    parameters.set(piece.name, given.slice(at, end));
    at = end;
  }
  return at === given.length;
}

/** Less than 0 where `one` says more exactly what it fits than `other`: letters before parameters before `*`, then more arguments. */
export function compareTemplates(one: Template, other: Template): number {
  const count = Math.max(one.segments.length, other.segments.length);
  for (let index = 0; index < count; index++) {
    const difference = openness(one.segments[index]) - openness(other.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(one.wildcard) - Number(other.wildcard) || other.query.length - one.query.length;
}

function openness(segment: readonly Piece[] | undefined): number {
  if (!segment) return 3;
  const parameters = segment.filter((piece) => piece.kind === 'parameter').length;
  return parameters === 0 ? 0 : parameters < segment.length ? 1 : 2;
}

/** Puts parameters into a text in which they stand as `{name}`, encoded; what is no parameter stays. */
export function fillIn(text: string, parameters: Parameters): { readonly text: string; readonly used: ReadonlySet<string> } {
  const used = new Set<string>();
  let filled = '';
  for (let at = 0; at < text.length; ) {
    const end = parameterEnd(text, at);
    const name = end < 0 ? undefined : text.slice(at + 1, end);
    const value = name === undefined ? undefined : parameters.get(name);
    if (name === undefined || value === undefined) {
      filled += text[at++] ?? '';
      continue;
    }
    used.add(name);
    filled += encodeURIComponent(value);
    at = end + 1;
  }
  return { text: filled, used };
}
