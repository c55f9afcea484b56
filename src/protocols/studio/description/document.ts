// A description as a tree with places: members by their names, references followed, and a list of what was not understood.

import * as l10n from '@vscode/l10n';
import { getNodePath, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { beginningOfText } from '../../../base/cutText';
import { members, slice, toStrictJson } from '../../../base/jsonText';
import { tryParse } from '../../../base/shape';
import type { NotUnderstood } from '../../description';
import { ReadingBudget } from './budget';

/** So many places are told of; the rest is counted. */
const mostNotes = 50;

/** So long a reference may lead from one place to the next. */
const mostSteps = 32;

/** Longer texts of a description are cut, in UTF-16 units. */
const longestText = 500;

/** What a value costs beside its text, in UTF-16 units: very many very short ones cost something, too. */
const valueCost = 8;

/** A description's text, and what is not understood of it. */
export class DescriptionDocument {
  readonly root: Node | undefined;
  readonly budget = new ReadingBudget();
  readonly notes: NotUnderstood[] = [];
  moreNotes = 0;
  private readonly known = new WeakMap<Node, ReadonlyMap<string, Node>>();
  private readonly references = new Map<string, Node | undefined>();
  private readonly values = new WeakMap<Node, { readonly json: string | undefined }>();
  private readonly noted = new Map<Node | undefined, Set<string>>();

  /** Reads as far as the text can be read; where it is no JSON is the first note. */
  constructor(private readonly text: string) {
    const errors: ParseError[] = [];
    try {
      this.root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.note(undefined, l10n.t('The description is nested too deeply to be read.'));
    }
    const [first] = errors;
    if (first) this.note(undefined, this.brokenAt(first));
  }

  /** The member of an object; undefined for anything else, and for what is not there. */
  member(node: Node | undefined, name: string): Node | undefined {
    return node && this.members(node).get(name);
  }

  /** The members of an object, the first of each name. */
  members(node: Node): ReadonlyMap<string, Node> {
    const known = this.known.get(node);
    if (known) return known;
    const all = new Map<string, Node>();
    for (const [name, value] of members(node)) if (!all.has(name)) all.set(name, value);
    this.known.set(node, all);
    return all;
  }

  /** The text of a string, without blanks around it and cut to `longest` UTF-16 units; undefined for anything else. */
  textOf(node: Node | undefined, longest = longestText): string | undefined {
    if (node?.type !== 'string') return undefined;
    // A megabyte of blanks would be gone through for each column that refers to it.
    const text = String(node.value).slice(0, 4 * longest).trim();
    if (text === '') return undefined;
    return shown(text, longest);
  }

  /** The value as strict JSON in the digits that it came in; undefined where it is none, and where there is no room for it any more. */
  jsonOf(node: Node | undefined): string | undefined {
    if (!node || !this.budget.take('characters', node.length + valueCost)) return undefined;
    const known = this.values.get(node);
    if (known) return known.json;
    const source = toStrictJson(slice(this.text, node));
    const json = tryParse(source) === undefined ? undefined : source;
    this.values.set(node, { json });
    return json;
  }

  /** What a node refers to, or itself; undefined, and noted, where that leads nowhere. */
  resolve(node: Node | undefined): Node | undefined {
    let at = node;
    for (let step = 0; step < mostSteps; step++) {
      const reference = this.member(at, '$ref');
      if (!at || reference?.type !== 'string') return at;
      const pointer = String(reference.value);
      const target = this.find(pointer);
      if (!target) {
        this.note(reference, pointer.startsWith('#')
          ? l10n.t('It refers to "{0}", which is not in the description.', shown(pointer))
          : l10n.t('It refers to "{0}", which is outside of the description and was not read.', shown(pointer)));
        return undefined;
      }
      at = target;
    }
    this.note(node, l10n.t('It refers to itself.'));
    return undefined;
  }

  /** Notes a place that was not understood, once. */
  note(node: Node | undefined, what: string): void {
    // Names of columns may be of any length.
    const sentence = shown(what, 2 * longestText);
    const noted = this.noted.get(node);
    if (noted?.has(sentence)) return;
    // A path costs a search through each array on the way.
    if (this.notes.length >= mostNotes) {
      this.moreNotes += 1;
      return;
    }
    this.noted.set(node, new Set(noted).add(sentence));
    this.notes.push({ path: node ? shown(pathText(getNodePath(node)), 2 * longestText) : '$', what: sentence });
  }

  private brokenAt({ offset, error }: ParseError): string {
    const before = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    return l10n.t('The description is no JSON from line {0}, column {1} on ({2}).', line, column, printParseErrorCode(error));
  }

  private find(pointer: string): Node | undefined {
    if (this.references.has(pointer)) return this.references.get(pointer);
    const found = this.walk(pointer);
    this.references.set(pointer, found);
    return found;
  }

  private walk(pointer: string): Node | undefined {
    if (pointer === '#') return this.root;
    if (!pointer.startsWith('#/')) return undefined;
    let at = this.root;
    for (const step of pointer.slice(2).split('/')) {
      const name = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
      at = at?.type === 'array' ? at.children?.[/^\d{1,6}$/.test(name) ? Number(name) : -1] : this.member(at, name);
      if (!at) return undefined;
    }
    return at;
  }
}

/** A text with its percent signs read; as it is where they make no sense. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shown(text: string, most = 200): string {
  return text.length > most ? `${beginningOfText(text, most)}…` : text;
}

/** `$.a["b c"][0]` */
function pathText(path: readonly (string | number)[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = shown(step);
    return /^[a-z_$][\w$]*$/i.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return `$${steps.join('')}`;
}
