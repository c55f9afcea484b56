// Works out what the expressions of sample code come to: joined strings, variables, filled-in templates.

import { bracketsOf, type Brackets } from './pasteBrackets';
import { longestValue, filled, plainVariable, braced, percent, joinedAddress } from './pasteFilled';
import { isNameMember, isValueMember } from './pasteLines';
import { isCommented, type Pair } from './pasteText';
import { tokens, type Token } from './pasteTokens';

/** A function that code calls, with the texts that it is given by position. */
export interface Call {
  readonly name: string;
  readonly given: readonly string[];
  readonly at: number;
}

/** What code says: `name = value` in any language's way, every text that an expression comes to, with its offset, and what is called. */
export interface CodeValues {
  readonly pairs: readonly Pair[];
  readonly texts: readonly { readonly value: string; readonly at: number }[];
  readonly calls: readonly Call[];
}

const headerText = /^(?:authorization|bearer|.{0,40}subscription.{0,40}|x-.{1,40})$/i;
const mostTerms = 64;
const mostDepth = 6;

/**
 * Reads code of any language, with variables that were set in other ways. What is not known stays in the value as `{name}`.
 * Its time grows with the code's length alone.
 */
export function codeValues(code: string, settings: readonly Pair[] = []): CodeValues {
  const list = tokens(code);
  const brackets = bracketsOf(list);
  const known = new Map(settings.map((pair) => [pair.name, pair.value]));
  // The first pass learns the names, so that the second also knows those that are set further down.
  new Reader(list, brackets, known, code).read();
  return new Reader(list, brackets, known, code).read();
}

interface Read {
  readonly value: string;
  readonly next: number;
}

interface Arguments {
  readonly plain: readonly string[];
  readonly named: ReadonlyMap<string, string>;
  readonly next: number;
}

/** Walks over the tokens once; `known` is shared between walks. */
class Reader {
  private readonly pairs: { readonly pair: Pair; readonly bracket: number }[] = [];
  private readonly texts: { value: string; at: number }[] = [];
  private readonly calls = new Map<number, Call>();
  /** What was read of the arguments of a call whose end was not understood. */
  private unfinished: readonly string[] = [];

  constructor(
    private readonly list: readonly Token[],
    private readonly brackets: Brackets,
    private readonly known: Map<string, string>,
    private readonly code: string,
  ) {}

  read(): CodeValues {
    this.list.forEach((token, index) => {
      if (token.kind === 'mark') return;
      this.readPair(token, index);
      const joined = this.joinsTo(index - 1);
      if (joined || (token.kind === 'name' && !this.isMark(index + 1, '+', '&', '.', '(', '['))) return;
      const read = this.expression(index, 0);
      if (read !== undefined && read.value.length > 3 && read.value.length < longestValue)
        this.texts.push({ value: read.value, at: token.at });
    });
    return { pairs: this.membersJoined(), texts: this.texts, calls: [...this.calls.values()] };
  }

  private readPair(token: Token, index: number): void {
    const start = this.valueStart(token, index);
    const read = start === undefined ? undefined : this.expression(start, 0);
    if (read === undefined || (this.isTwo(index) && !this.isMark(read.next, ']', '}'))) return;
    const comment = isCommented(this.code, token.at);
    const bracket = this.brackets.of(index);
    const text = this.nameAt(token, index);
    this.pairs.push({ pair: { name: text, value: read.value, at: token.at, comment, quoted: true }, bracket });
    const unknown = /^(?:\{[^{}]*\})+$/.test(read.value);
    if (comment || unknown) return;
    const name = plainVariable(text);
    const owner = this.brackets.owner(bracket);
    if (owner !== undefined) this.known.set(`${owner}.${name}`, read.value);
    // A member is no variable, though some languages set variables in its way.
    const isMember = this.isMark(index + 1, ':') && start === index + 2;
    if (token.kind === 'name' && !(isMember && (this.known.has(name) || isNameMember(name) || isValueMember(name))))
      this.known.set(name, read.value);
  }

  /** The name that is set; Basic puts its type between it and the value. */
  private nameAt(token: Token, index: number): string {
    const name = this.list[index - 2];
    return /^as$/i.test(this.list[index - 1]?.text ?? '') && name?.kind === 'name' ? name.text : token.text;
  }

  /** The pairs, where `{name: X, value: Y}` in one pair of brackets is X: Y, whatever stands between them. */
  private membersJoined(): Pair[] {
    const names = new Map<number, Pair[]>();
    const values = new Map<number, Pair[]>();
    for (const { pair, bracket } of this.pairs) {
      const into = bracket === 0 ? undefined : isNameMember(pair.name) ? names : isValueMember(pair.name) ? values : undefined;
      into?.set(bracket, [...(into.get(bracket) ?? []).slice(0, 1), pair]);
    }
    return this.pairs.flatMap(({ pair, bracket }) => {
      const [name, ...moreNames] = names.get(bracket) ?? [];
      const [value, ...moreValues] = values.get(bracket) ?? [];
      const isOne = moreNames.length === 0 && moreValues.length === 0 && (pair === name || pair === value);
      if (name === undefined || value === undefined || !isOne) return [pair];
      return pair === value ? [{ ...value, name: name.value }] : [];
    });
  }

  /** Where the value begins that belongs to a name or to a string that is used as one. */
  private valueStart(token: Token, index: number): number | undefined {
    if (this.isMark(index + 1, '=', '<-', '<<-', ':=', '=>')) return index + 2;
    const next = this.list[index + 2];
    // In YAML what follows on the next line, with a colon of its own, is a member.
    if (this.isMark(index + 1, ':') && next !== undefined && next.line > token.line && this.isMark(index + 3, ':')) return undefined;
    if (this.isMark(index + 1, ':')) return this.isMark(index + 3, '=') && this.list[index + 2]?.kind === 'name' ? index + 4 : index + 2;
    if (token.kind === 'string' && this.isMark(index + 1, ']') && this.isMark(index + 2, '=')) return index + 3;
    return this.isFirstOfTwo(token, index) ? index + 2 : undefined;
  }

  /** `add("Authorization", …)`, `("Authorization", …)` and the like; a text that is itself a value, or one of a list, names nothing. */
  private isFirstOfTwo(token: Token, index: number): boolean {
    if (token.kind !== 'string' || !this.isMark(index + 1, ',') || !headerText.test(token.text)) return false;
    return this.list[index - 1]?.kind === 'name' || this.isMark(index - 1, '(', '[', '{') || index === 0;
  }

  private isTwo(index: number): boolean {
    return this.isMark(index + 1, ',') && this.isMark(index - 1, '[', '{');
  }

  private expression(index: number, depth: number): Read | undefined {
    let read = this.term(index, depth);
    if (read === undefined) return undefined;
    for (let terms = 1; terms < mostTerms; terms += 1) {
      const from: number = this.joinsTo(read.next) ? read.next + 1 : read.next;
      const follows: boolean = from > read.next || this.touches(from);
      const more: Read | undefined = follows ? this.term(from, depth) : undefined;
      if (more === undefined) break;
      read = { value: (read.value + more.value).slice(0, longestValue), next: more.next };
    }
    return read;
  }

  private term(index: number, depth: number): Read | undefined {
    const token = this.list[index];
    if (token === undefined || depth > mostDepth) return undefined;
    if (token.kind === 'string')
      return this.withMethods(
        { value: filled(token.text.slice(0, longestValue), token.fills, this.known).slice(0, longestValue), next: index + 1 },
        depth,
      );
    if (token.kind === 'name') return this.withMethods(this.nameTerm(token.text, index, depth), depth);
    if (token.text !== '(') return undefined;
    const inside = this.expression(index + 1, depth + 1);
    return inside !== undefined && this.isMark(inside.next, ')')
      ? this.withMethods({ value: inside.value, next: inside.next + 1 }, depth)
      : undefined;
  }

  private nameTerm(text: string, index: number, depth: number): Read | undefined {
    if (/^(?:new|await|return)$/.test(text)) return this.term(index + 1, depth + 1);
    const name = plainVariable(text);
    const member = this.list[index + 2];
    if (this.isMark(index + 1, '[') && member?.kind === 'string' && this.isMark(index + 3, ']')) {
      const value = this.known.get(`${name}.${member.text}`);
      if (value !== undefined) return { value, next: index + 4 };
    }
    if (!this.isMark(index + 1, '(')) return { value: this.known.get(name) ?? `{${name}}`, next: index + 1 };
    this.unfinished = [];
    const given = this.arguments(index + 2, depth + 1);
    this.calls.set(index, { name, given: given?.plain ?? this.unfinished, at: this.list[index]?.at ?? 0 });
    if (given === undefined) return undefined;
    const [first = '', ...others] = given.plain;
    const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const head = this.known.get(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    if (last === 'paste') return { value: given.plain.join(given.named.get('sep') ?? ' ').slice(0, longestValue), next: given.next };
    if (last === 'paste0' || last === 'concat') return { value: given.plain.join('').slice(0, longestValue), next: given.next };
    if (last === 'sprintf') return { value: percent(first, others), next: given.next };
    if (last === 'format' && head === undefined) return { value: braced(first, others, given.named), next: given.next };
    if (last === 'format' && head !== undefined) return { value: braced(head, given.plain, given.named), next: given.next };
    if (/^(?:urljoin|uri|url)$/.test(last) && others[0] !== undefined)
      return { value: joinedAddress(first, others[0]) ?? joinedAddress(others[0], first) ?? first, next: given.next };
    if (/^(?:uri|url|str|string|encodeuri|tostring|i)$/.test(last) && given.plain.length === 1) return { value: first, next: given.next };
    if (/^(?:strip|rstrip|lstrip|trim|trimend|encode|tostring)$/.test(last) && head !== undefined) return { value: head, next: given.next };
    return { value: `{${name}}`, next: given.next };
  }

  /** What follows a value: `.format(…)`, `% (…)`, or a call that changes nothing that matters here. */
  private withMethods(read: Read | undefined, depth: number): Read | undefined {
    if (read === undefined) return undefined;
    const method = this.list[read.next + 1];
    if (this.isMark(read.next, '.') && method?.kind === 'name' && this.isMark(read.next + 2, '(')) {
      const given = this.arguments(read.next + 3, depth + 1);
      if (given === undefined) return read;
      return { value: method.text === 'format' ? braced(read.value, given.plain, given.named) : read.value, next: given.next };
    }
    if (!this.isMark(read.next, '%') || !/%[sdv]/.test(read.value)) return read;
    const list = this.isMark(read.next + 1, '(') ? this.arguments(read.next + 2, depth + 1) : undefined;
    if (list !== undefined) return { value: percent(read.value, list.plain), next: list.next };
    const one = this.term(read.next + 1, depth + 1);
    return one === undefined ? read : { value: percent(read.value, [one.value]), next: one.next };
  }

  private arguments(index: number, depth: number): Arguments | undefined {
    const plain: string[] = [];
    const named = new Map<string, string>();
    let at = index;
    while (plain.length + named.size < mostTerms) {
      if (this.isMark(at, ')')) return { plain, named, next: at + 1 };
      const token = this.list[at];
      const isNamed = token?.kind === 'name' && this.isMark(at + 1, '=', ':');
      const read = this.expression(isNamed ? at + 2 : at, depth);
      const next = read?.next ?? at + 1;
      if (token === undefined || (!this.isMark(next, ',') && !this.isMark(next, ')'))) {
        this.unfinished = plain;
        return undefined;
      }
      if (isNamed) named.set(token.text, read?.value ?? '');
      else plain.push(read?.value ?? (token.kind === 'mark' ? token.text : ''));
      at = this.isMark(next, ',') ? next + 1 : next;
    }
    return undefined;
  }

  /** True when the mark joins two texts: + and &, and the dots of PHP and Lua, which stand apart from names. */
  private joinsTo(index: number): boolean {
    if (this.isMark(index, '+', '&', '..')) return true;
    const before = this.list[index - 1];
    return this.isMark(index, '.') && before !== undefined && this.list[index + 1]?.kind !== 'mark' && !this.isMark(index + 2, '(');
  }

  /** Two strings side by side are one, as in Python and C, on one line or inside parentheses. */
  private touches(index: number): boolean {
    const one = this.list[index - 1];
    const two = this.list[index];
    return one?.kind === 'string' && two?.kind === 'string' && two.depth > 0 && one.depth === two.depth;
  }

  private isMark(index: number, ...texts: readonly string[]): boolean {
    const token = this.list[index];
    return token?.kind === 'mark' && texts.includes(token.text);
  }
}
