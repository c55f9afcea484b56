// Whether two policies are the same, however the service has written one of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samePolicy } from '../../../../../src/features/apim/policy/samePolicy';
import { goodDocuments, policies } from './documents';

describe('the same policy', () => {
  it.each([
    ['line ends', policies.crlf, policies.crlf.replaceAll('\r\n', '\n')],
    ['indentation', policies.crlf, policies.crlf.replaceAll('    ', '\t')],
    ['quotes', policies.crlf, policies.crlf.replace("'5'", '"5"')],
    ['quotes with escapes', `<a b='"&lt;"' />`, '<a b="&quot;&lt;&quot;" />'],
    ['how an empty element is written', policies.emptyInbound, policies.openInbound],
    ['the order of attributes', '<a b="1" c="2" />', '<a c="2" b="1"></a>'],
    ['line ends in an expression', '<a b="@(1 +\r\n 2)" />', '<a b="@(1 +\n 2)" />'],
    ['a mark of order at its beginning', '\ufeff<a />', '<a />'],
  ])('but for %s', (_, a, b) => {
    expect(samePolicy(a, b)).toBe(true);
    expect(samePolicy(b, a)).toBe(true);
  });

  it.each([
    ['a number', policies.crlf, policies.crlf.replace("'5'", "'6'")],
    ['quotes in an expression', `<a b="@('x')" />`, `<a b='@("x")' />`],
    ['blanks in an expression', '<a b="@(1 +  2)" />', '<a b="@(1 + 2)" />'],
    ['blanks in an expression in text', '<a>@{\n  x; }</a>', '<a>@{\n\tx; }</a>'],
    ['blanks in a text', '<a>Bearer x</a>', '<a>Bearer  x</a>'],
    ['escapes of escapes', '<a b="&quot;" />', '<a b="&amp;quot;" />'],
    ['a comment', '<a><!-- b --></a>', '<a></a>'],
    ['the order of elements', '<a /><b />', '<b /><a />'],
    ['text that looks like a comment', '<a><![CDATA[x]]></a>', '<a>x</a>'],
    ['documents that make no sense', '<a', '<a b'],
  ])('differs by %s', (_, a, b) => {
    expect(samePolicy(a, b)).toBe(false);
  });

  it('is what the service gives back of any document', () => {
    fc.assert(fc.property(goodDocuments, (text) => {
      expect(samePolicy(text, text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'))).toBe(true);
    }));
  });
});
