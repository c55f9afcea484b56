// Reads policy documents: XML, in whose raw form expressions may hold quotes and angles as C# has them.

import { expressionEnd, opensExpression } from './expression';
import { placeOf, unreadable, type PolicyAttribute, type PolicyElement, type PolicyForm, type PolicyNode } from './nodes';

/** Elements in one another, and beginnings of expressions that never end, at most. */
const deepest = 200;
const mostOpenEnds = 100;

const blanks = ' \t\r\n';

/** Reads a document. Throws PolicyUnreadable, which names line and position. */
export function parsePolicy(text: string, form: PolicyForm): readonly PolicyNode[] {
  return new Parser(text, form).document();
}

class Parser {
  private at = 0;
  private openEnds = 0;
  private readonly top: PolicyNode[] = [];
  private readonly open: PolicyElement[] = [];

  constructor(private readonly text: string, private readonly form: PolicyForm) {}

  document(): readonly PolicyNode[] {
    while (this.at < this.text.length) {
      if (this.text[this.at] !== '<') this.characters();
      else if (this.marked('<!--', '-->', 'comment')) continue;
      else if (this.marked('<![CDATA[', ']]>', 'cdata') || this.marked('<?', '?>', 'declaration')) continue;
      else if (this.text[this.at + 1] === '/') this.endTag();
      else this.startTag();
    }
    if (this.open.length > 0) {
      const names = this.open.map(({ name }) => name).reverse().join(', ');
      throw unreadable(this.text, this.at, `Unexpected end of file has occurred. The following elements are not closed: ${names}.`);
    }
    const roots = this.top.filter((each) => each.kind === 'element');
    if (roots.length === 0) throw unreadable(this.text, this.at, 'Root element is missing.');
    const [, second] = roots;
    if (second?.kind === 'element') throw unreadable(this.text, second.at, 'There are multiple root elements.');
    return this.top;
  }

  private add(node: PolicyNode): void {
    (this.open.at(-1)?.children ?? this.top).push(node);
  }

  private marked(start: string, end: string, kind: 'comment' | 'cdata' | 'declaration'): boolean {
    if (!this.text.startsWith(start, this.at)) return false;
    const close = this.text.indexOf(end, this.at + start.length);
    if (close < 0) throw unreadable(this.text, this.at, `Unexpected end of file has occurred: '${start}' has no '${end}'.`);
    this.add({ kind, text: this.text.slice(this.at, close + end.length) });
    this.at = close + end.length;
    return true;
  }

  private characters(): void {
    const start = this.at;
    while (this.at < this.text.length && this.text[this.at] !== '<') {
      this.at = this.pastExpression(this.at) ?? this.at + 1;
    }
    const found = this.text.slice(start, this.at);
    const lead = found.length - found.trimStart().length;
    // A byte order mark is no blank for XML.
    if (this.open.length === 0 && (found.trim() !== '' || found.includes('\ufeff')))
      throw unreadable(this.text, start + (found.startsWith('\ufeff') ? 0 : lead), 'Data at the root level is invalid.');
    const expression = opensExpression(found, lead);
    this.add({ kind: 'text', text: expression && this.form === 'xml' ? unescapeXml(found) : found, expression });
  }

  private endTag(): void {
    const at = this.at + 2;
    this.at = at;
    const name = this.name();
    this.skipBlanks();
    const opened = this.open.pop();
    if (!opened) throw unreadable(this.text, at, `There is no start tag for the end tag of '${name}'.`);
    if (opened.name !== name) {
      const { line, position } = placeOf(this.text, opened.at);
      const what = `The '${opened.name}' start tag on line ${line} position ${position} does not match the end tag of '${name}'.`;
      throw unreadable(this.text, at, what);
    }
    this.expect('>');
  }

  private startTag(): void {
    this.at++;
    const at = this.at;
    const name = this.name();
    const attributes: PolicyAttribute[] = [];
    for (;;) {
      const apart = this.skipBlanks();
      const char = this.text[this.at];
      if (char === '>' || char === '/' || char === undefined) break;
      if (!apart) throw unreadable(this.text, this.at, `'${char}' is an unexpected token. Expecting white space.`);
      const start = this.at;
      const attribute = this.attribute();
      if (attributes.some((each) => each.name === attribute.name))
        throw unreadable(this.text, start, `'${attribute.name}' is a duplicate attribute name.`);
      attributes.push(attribute);
    }
    const empty = this.text[this.at] === '/';
    if (empty) this.at++;
    this.expect('>');
    const element: PolicyElement = { kind: 'element', name, at, attributes, children: [], empty };
    this.add(element);
    if (!empty) this.open.push(element);
    if (this.open.length > deepest) throw unreadable(this.text, at, 'The elements stand too deep in one another.');
  }

  private attribute(): PolicyAttribute {
    const name = this.name();
    this.skipBlanks();
    this.expect('=');
    this.skipBlanks();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") throw unreadable(this.text, this.at, `The value of '${name}' must stand in quotes.`);
    const start = this.at + 1;
    const opens = opensExpression(this.text, start);
    const past = this.pastExpression(start);
    const end = past !== undefined && this.text[past] === quote ? past : this.text.indexOf(quote, start);
    if (end < 0) throw unreadable(this.text, this.at, 'Unexpected end of file has occurred: a quote is not closed.');
    const value = this.text.slice(start, end);
    const angle = value.indexOf('<');
    if (angle >= 0 && end !== past)
      throw unreadable(this.text, start + angle, "'<', hexadecimal value 0x3C, is an invalid attribute character.");
    this.at = end + 1;
    return { name, value: opens && this.form === 'xml' ? unescapeXml(value) : value, quote, expression: opens };
  }

  /** The place behind a raw expression that begins here. */
  private pastExpression(at: number): number | undefined {
    if (this.form !== 'rawxml' || !opensExpression(this.text, at) || this.openEnds > mostOpenEnds) return undefined;
    const end = expressionEnd(this.text, at);
    if (end === undefined) this.openEnds++;
    return end;
  }

  private name(): string {
    const start = this.at;
    while (this.at < this.text.length && isNameCharacter(this.text[this.at] ?? '')) this.at++;
    const found = this.text.slice(start, this.at);
    if (found === '' || /^[\d.-]/.test(found)) {
      const char = this.text[start] ?? '';
      throw unreadable(this.text, start, `Name cannot begin with the '${char}' character.`);
    }
    return found;
  }

  private skipBlanks(): boolean {
    const start = this.at;
    while (this.at < this.text.length && blanks.includes(this.text[this.at] ?? '')) this.at++;
    return this.at > start;
  }

  private expect(char: string): void {
    const found = this.text[this.at] ?? '';
    if (found !== char) throw unreadable(this.text, this.at, `'${found}' is unexpected where '${char}' belongs.`);
    this.at++;
  }
}

function isNameCharacter(char: string): boolean {
  return /[\w.:\u0080-\uffff-]/.test(char);
}

/** What an expression is behind `&quot;` and the like. */
export function unescapeXml(text: string): string {
  return text
    .replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
