// Limits are set in a policy without a change to anything else.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../../../src/features/apim/policy/limits';
import { setLimits, type PolicyEdit } from '../../../../../src/features/apim/policy/policyEdit';
import { readPolicy } from '../../../../../src/features/apim/policy/policyText';
import { goodDocuments, policies, strangeTexts } from './documents';

const rateLimit = { calls: 20, seconds: 30, by: 'subscription' } as const;
const quota = { calls: 900, seconds: 3600 };

/** The text with the ranges of all changes taken out, from what was there and from what is there now. */
function untouched(text: string, { text: now, changes }: PolicyEdit): readonly [string, string] {
  let [before, after, from, shift] = ['', '', 0, 0];
  for (const { range, after: put } of changes) {
    before += `${text.slice(from, range.start)}|`;
    after += `${now.slice(from + shift, range.start + shift)}|`;
    shift += put.length - (range.end - range.start);
    from = range.end;
  }
  return [before + text.slice(from), after + now.slice(from + shift)];
}

describe('setting limits', () => {
  it('replaces values alone, in the quotes that they have', () => {
    const edit = setLimits(policies.crlf, { rateLimit, quota });
    expect(edit.text).toBe(policies.crlf.replace("'5'", "'20'").replace('"60"', '"30"').replace('"100"', '"900"').replace('"604800"', '"3600"'));
    expect(edit.changes.map(({ before, after }) => [before, after])).toEqual([['5', '20'], ['60', '30'], ['100', '900'], ['604800', '3600']]);
    expect(edit.left).toEqual([]);
  });

  it.each([
    ['behind base, in the line ends and indentation of the document', policies.crlf.replace(/ +<rate-limit.*\r\n/, ''), { rateLimit },
      '        <base />\r\n        <rate-limit calls="20" renewal-period="30" />\r\n        <quota'],
    ['where all is on one line', policies.oneLine, { rateLimit }, '<base/><rate-limit calls="20" renewal-period="30" /><cors/>'],
    ['into an empty inbound', policies.emptyInbound, { rateLimit, quota },
      '  <inbound>\n    <rate-limit calls="20" renewal-period="30" />\n    <quota calls="900" renewal-period="3600" />\n  </inbound>\n'],
    ['into an open and empty inbound', policies.openInbound, { quota }, '  <inbound>\n    <quota calls="900" renewal-period="3600" />\n  </inbound>\n'],
    ['with an inbound where there is none', policies.noInbound, { rateLimit },
      '<policies>\n    <inbound>\n        <base />\n        <rate-limit calls="20" renewal-period="30" />\n    </inbound>\n    <outbound />\n</policies>'],
    ['by address', policies.oneLine, { rateLimit: { ...rateLimit, by: 'ip' as const } },
      '<base/><rate-limit-by-key calls="20" renewal-period="30" counter-key="@(context.Request.IpAddress)" /><cors/>'],
    ['an attribute that is missing', policies.crlf, { quota: { calls: 100, kilobytes: 5, seconds: 604800 } },
      '<quota calls="100" renewal-period="604800" bandwidth="5" />'],
  ])('puts in %s', (_, text, limits, wanted) => {
    const edit = setLimits(text, limits);
    expect(edit.text).toContain(wanted);
    expect(edit.left).toEqual([]);
    expect(readPolicy(edit.text).fault).toBeUndefined();
  });

  it('leaves white space between the quotes', () => {
    const text = policies.oneLine.replace('<base/>', '<base/><rate-limit calls=" 5\t" renewal-period="" />');
    expect(setLimits(text, { rateLimit }).text).toBe(text.replace(' 5\t', ' 20\t').replace('""', '"30"'));
  });

  it('changes nothing where all is as it should be', () => {
    const once = setLimits(policies.oneLine, { rateLimit, quota }).text;
    expect(setLimits(once, { rateLimit, quota })).toEqual({ text: once, changes: [], left: [] });
  });

  it.each([
    ['an expression and a named value', policies.named, { rateLimit, quota }, [
      { element: 'rate-limit', reason: 'namedValue', attribute: 'calls', value: '{{calls}}' },
      { element: 'quota', reason: 'expression', attribute: 'calls', value: '@(n)' },
    ]],
    ['a limit below a condition', policies.conditional, { rateLimit }, [{ element: 'rate-limit', reason: 'conditional' }]],
    ['a document without a place for it', policies.fragment, { quota }, [{ element: 'quota', reason: 'noInbound' }]],
    ['a document that makes no sense', '<policies><inbound>', { quota }, [{ element: 'quota', reason: 'notUnderstood' }]],
    ['a limit of another kind', policies.csharp, { rateLimit }, [{ element: 'rate-limit', reason: 'beside' }]],
    ['an amount that nobody wants', policies.crlf, { quota: { kilobytes: 3, seconds: 604800 } }, [
      { element: 'quota', reason: 'stays', attribute: 'calls', value: '100' },
    ]],
    ['several of one kind', policies.oneLine.replace('<cors/>', '<quota calls="1" /><quota calls="2" />'), { quota: { calls: 1, seconds: 1 } }, [
      { element: 'quota', reason: 'repeated' },
    ]],
  ])('tells of %s', (_, text, limits, left) => {
    expect(setLimits(text, limits).left).toEqual(left);
  });

  it('touches no character outside of its ranges', () => {
    const by = fc.constantFrom('subscription', 'ip');
    const limits = fc.record({
      rateLimit: fc.record({ calls: fc.nat(), seconds: fc.integer({ min: 1, max: 300 }), by }),
      quota: fc.record({ calls: fc.nat(), kilobytes: fc.nat(), seconds: fc.nat() }),
    });
    fc.assert(fc.property(fc.oneof(strangeTexts, goodDocuments), limits, (text, wanted) => {
      const edit = setLimits(text, wanted);
      const [before, after] = untouched(text, edit);
      expect(after).toBe(before);
      if (readPolicy(text).fault) expect(edit.text).toBe(text);
      else expect(readPolicy(edit.text).fault).toBeUndefined();
    }), { numRuns: 1000 });
  });

  it('sets what it does not tell to have left', () => {
    fc.assert(fc.property(goodDocuments, (text) => {
      const { text: now, left } = setLimits(text, { rateLimit, quota });
      if (left.length > 0 || readPolicy(text).fault) return;
      const limits = limitsOf(now).limits.filter(({ conditional }) => !conditional);
      expect(limits).toContainEqual(expect.objectContaining({ element: 'quota', calls: 900, seconds: 3600 }));
      expect(limits.some(({ element, calls, seconds }) => element.startsWith('rate-limit') && calls === 20 && seconds === 30)).toBe(true);
    }), { numRuns: 500 });
  });
});

describe('the limits of a document', () => {
  it('are those of its elements, not of comments, expressions or CDATA', () => {
    expect(limitsOf(policies.csharp)).toEqual({
      understood: true,
      limits: [{
        element: 'rate-limit-by-key', calls: '@((int)context.Variables["calls"])', seconds: 300, counterKey: '@(context.Get<string>("key", ""))', conditional: false,
      }],
    });
  });

  it('not those in a comment with other tags before them', () => {
    expect(limitsOf('<policies><inbound><!-- <base /> <quota calls="1" /> --></inbound></policies>')).toEqual({ understood: true, limits: [] });
  });

  it('with those below conditions, and those of single APIs', () => {
    expect(limitsOf(policies.conditional).limits).toEqual([{ element: 'rate-limit', calls: 1, seconds: 2, conditional: true }]);
    const text = '<policies><inbound><quota calls="9" renewal-period="8"><api name="a" calls="7" renewal-period="6"><operation id="o" calls="5" /></api></quota></inbound></policies>';
    expect(limitsOf(text).limits).toEqual([
      { element: 'quota', calls: 9, seconds: 8, conditional: false },
      { element: 'quota', calls: 7, seconds: 6, conditional: false, only: 'a' },
      { element: 'quota', calls: 5, conditional: false, only: 'o' },
    ]);
  });

  it('may not be all of them where the document makes no sense', () => {
    expect(limitsOf('<policies><inbound><rate-limit').understood).toBe(false);
    const deep = `<policies><inbound>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</inbound></policies>`;
    expect(limitsOf(deep)).toEqual({ understood: false, limits: [] });
    expect(setLimits(deep, { quota }).left).toEqual([{ element: 'quota', reason: 'notUnderstood' }]);
  });
});
