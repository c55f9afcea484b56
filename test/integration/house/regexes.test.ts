// No regular expression of the project takes time that grows faster than the text that it is given.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { slowText, textsFor } from './regexGrowth';
import { partsOf } from './regexParts';
import { stepper } from './regexSteps';

const root = join(import.meta.dirname, '../../..');

interface Found {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

interface Made {
  readonly place: string;
  readonly inFunction: boolean;
}

/** Expressions by their literals, and the places where expressions are put together from texts. */
function expressionsOf(file: string): { readonly file: string; readonly literals: Found[]; readonly made: Made[] } {
  const text = readFileSync(join(root, file), 'utf8');
  const literals: Found[] = [];
  const made: Made[] = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node, depth: number): void => {
    const place = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ place, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
      made.push({ place, inFunction: depth > 0 });
    }
    const inner = depth + (ts.isFunctionLike(node) ? 1 : 0);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(tree, 0);
  return { file, literals, made };
}

function slowOne({ place, source, flags }: Found): string[] {
  const text = slowText(source, flags);
  return text ? [`${place} /${source}/${flags} on ${JSON.stringify(text)}`] : [];
}

const files = ['src', 'media'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`));
const found = files.map(expressionsOf);
const literals = [...new Map(found.flatMap((each) => each.literals).map((each) => [`${each.source}/${each.flags}`, each])).values()];

describe('the search for slow expressions', () => {
  it.each([
    [/\s+$/], [/^\s+|\s+$/g], [/\?(?=.*\bsig=)/is], [/(?:^|[\s;])Module:[^;]*;/g], [/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/], [/(a+)+b/], [/(?:a|ab|b)*c/], [/\bcolumn(?:\s+name)?\s*[:=]?\s*"/i],
    [/x*y/], [/(?<=a+)b/], [/^(?:a*)*$/], [/<title[^>]*>/g], [/a.{1,9999}b/], [/[^/]*\/$/], [/"(\w+)[^"]*\1"/],
  ])('finds that %s is slow', (expression) => {
    expect(slowText(expression.source, expression.flags)).toBeDefined();
  });

  it.each([
    [/^\s+/], [/\s+/g], [/"(?:[^"\\]|\\[^])*"?|[^\s"]+/gy], [/<title[^<>]{0,200}>/i], [/\d{1,15}/], [/^[a-z][a-z\d+.-]*:\/\//i], [/(?:\d+|[a-z]+);/y], [/[\p{L}\p{N}]+/gu], [/%(?![\dA-F]{2})/], [/(?<![\w-])[\w-]{0,60}key/],
  ])('finds nothing wrong with %s', (expression) => {
    expect(slowText(expression.source, expression.flags)).toBeUndefined();
  });

  it('runs expressions as the real engine does', () => {
    let compared = 0;
    for (const { source, flags } of literals) {
      const { match } = stepper(source, flags, true);
      for (const [lead, piece, end] of textsFor(partsOf(source, flags)).slice(0, 30)) {
        const text = `${lead}${piece.repeat(3)}${end}`;
        const real = new RegExp(source, flags.replace('g', '')).exec(text);
        expect(match(text, 0), `/${source}/${flags} on ${JSON.stringify(text)}`).toEqual(real ? [real.index, real.index + real[0].length] : undefined);
        compared += real ? 1 : 0;
      }
    }
    expect(compared).toBeGreaterThan(2000);
  });
});

describe('expressions', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('there are some to look at', () => {
    expect(literals.length).toBeGreaterThan(200);
  });

  it('none takes time that grows faster than its text', () => {
    expect(literals.flatMap(slowOne)).toEqual([]);
  });

  it('none of those does that are put together from texts when a file is loaded; at other times none is put together', async () => {
    for (const { file, made } of found.filter((each) => each.made.length > 0)) {
      const seen: Found[] = [];
      vi.stubGlobal('RegExp', class extends RegExp {
        constructor(pattern: string | RegExp, flags?: string) {
          super(pattern, flags);
          seen.push({ place: file, source: this.source, flags: this.flags });
        }
      });
      vi.resetModules();
      await import(join(root, file));
      vi.unstubAllGlobals();
      expect(seen.length, file).toBeGreaterThanOrEqual(made.length);
      expect(made.filter((each) => each.inFunction).map((each) => each.place)).toEqual([]);
      expect(seen.flatMap(slowOne)).toEqual([]);
    }
  });
});
