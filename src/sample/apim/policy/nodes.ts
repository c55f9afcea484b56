// A policy document in parts, and what is said where it cannot be read.

/** An attribute. `value` is as it stands between the quotes. */
export interface PolicyAttribute {
  readonly name: string;
  readonly value: string;
  readonly quote: string;
  readonly expression: boolean;
}

/** An element. `at` is the place of its name in the text. */
export interface PolicyElement {
  readonly kind: 'element';
  readonly name: string;
  readonly at: number;
  readonly attributes: readonly PolicyAttribute[];
  readonly children: PolicyNode[];
  /** Written `<x />`. */
  readonly empty: boolean;
}

/** Text; `expression` where it is one as a whole, blanks around it aside. Comments and the like hold their marks too. */
export type PolicyNode =
  | PolicyElement
  | { readonly kind: 'text'; readonly text: string; readonly expression: boolean }
  | { readonly kind: 'comment' | 'cdata' | 'declaration'; readonly text: string };

/** How expressions stand in a text: as they are, or with `&quot;` and the like. */
export type PolicyForm = 'xml' | 'rawxml';

/** A document that is no XML. `line` and `position` count from 1. */
export class PolicyUnreadable extends Error {
  override readonly name = 'PolicyUnreadable';
}

/** Line and position of a place, both from 1. */
export function placeOf(text: string, at: number): { readonly line: number; readonly position: number } {
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let next = before.indexOf('\n'); next >= 0; next = before.indexOf('\n', next + 1)) line++;
  return { line, position: at - start + 1 };
}

/** The error for a place in the text. */
export function unreadable(text: string, at: number, sentence: string): PolicyUnreadable {
  const { line, position } = placeOf(text, at);
  return new PolicyUnreadable(`${sentence} Line ${line}, position ${position}.`);
}
