// Takes a pasted text apart before it is searched: as JSON by its structure, or as code and lines, with the variables filled in.

import { partsOf } from './pasteDocuments';
import { readJson, type JsonPair } from '../../../base/pasted/pasteJson';
import { linePairs } from '../../../base/pasted/pasteLines';
import { definitionsOf, Variables, type Definition } from './pasteTemplates';
import { settingsAsLines } from './pasteSettings';
import { kindOf, plainText, type Pair, type PasteKind } from '../../../base/pasted/pasteText';
import { codeValues, type CodeValues } from '../../../base/pasted/pasteValues';

/** A text that was taken apart. */
export interface Material {
  /** The text without what mail programs and word processors do to it. */
  readonly plain: string;
  /** The text that is searched: a document is written as lines of its names and values here. The offsets of the pairs are in it. */
  readonly read: string;
  readonly kind: PasteKind;
  readonly code: CodeValues;
  readonly pairs: readonly Pair[];
  /** Names of variables that the text defines in several ways. */
  readonly ambiguous: ReadonlySet<string>;
}

const longestCode = 100_000;
const filledIn = true as const;
const noCode: CodeValues = { pairs: [], texts: [], calls: [] };

/** Takes a text apart. Never throws; its time grows with the text's length alone. */
export function materialOf(given: string): Material {
  const text = settingsAsLines(given);
  const document = readJson(text) ?? readJson(plainText(text));
  if (document?.kind === 'pairs') return fromDocument(plainText(text), document.pairs);
  if (document !== undefined) return fromText(plainText(document.text));
  const { documents, rest } = partsOf(text);
  return documents.length === 0 ? fromText(plainText(text)) : fromParts(plainText(text), documents.flat(), plainText(rest));
}

/** Documents and a text around them; each may hold the values of the variables in the others. The text comes first in what is read. */
function fromParts(plain: string, given: readonly JsonPair[], rest: string): Material {
  const declared = declaredOf(given);
  const around = fromText(rest, declared);
  const document = fromDocument(plain, given, definitionsOf(linePairs(withoutBodies(rest)), 'template'));
  const start = around.read.length + 2;
  return {
    plain,
    read: `${around.read}\n\n${document.read}`,
    kind: around.kind === 'address' ? 'text' : around.kind,
    code: around.code,
    pairs: [...around.pairs, ...document.pairs.map((pair) => ({ ...pair, at: pair.at + start }))],
    ambiguous: new Set([...around.ambiguous, ...document.ambiguous]),
  };
}

function declaredOf(given: readonly JsonPair[]): JsonPair[] {
  return given.filter((pair) => pair.variable && /^[\w.$-]{1,80}$/.test(pair.name));
}

function fromDocument(plain: string, given: readonly JsonPair[], around: readonly Definition[] = []): Material {
  const declared = [...declaredOf(given), ...around];
  const names = new Set(declared.map((pair) => pair.name));
  const variables = new Variables([...declared, ...given.filter((pair) => !pair.variable && !names.has(pair.name))]);
  const pairs: Pair[] = [];
  const lines: string[] = [];
  let at = 0;
  for (const { name, value, role, scope, called } of given) {
    const filled = variables.fillTemplates(value);
    const line = `${(role ?? name).replace(/\s+/g, ' ')}: ${filled}`;
    const more = {
      ...(role === undefined ? {} : { role }),
      ...(filled === value ? {} : { filled: filledIn }),
      ...(scope === undefined ? {} : { scope }),
      ...(called === undefined ? {} : { called }),
    };
    pairs.push({ name, value: filled, at, comment: false, quoted: true, ...more });
    lines.push(line);
    at += line.length + 1;
  }
  return { plain, read: lines.join('\n'), kind: 'text', code: noCode, pairs, ambiguous: variables.ambiguous };
}

function fromText(whole: string, declared: readonly Definition[] = []): Material {
  const plain = withoutBodies(whole);
  const kind = kindOf(plain);
  const bare = kind === 'text' || kind === 'curl';
  const before = bare ? linePairs(plain) : [];
  const ofText = plain.includes('{{') || plain.includes('<<') ? definitionsOf(before, 'template') : [];
  const templates = new Variables([...declared, ...ofText]);
  const settings = new Variables(/[$%]/.test(plain) ? definitionsOf(before, 'shell') : []);
  const read = settings.fillShell(templates.fillTemplates(plain));
  const written = new Set(before.map(({ name, value }) => `${name}\n${value}`));
  const marked = (pair: Pair): Pair => (written.has(`${pair.name}\n${pair.value}`) ? pair : { ...pair, filled: filledIn });
  const lines = read === plain ? before : linePairs(read).map(marked);
  const code = codeValues(read.slice(0, longestCode), lines);
  return { plain, read, kind, code, pairs: [...code.pairs, ...lines], ambiguous: new Set([...templates.ambiguous, ...settings.ambiguous]) };
}

/** A request file without the bodies of its requests, which hold a person's rows: JSON behind an empty line, up to the next one. */
function withoutBodies(text: string): string {
  if (!/^(?:POST|PUT|PATCH) \S/m.test(text)) return text;
  const kept: string[] = [];
  let before = '';
  let inBody = false;
  // What stands above the first request is the body of none.
  let asked = false;
  for (const line of text.split('\n')) {
    if (inBody && (line.trim() === '' || line.startsWith('###'))) inBody = false;
    else if (!inBody && asked && before.trim() === '' && /^(?:\{(?!\{)|\[\s{0,8}(?:[{["\d\]]|$))/.test(line)) inBody = true;
    if (/^(?:GET|POST|PUT|PATCH) \S/.test(line)) asked = true;
    kept.push(inBody ? '' : line);
    before = line;
  }
  return kept.join('\n');
}
