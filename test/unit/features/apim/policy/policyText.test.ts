// Policy documents as people write them: C# in quotes, comments, what only looks like a tag.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionEnd } from '../../../../../src/features/apim/policy/csharp';
import { readPolicy, textIn, type PolicyElement } from '../../../../../src/features/apim/policy/policyText';
import { policies, strangeTexts } from './documents';

const outline = ({ name, attributes, children }: PolicyElement): unknown => [name, attributes.map((each) => each.name), ...children.map(outline)];

describe('expressions', () => {
  it.each([
    ['@(1)'],
    ['@(context.Variables["a)"] == ")")'],
    ['@("\\")" + \'\\\'\' + \')\')'],
    ['@(@"\\" + @"a""b)" + x)'],
    ['@{ return "}"; /* } */ // }\n }'],
    ['@($"{((IResponse)context.Variables["blob"]).Body.As<JObject>() }")'],
    ['@($"{{ {x[")"]} }}")'],
    ['@($@"a"")\n{y}")'],
    ['@(a < b && c > d)'],
    ['@(list.Select(x => new [] {1, 2}))'],
    ["@(Convert('\\u0041'))"],
  ])('%s ends where it ends', (text) => {
    expect(expressionEnd(`${text})}"`, 0)).toBe(text.length);
  });

  it.each([['@('], ['@(")'], ['@(a}'], ["@('abcdefghijklmn')"], ['@("a\nb")'], ['@(/* )'], ['@x'], ['@($"{")'], ['@{ // }']])('%s has no end', (text) => {
    expect(expressionEnd(text, 0)).toBeUndefined();
  });

  it('however deep, and takes time by its length alone', () => {
    const deep = 200_000;
    expect(expressionEnd(`@${'('.repeat(deep)}${')'.repeat(deep)}`, 0)).toBe(2 * deep + 1);
    expect(readPolicy(`<a>${'@('.repeat(deep)}`).fault).toBeDefined();
    expect(readPolicy('<!--'.repeat(deep)).fault).toBeDefined();
    expect(readPolicy('<a>'.repeat(deep)).fault).toBeDefined();
  });
});

describe('documents', () => {
  it('have elements with their attributes, whatever C# is inside', () => {
    const { roots, fault, text } = readPolicy(policies.csharp);
    expect(fault).toBeUndefined();
    expect(roots.map(outline)).toEqual([
      ['policies', [],
        ['inbound', [], ['base', []], ['rate-limit-by-key', ['calls', 'renewal-period', 'counter-key']],
          ['choose', [], ['when', ['condition'], ['set-body', []]]]],
        ['outbound', [], ['set-body', []]]],
    ]);
    const limit = roots[0]?.children[0]?.children[1];
    expect(limit?.attributes.map(({ value, expression }) => [textIn(text, value), expression])).toEqual([
      ['@((int)context.Variables["calls"])', true], ['300', false], ['@(context.Get<string>("key", ""))', true],
    ]);
  });

  it('are all there in their pieces', () => {
    fc.assert(fc.property(strangeTexts, (text) => {
      const { tokens } = readPolicy(text);
      expect(tokens.map(({ range }) => textIn(text, range)).join('')).toBe(text);
    }), { numRuns: 500 });
  });

  it.each([
    ['a comment within a comment', '<!-- <!-- a --><policies />', undefined],
    ['a declaration in a string', '<a>@("<?xml version=\\"1.0\\"?>")</a>', undefined],
    ['text that looks like a tag', '<a>1 < 2 <3></a>', undefined],
    ['a tag that closes another', '<a><b></a>', '</a>'],
    ['a tag that is not closed', '<a>', '<a>'],
    ['an attribute without an end', '<a b="', '<a b="'],
    ['an attribute without quotes', '<a b=c>', '<a b=c>'],
    ['a comment without an end', '<a></a><!-- ', '<!-- '],
    ['something behind an expression', '<a b="@(1) + 2"></a>', '<a b="@(1) + 2"></a>'],
  ])('%s', (_, text, wanted) => {
    const { fault } = readPolicy(text);
    expect(fault && textIn(text, fault)).toBe(wanted);
  });
});
