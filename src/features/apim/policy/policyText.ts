// Reads a policy document as it was written (rawxml): tags, attributes, comments and expressions with their places, whatever C# is inside.

import type { PolicyFault, TextRange } from './policyFault';
import { piece, pieceSize, scanPolicy, type Scan } from './scan';

export type { PolicyDoubt, PolicyFault, TextRange } from './policyFault';

/** An attribute of a tag. */
export interface PolicyAttribute {
  readonly name: string;
  /** Name, sign and quoted value. */
  readonly range: TextRange;
  /** What stands between the quotes. */
  readonly value: TextRange;
  /** True where the value is a policy expression. */
  readonly expression: boolean;
}

/** A piece of the document; all pieces together are the whole of it. */
export type PolicyToken =
  | { readonly kind: 'text' | 'expression' | 'comment' | 'cdata' | 'declaration'; readonly range: TextRange }
  | {
    readonly kind: 'open'; readonly range: TextRange; readonly name: string;
    readonly attributes: readonly PolicyAttribute[]; readonly empty: boolean;
  }
  | { readonly kind: 'close'; readonly range: TextRange; readonly name: string };

/** An element of the document. */
export interface PolicyElement {
  readonly name: string;
  readonly attributes: readonly PolicyAttribute[];
  /** The tag that opens it, and is all of it where it is empty. */
  readonly tag: TextRange;
  /** The tag that closes it. */
  readonly closeTag?: TextRange;
  readonly children: readonly PolicyElement[];
}

/** A document that was read. */
export interface PolicyText {
  readonly text: string;
  readonly tokens: readonly PolicyToken[];
  readonly roots: readonly PolicyElement[];
  /** Where it stops making sense: a tag that closes nothing, something that has no end. Nothing of such a document is edited. */
  readonly fault?: PolicyFault;
}

/** Elements stand in each other no deeper. What reads them goes down step by step. */
const mostDeep = 200;

/** Reads a document. Never throws. */
export function readPolicy(text: string): PolicyText {
  const scan = scanPolicy(text);
  const { roots, fault: misplaced } = nest(text, scan);
  // What is not closed before something that cannot be read may be closed in it.
  const fault = misplaced && (!scan.fault || misplaced.reason !== 'unclosed') ? misplaced : scan.fault;
  let tokens: readonly PolicyToken[] | undefined;
  return {
    text,
    // Most readers want the elements alone.
    get tokens() {
      return (tokens ??= tokensOf(text, scan));
    },
    roots,
    ...(fault ? { fault } : {}),
  };
}

type PlainKind = Exclude<PolicyToken['kind'], 'open' | 'close'>;

const plainKinds: Readonly<Record<number, PlainKind>> = {
  [piece.expression]: 'expression', [piece.comment]: 'comment', [piece.cdata]: 'cdata', [piece.declaration]: 'declaration',
};

function tokensOf(text: string, scan: Scan): readonly PolicyToken[] {
  const { pieces, count } = scan;
  const tokens: PolicyToken[] = [];
  let from = 0;
  const addText = (end: number): void => {
    if (end > from) tokens.push({ kind: 'text', range: { start: from, end } });
  };
  for (let at = 0; at < count; at += pieceSize) {
    const kind = pieces[at] ?? 0;
    if (kind === piece.attribute || kind === piece.expressionAttribute) continue;
    const range = { start: pieces[at + 1] ?? 0, end: pieces[at + 2] ?? 0 };
    addText(range.start);
    from = range.end;
    const plain = plainKinds[kind];
    if (plain !== undefined) tokens.push({ kind: plain, range });
    else if (kind === piece.close) tokens.push({ kind: 'close', range, name: text.slice(range.start + 2, pieces[at + 3]) });
    else {
      const name = text.slice(range.start + 1, pieces[at + 3]);
      tokens.push({ kind: 'open', range, name, attributes: attributesBehind(text, scan, at), empty: kind === piece.empty });
    }
  }
  addText(text.length);
  return tokens;
}

/** The attributes of the tag at this place of the list. */
function attributesBehind(text: string, { pieces, count }: Scan, tag: number): readonly PolicyAttribute[] {
  const attributes: PolicyAttribute[] = [];
  for (let at = tag + pieceSize; at < count; at += pieceSize) {
    const kind = pieces[at];
    if (kind !== piece.attribute && kind !== piece.expressionAttribute) break;
    const [start = 0, end = 0, nameEnd = 0, from = 0] = [pieces[at + 1], pieces[at + 2], pieces[at + 3], pieces[at + 4]];
    attributes.push({
      name: text.slice(start, nameEnd), range: { start, end }, value: { start: from, end: end - 1 },
      expression: kind === piece.expressionAttribute,
    });
  }
  return attributes;
}

interface Growing extends Omit<PolicyElement, 'children' | 'closeTag'> {
  readonly children: PolicyElement[];
}

/** The elements in each other, up to the first tag that is out of place. */
function nest(text: string, scan: Scan): { readonly roots: readonly PolicyElement[]; readonly fault?: PolicyFault } {
  const { pieces, count } = scan;
  const roots: PolicyElement[] = [];
  const open: Growing[] = [];
  for (let at = 0; at < count; at += pieceSize) {
    const kind = pieces[at];
    if (kind !== piece.open && kind !== piece.empty && kind !== piece.close) continue;
    const tag = { start: pieces[at + 1] ?? 0, end: pieces[at + 2] ?? 0 };
    const name = text.slice(tag.start + (kind === piece.close ? 2 : 1), pieces[at + 3]);
    if (kind === piece.close) {
      const last = open.pop();
      if (!last || last.name !== name) return { roots, fault: { ...tag, reason: 'unmatched' } };
      (open.at(-1)?.children ?? roots).push({ ...last, closeTag: tag });
      continue;
    }
    if (open.length >= mostDeep) return { roots, fault: { ...tag, reason: 'deep' } };
    const attributes = attributesBehind(text, scan, at);
    if (hasTwice(attributes)) return { roots, fault: { ...tag, reason: 'twice' } };
    const element: Growing = { name, attributes, tag, children: [] };
    if (kind === piece.open) open.push(element);
    else (open.at(-1)?.children ?? roots).push(element);
  }
  const unclosed = open.at(-1);
  return unclosed ? { roots, fault: { ...unclosed.tag, reason: 'unclosed' } } : { roots };
}

/** So many are compared one by one, which is faster than a set. */
const few = 8;

function hasTwice(attributes: readonly PolicyAttribute[]): boolean {
  if (attributes.length <= few)
    return attributes.some(({ name }, index) => index > 0 && attributes.findIndex((each) => each.name === name) < index);
  return new Set(attributes.map(({ name }) => name)).size < attributes.length;
}

/** The text in a range. */
export function textIn(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}

/** A range without the white space at its ends. */
export function trimmedRange(text: string, range: TextRange): TextRange {
  const whole = textIn(text, range);
  const start = range.start + whole.length - whole.trimStart().length;
  return { start, end: start + whole.trim().length };
}

/** The attribute of this name. */
export function attributeOf(element: Pick<PolicyElement, 'attributes'>, name: string): PolicyAttribute | undefined {
  return element.attributes.find((each) => each.name === name);
}
