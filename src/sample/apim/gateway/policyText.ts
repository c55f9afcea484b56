// Reads a policy document into a tree. It never refuses one: policies hold C# that is no XML, and ARM has looked at them before.

import { expressionEnd } from './csharp';

/** An element of a policy, with its attributes and children in their order; comments are left out. */
export interface PolicyElement {
  readonly kind: 'element';
  readonly name: string;
  /** Entities are undone; named values stand as they were written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly PolicyNode[];
}

/** Text of a policy, or an expression. */
export interface PolicyText {
  readonly kind: 'text';
  readonly text: string;
}

/** What an element holds. */
export type PolicyNode = PolicyElement | PolicyText;

/** So many expressions that do not end are looked for in one document: each costs a walk to its end. */
const mostFailures = 20;

/** Deeper elements are taken for children of the one that is as deep as this. */
const deepest = 100;

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: PolicyNode[];
}

/** The elements of the top, in their order: one in a document that is as it should be. */
export function readPolicy(text: string): readonly PolicyElement[] {
  return new Reader(text).read();
}

/** The text of an element, with what its children hold. */
export function textOf(element: PolicyElement): string {
  return element.children.map((child) => (child.kind === 'text' ? child.text : textOf(child))).join('');
}

/** The elements in an element, those of one name where it is given; names are compared as they are. */
export function elementsOf(element: PolicyElement, name?: string): PolicyElement[] {
  return element.children.flatMap((child) => (child.kind === 'element' && (name === undefined || child.name === name) ? [child] : []));
}

class Reader {
  private at = 0;
  private failures = 0;
  private readonly stack: Open[] = [{ name: '', attributes: new Map(), children: [] }];

  constructor(private readonly text: string) {}

  read(): readonly PolicyElement[] {
    while (this.at < this.text.length) {
      if (this.text[this.at] !== '<') this.readText();
      else if (!this.skip('<!--', '-->') && !this.readCdata() && !this.skip('<?', '?>') && !this.skip('<!', '>') && !this.readTag()) {
        this.addText(this.text[this.at++] ?? '');
      }
    }
    while (this.stack.length > 1) this.close();
    return this.top().children.flatMap((child) => (child.kind === 'element' ? [child] : []));
  }

  /** Passes from `begin`, if it stands here, to the end of `end`, or of all where that does not come. */
  private skip(begin: string, end: string): boolean {
    if (!this.text.startsWith(begin, this.at)) return false;
    const found = this.text.indexOf(end, this.at + begin.length);
    this.at = found < 0 ? this.text.length : found + end.length;
    return true;
  }

  private readCdata(): boolean {
    const begin = '<![CDATA[';
    const from = this.at + begin.length;
    if (!this.skip(begin, ']]>')) return false;
    this.addText(this.text.slice(from, this.text.endsWith(']]>', this.at) ? Math.max(from, this.at - 3) : this.at));
    return true;
  }

  private readText(): void {
    const from = this.at;
    while (this.at < this.text.length && this.text[this.at] !== '<') this.at = this.expression() ?? this.at + 1;
    this.addText(undone(this.text.slice(from, this.at)));
  }

  /** The end of an expression that begins here. */
  private expression(): number | undefined {
    if (this.text[this.at] !== '@' || this.failures >= mostFailures) return undefined;
    const next = this.text[this.at + 1];
    if (next !== '(' && next !== '{') return undefined;
    const end = expressionEnd(this.text, this.at);
    if (end === undefined) this.failures++;
    return end;
  }

  private readTag(): boolean {
    const closing = this.text[this.at + 1] === '/';
    const from = this.at + (closing ? 2 : 1);
    if (!/[A-Za-z_]/.test(this.text[from] ?? '')) return false;
    this.at = from;
    const name = this.word();
    if (closing) {
      const end = this.text.indexOf('>', this.at);
      this.at = end < 0 ? this.text.length : end + 1;
      this.closeNamed(name);
      return true;
    }
    const attributes = new Map<string, string>();
    for (;;) {
      this.blanks();
      const char = this.text[this.at];
      if (char === undefined) break;
      if (char === '>') {
        this.at++;
        this.stack.push({ name, attributes, children: [] });
        if (this.stack.length > deepest) this.close();
        return true;
      }
      if (char === '/' && this.text[this.at + 1] === '>') {
        this.at += 2;
        break;
      }
      this.readAttribute(attributes);
    }
    this.top().children.push({ kind: 'element', name, attributes, children: [] });
    return true;
  }

  private readAttribute(attributes: Map<string, string>): void {
    const name = this.word();
    if (name === '') {
      this.at++;
      return;
    }
    this.blanks();
    if (this.text[this.at] !== '=') {
      attributes.set(name, '');
      return;
    }
    this.at++;
    this.blanks();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") {
      attributes.set(name, undone(this.word()));
      return;
    }
    const from = ++this.at;
    const end = this.valueEnd(quote);
    attributes.set(name, undone(this.text.slice(from, end)));
    this.at = end + 1;
  }

  /** Where the value that begins here ends: at its quote, or at the one behind its expression. */
  private valueEnd(quote: string): number {
    const end = this.expression();
    if (end !== undefined) {
      let behind = end;
      while (isBlank(this.text[behind])) behind++;
      if (this.text[behind] === quote) return behind;
    }
    const found = this.text.indexOf(quote, this.at);
    return found < 0 ? this.text.length : found;
  }

  private word(): string {
    const from = this.at;
    while (this.at < this.text.length && !isBlank(this.text[this.at]) && !'<>/="\''.includes(this.text[this.at] ?? '')) this.at++;
    return this.text.slice(from, this.at);
  }

  private blanks(): void {
    while (isBlank(this.text[this.at])) this.at++;
  }

  private addText(text: string): void {
    if (text !== '') this.top().children.push({ kind: 'text', text });
  }

  private top(): Open {
    const top = this.stack[this.stack.length - 1];
    if (!top) throw new Error('The reader of policies has lost its root.');
    return top;
  }

  private close(): void {
    const done = this.stack.pop();
    if (done) this.top().children.push({ kind: 'element', ...done });
  }

  /** Closes the innermost element of this name with all in it; an end without a beginning is passed over. */
  private closeNamed(name: string): void {
    const index = this.stack.findLastIndex((open) => open.name === name);
    if (index < 1) return;
    while (this.stack.length > index) this.close();
  }
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Undoes the entities; what is none, such as && in an expression, stays. */
function undone(text: string): string {
  if (!text.includes('&')) return text;
  const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;
  return text.replace(entity, (whole, name?: string, digits?: string, hex?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = digits === undefined ? Number.parseInt(hex ?? '', 16) : Number(digits);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
