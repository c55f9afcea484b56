// Policy documents as people write them: C# in quotes, comments, what only looks like a tag.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { expressionEnd } from '../../../../../src/features/apim/policy/csharp';
import { faultText, placeOf } from '../../../../../src/features/apim/policy/faultText';
import { readPolicy, textIn, type PolicyElement } from '../../../../../src/features/apim/policy/policyText';
import { scanSource } from '../../../../../src/features/apim/policy/scan';
import { sourceOf } from '../../../../../src/features/apim/policy/source';
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
    ['@(f(&quot;)\\&quot;)&quot;))'],
    ['@($&quot;{a[1]})&quot; + @&quot;\\&quot;&quot;)&quot;)'],
    ['@("&quot;(&apos;")'],
    ["@(f('\"', '\\\\', ')', '&quot;', '\\x29', '\\U00000029'))"],
    ["@{\n  #region it's (\n  return 1;\n\t# endregion )\n}"],
    ['@(@"" + @"""a)" + "")'],
  ])('%s ends where it ends', (text) => {
    expect(expressionEnd(sourceOf(`${text})}"`), 0)).toBe(text.length);
  });

  it.each([['@('], ['@(")'], ['@(a}'], ["@('abcdefghijklmn')"], ['@("a\nb")'], ['@(/* )'], ['@x'], ['@($"{")'], ['@{ // }'],
    ['@(a </value> )'], ['@(a <!-- ) -->'], ['@(&apos;)&apos;)'], ['@(&quot;")&quot;)'], ['@(&quot;<a>)&quot;)'], ['@(&#34;)'],
    ['@(""")""")'], ['@($"""a""")'], ['@(&quot;&quot;&quot;)&quot;&quot;&quot;)'],
    ["@(')\" ')"], ["@('')"], ["@('\n')"], ["@('\\q')"],
    ['@{\n#if x\n}\n#endif\n}'], ['@(a #region\n)'], ['@($"{a // }\n }")'],
  ])('%s has no end', (text) => {
    expect(expressionEnd(sourceOf(text), 0)).toBeUndefined();
  });

  it('however deep, and takes time by its length alone', () => {
    const deep = 200_000;
    expect(expressionEnd(sourceOf(`@${'('.repeat(deep)}${')'.repeat(deep)}`), 0)).toBe(2 * deep + 1);
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
    ['an expression that does not end, by its own place', '<a b="@( "></a>', '@( "></a>'],
  ])('%s', (_, text, wanted) => {
    const { fault } = readPolicy(text);
    expect(fault && textIn(text, fault)).toBe(wanted);
  });

  it.each([
    ['quotes', '<a b="x"c="y"/>'], ['quotes', '<a b="x" "/>'], ['quotes', "<a b='x"],
    ['tag', '<a b/>'], ['tag', '</ a>'], ['tag', '</a b>'],
    ['markup', '<a b="x><rate-limit calls=" c="1"/>'], ['mixed', '<a b="x @(f("/><quota c="))"/>'], ['mixed', '<a b="x @("/>'],
    ['documentType', '<!DOCTYPE a [<!ENTITY b "<quota/>">]><a/>'], ['twice', '<a b="1" c="2" b="3"/>'], ['deep', '<a>'.repeat(201)],
    ['unmatched', '<a></b>'], ['unmatched', '</a>'], ['unclosed', '<a><b/>'], ['cdata', '<a><![CDATA[</a>'], ['declaration', '<?xml <a/>'],
    ['expression', '<a>@{"</a>'], ['comment', '<a><!-- </a>'],
    ['twice', `<a ${'bcdefghij'.split('').map((name) => `${name}=""`).join(' ')} b=""/>`],
  ] as const)('are told from one that cannot be read safely: %s, %s', (reason, text) => {
    const { fault } = readPolicy(text);
    expect(fault?.reason).toBe(reason);
    expect(faultText(text, fault ?? { start: 0, end: 0, reason: 'empty' })).toMatch(/^[A-Z].* line 1, column \d+.*\.$/);
  });

  it('may have letters of all alphabets in names, tags in escapes, and a mark before them', () => {
    const { roots, fault } = readPolicy('\ufeff<größe é="&lt;a&gt; &quot;" z="a < b"/>');
    expect([fault, roots.map(outline)]).toEqual([undefined, [['größe', ['é', 'z']]]]);
  });

  it('are named by line and column, where the mark is none', () => {
    expect(placeOf('\ufeff<a>', 1)).toEqual({ line: 1, column: 1 });
    expect(placeOf('<a>\r\n\t<b>', 6)).toEqual({ line: 2, column: 2 });
  });

  it('are searched to their end once for what is not in them', () => {
    const search = vi.spyOn(String.prototype, 'indexOf');
    try {
      readPolicy(`<a>${`${'word '.repeat(10)}< `.repeat(100)}</a>`);
      expect(search.mock.calls.filter(([mark]) => mark === '@')).toHaveLength(1);
    } finally {
      search.mockRestore();
    }
  });

  it.each(['<', '</', '@(', '"', '<a ', '<a b="', "<a b='@(\"", '@{"', '{{', '&quot;',
    '@(&quot;', '@ ', '<!--', '<![CDATA[', '<a/>', '@()', '$@"{'])(
    'are parted once, whatever they are made of: %j', (unit) => {
      // Each unit is looked at a few times at most, as the count of looks at a list shows.
      const looks = (length: number): number => {
        const source = sourceOf(`<a x="1">${unit.repeat(length)}`);
        let count = 0;
        const codes = new Proxy(source.codes, {
          get: (list, name) => {
            if (typeof name === 'string' && /^\d+$/.test(name)) count += 1;
            const value: unknown = Reflect.get(list, name, list);
            return typeof value === 'function' ? value.bind(list) : value;
          },
        });
        scanSource({ text: source.text, codes });
        return count;
      };
      const [less, more] = [looks(200), looks(800)];
      expect(more).toBeLessThanOrEqual(4 * less + 200);
    });
});
