// Policies are read as they are: with C# that no reader of XML takes, comments that look like policies, and ends that are missing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, readPolicy, textOf, type PolicyElement } from '../../../../../src/sample/apim/gateway/policyText';

/** Names of an element and what is in it, with attributes. */
function outline(element: PolicyElement): unknown {
  const attributes = [...element.attributes].map(([name, value]) => `${name}=${value}`);
  const children = elementsOf(element).map(outline);
  return children.length === 0 && attributes.length === 0 ? element.name : [element.name, ...attributes, ...children];
}

const read = (text: string): unknown => readPolicy(text).map(outline);

describe('a policy document', () => {
  it('is a tree of elements with attributes', () => {
    expect(read('<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t\t<rate-limit calls="5" renewal-period=\'60\'/>\r\n\t</inbound>\r\n\t<backend><base/></backend>\r\n</policies>')).toEqual([
      ['policies', ['inbound', 'base', ['rate-limit', 'calls=5', 'renewal-period=60']], ['backend', 'base']],
    ]);
  });

  it('has no comments, declarations or instructions in it', () => {
    expect(read('<?xml version="1.0"?><!-- <quota calls="1"/> <!-- again --><!DOCTYPE x><policies><!--base: <x> --><inbound/></policies><!-- open')).toEqual([['policies', 'inbound']]);
  });

  it.each([
    ['a name that looks like a tag', '@(context.Request.Body.As<JObject>()["id"].ToString())'],
    ['a comparison', '@(context.Response.StatusCode < 300 && 1 > 0)'],
    ['a text with brackets in it', '@("a ) b } c" + "\\")" + \')\')'],
    ['a verbatim text', '@(Regex.Match(context.Api.Name, @"\\(""\\d+\\)$").Value)'],
    ['an interpolated text', '@($"{(string)context.Variables["a"]}.{{x}}.{f("}")}")'],
    ['a block', '@{\n // it\'s a ) comment "\n /* } */ var xml = "<?xml version=\\"1.0\\"?><a></a>";\n return xml; }'],
    ['another quote', "@(context.Variables.GetValueOrDefault<string>('a', \"\"))"],
  ])('holds expressions with %s, in attributes and in texts', (_, expression) => {
    const [policies] = readPolicy(`<policies><inbound><set-variable name="x" value="${expression}" after="y" /><set-body>\n ${expression}\n</set-body><base /></inbound></policies>`);
    const [inbound] = policies ? elementsOf(policies) : [];
    const [variable, body, base] = inbound ? elementsOf(inbound) : [];
    expect(variable?.attributes.get('value')).toBe(expression);
    expect(variable?.attributes.get('after')).toBe('y');
    expect(body && textOf(body).trim()).toBe(expression);
    expect(base?.name).toBe('base');
  });

  it('holds escaped expressions, whose brackets stand in texts', () => {
    const [element] = readPolicy('<a b="@(x(&quot;)(&quot;) &lt; 1 &amp;&amp; y)" c="&#60;&#x3e;&apos;&nbsp;&#0;&#99999999;" />');
    expect(element?.attributes.get('b')).toBe('@(x(")(") < 1 && y)');
    expect(element?.attributes.get('c')).toBe("<>'&nbsp;&#0;&#99999999;");
  });

  it('takes an expression without an end up to the next quote', () => {
    expect(read('<a b="@(f(" c="1"/><d/>')).toEqual([['a', 'b=@(f(', 'c=1'], 'd']);
  });

  it('keeps the text of CDATA as it is', () => {
    const [body] = readPolicy('<set-body><![CDATA[{ "a": "<b> &amp;" }]]> x &amp; y</set-body>');
    expect(body && textOf(body)).toBe('{ "a": "<b> &amp;" } x & y');
  });

  it('ends elements whose end is missing, and passes over ends without a beginning', () => {
    expect(read('</x><policies><inbound><a><b></inbound></y><outbound>')).toEqual([['policies', ['inbound', ['a', 'b']], 'outbound']]);
    expect(read('<a b=1 c d = "2" "/><e')).toEqual([['a', 'b=1', 'c=', 'd=2'], 'e']);
  });

  it('has texts with a sign that opens nothing', () => {
    const [element] = readPolicy('<a>1 < 2 and mail@(example</a>');
    expect(element && textOf(element)).toBe('1 < 2 and mail@(example');
  });
});

describe('any text', () => {
  const scraps = fc.array(fc.constantFrom('<a', '<b>', '</a>', '</b>', '/>', '>', '"', "'", '@(', '@{', ')', '}', '$"', '@"', '&quot;', '<!--', '-->', '<![CDATA[', ']]>', '<?', '=', ' ', 'x', '\n', '//', '{', '\\'), { maxLength: 60 }).map((all) => all.join(''));

  it('is read to its end', () => {
    fc.assert(fc.property(fc.oneof(scraps, fc.string()), (text) => {
      expect(Array.isArray(readPolicy(text))).toBe(true);
    }), { numRuns: 2_000 });
  });

  it.each([
    ['expressions that do not end', '@('], ['interpolated texts in each other', '@($"{'], ['elements in each other', '<a>'], ['signs', '<'],
    ['comments', '<!--'], ['attributes', '<a b="@{'],
  ])('takes time that grows with it: %s', (_, piece) => {
    const began = performance.now();
    readPolicy(piece.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('gives back the attributes that were written', () => {
    const value = fc.string().filter((text) => !/^@[({]/.test(text));
    fc.assert(fc.property(value, value, (one, other) => {
      const written = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
      const [element] = readPolicy(`<a one="${written(one)}" other="${written(other)}">${written(one)}</a>`);
      expect([element?.attributes.get('one'), element?.attributes.get('other')]).toEqual([one, other]);
    }));
  });
});
