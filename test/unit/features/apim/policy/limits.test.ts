// The limits of a policy with their places, and what a form shows of them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentLimits } from '../../../../../src/features/apim/policy/currentLimits';
import { byteOffsets, readLimits } from '../../../../../src/features/apim/policy/limits';
import { newPolicyWith } from '../../../../../src/features/apim/policy/newPolicy';
import { setLimits } from '../../../../../src/features/apim/policy/policyEdit';
import { readPolicy } from '../../../../../src/features/apim/policy/policyText';
import { goodDocuments, policies, strangeTexts } from './documents';

const rich = [
  '\ufeff<!-- é 😀 <quota calls="1" /> -->',
  '<policies>',
  '\t<inbound>',
  '\t\t<include-fragment fragment-id="a" />',
  '\t\t<rate-limit-by-key calls="3" renewal-period="4" counter-key="a&amp;b" />',
  '\t\t<rate-limit calls=" 5 " renewal-period="{{seconds}}" />',
  '\t\t<quota calls="@(n)" renewal-period=""><api name="x" calls="2" renewal-period="9" /></quota>',
  '\t\t<llm-token-limit tokens-per-minute="7" />',
  '\t\t<rate-limit calls="6" renewal-period="7" />',
  '\t\t<choose><when condition="@(a < 1)"><quota calls="8" renewal-period="0" /></when></choose>',
  '\t</inbound>',
  '\t<outbound><quota-by-key calls="1" renewal-period="300" counter-key="@(k)" /></outbound>',
  '</policies>',
  '',
].join('\r\n');

describe('limits with their places', () => {
  it('are those of all sections, each value as it is written', () => {
    const { editable, limits } = readLimits(rich);
    expect(editable).toBe(true);
    expect(limits.map(({ element, section, conditional, start }) =>
      [element, section, conditional, rich.slice(start, start + 1 + element.length)])).toEqual([
      ['rate-limit-by-key', 'inbound', false, '<rate-limit-by-key'], ['rate-limit', 'inbound', false, '<rate-limit'],
      ['quota', 'inbound', false, '<quota'], ['rate-limit', 'inbound', false, '<rate-limit'], ['quota', 'inbound', true, '<quota'],
      ['quota-by-key', 'outbound', false, '<quota-by-key'],
    ]);
    expect(limits[0]).toMatchObject({ calls: 3, seconds: 4, counterKey: 'a&b' });
    expect(limits[1]?.attributes.map(({ kind, text }) => [kind, text])).toEqual([['number', '5'], ['namedValue', '{{seconds}}']]);
    expect(limits[2]?.attributes.map(({ kind, text }) => [kind, text])).toEqual([['expression', '@(n)'], ['text', '']]);
    expect(limits[2]?.inner).toMatchObject([{ only: 'x', calls: 2, seconds: 9 }]);
  });

  it('are found in a fragment, in the effective policy of a section and without any', () => {
    const limit = '<rate-limit calls="1" renewal-period="2" />';
    expect(readLimits(`<fragment><a>${limit}</a></fragment>`).limits).toMatchObject([{ calls: 1, conditional: true }]);
    expect(readLimits(`<inbound>${limit}</inbound>`).limits).toMatchObject([{ section: 'inbound', conditional: false }]);
    expect(readLimits(`${limit}\n${limit}`).limits).toHaveLength(2);
  });

  it('are not told of a document that cannot be read safely', () => {
    const text = '<policies><inbound><quota calls="1" /></inbound><outbound a="@("></policies>';
    expect(readLimits(text)).toMatchObject({ editable: false, fault: { reason: 'expression' }, limits: [] });
    expect(readLimits(' <!-- --> ')).toMatchObject({ editable: false, fault: { reason: 'empty' }, limits: [] });
  });

  it('begin at bytes that are counted with the mark and whatever stands before', () => {
    const bytes = Buffer.from(rich);
    const { limits } = readLimits(rich);
    const places = byteOffsets(rich, limits.map(({ start }) => start));
    const tags = places.map((place) => bytes.toString('latin1', place, place + 6));
    expect(tags).toEqual(['<rate-', '<rate-', '<quota', '<rate-', '<quota', '<quota']);
    expect(places[0]).toBe(bytes.indexOf('<rate-limit-by-key'));
  });
});

describe('what a form shows', () => {
  it('is one limit of calls, one quota, and all else by its line', () => {
    const { rateLimit, quota, others } = currentLimits(rich);
    expect([rateLimit?.by, rateLimit?.calls, rateLimit?.seconds, quota?.calls]).toEqual(['subscription', 5, '{{seconds}}', '@(n)']);
    expect(others.map(({ why, name, line }) => [why, name, line])).toEqual([
      ['fragment', 'include-fragment', 4], ['otherKey', 'rate-limit-by-key', 5], ['inner', 'quota', 7], ['element', 'llm-token-limit', 8],
      ['repeated', 'rate-limit', 9], ['conditional', 'quota', 10], ['section', 'quota-by-key', 12],
    ]);
    expect(others[3]?.text).toBe('<llm-token-limit tokens-per-minute="7" />');
    expect(currentLimits('<a')).toMatchObject({ editable: false, others: [] });
  });

  it('is what was set in a new policy', () => {
    const text = newPolicyWith({ rateLimit: { calls: 2, seconds: 3, by: 'ip' }, quota: { kilobytes: 4, seconds: 0 } });
    expect(currentLimits(text))
      .toMatchObject({ rateLimit: { by: 'ip', calls: 2, seconds: 3 }, quota: { kilobytes: 4, seconds: 0 }, others: [] });
    expect(newPolicyWith({})).toBe(['inbound', 'backend', 'outbound', 'on-error']
      .reduce((lines, name) => `${lines}  <${name}>\n    <base />\n  </${name}>\n`, '<policies>\n') + '</policies>');
  });
});

describe('taking limits out', () => {
  it('takes the line of an element, and nothing else', () => {
    const { text, left } = setLimits(policies.crlf, { rateLimit: 'none' });
    expect([text, left]).toEqual([policies.crlf.replace(/ +<rate-limit.*\r\n/, ''), []]);
    expect(setLimits(text, { quota: 'none' }).text)
      .toBe('<policies>\r\n    <inbound>\r\n        <base />\r\n    </inbound>\r\n</policies>\r\n');
    const oneLine = policies.oneLine.replace('<cors/>', '<quota calls="1" renewal-period="2"></quota><cors/>');
    expect(setLimits(oneLine, { quota: 'none', rateLimit: 'none' }).text).toBe(policies.oneLine);
  });

  it('and puts another one in beside it', () => {
    const { text } = setLimits(policies.crlf, { rateLimit: 'none', quota: { calls: 1, seconds: 2 } });
    expect(currentLimits(text)).toMatchObject({ quota: { calls: 1, seconds: 2 }, others: [] });
    const turned = setLimits(policies.crlf.replace(/ +<quota.*\r\n/, ''), { rateLimit: 'none', quota: { calls: 1, seconds: 2 } });
    expect(turned.text).toBe('<policies>\r\n    <inbound>\r\n        <base />\r\n' +
      '        <quota calls="1" renewal-period="2" />\r\n    </inbound>\r\n</policies>\r\n');
  });

  it('leaves what is reckoned, what holds limits of others, and all but the first', () => {
    expect(setLimits(policies.named, { rateLimit: 'none', quota: 'none' })).toMatchObject({ text: policies.named, left: [
      { element: 'rate-limit', reason: 'namedValue', attribute: 'calls', value: '{{calls}}' },
      { element: 'quota', reason: 'expression', value: '@(n)' },
    ] });
    const inner = '<policies><inbound><quota calls="1" renewal-period="2"><api name="a" calls="1" /></quota></inbound></policies>';
    expect(setLimits(inner, { quota: 'none' }))
      .toMatchObject({ text: inner, left: [{ reason: 'inner', value: '<api name="a" calls="1" />' }] });
    expect(setLimits(rich, { rateLimit: 'none' }).left).toMatchObject([{ reason: 'repeated' }, { reason: 'namedValue' }]);
    expect(setLimits('<a', { rateLimit: 'none' }).left).toEqual([{ element: 'rate-limit', reason: 'notUnderstood' }]);
  });

  it('with its own changes alone', () => {
    fc.assert(fc.property(fc.oneof(strangeTexts, goodDocuments), (text) => {
      const { text: now, changes } = setLimits(text, { rateLimit: 'none', quota: 'none' });
      expect(now.length).toBe(changes.reduce((length, { range }) => length - (range.end - range.start), text.length));
      for (const { before } of changes) expect(before.trim()).toMatch(/^<(rate-limit|quota)[\s\S]*>$/);
      if (!readPolicy(text).fault) expect(readPolicy(now).fault).toBeUndefined();
    }), { numRuns: 300 });
  });
});

describe('limits as wanted and no more', () => {
  const exact = { exact: true };
  it('lose an amount that is not wanted', () => {
    const { text, left } = setLimits(policies.crlf, { quota: { kilobytes: 3, seconds: 604800 } }, exact);
    const wanted = policies.crlf.replace('quota calls="100" renewal-period="604800"', 'quota renewal-period="604800" bandwidth="3"');
    expect([text, left]).toEqual([wanted, []]);
    expect(setLimits(policies.named, { quota: { kilobytes: 3, seconds: 60 } }, exact).left).toMatchObject([{ reason: 'expression' }]);
  });

  it('tell callers apart in the other way, and back', () => {
    const rate = { calls: 5, seconds: 60 };
    const byAddress = setLimits(policies.crlf, { rateLimit: { ...rate, by: 'ip' } }, exact);
    expect(byAddress.left).toEqual([]);
    expect(byAddress.text).toBe(policies.crlf.replace(`<rate-limit calls='5' renewal-period="60"`,
      `<rate-limit-by-key calls='5' renewal-period="60" counter-key="@(context.Request.IpAddress)"`));
    const back = setLimits(byAddress.text, { rateLimit: { ...rate, by: 'subscription' } }, exact);
    expect(currentLimits(back.text).rateLimit).toMatchObject({ element: 'rate-limit-by-key', by: 'subscription' });
    const open = policies.crlf.replace("'5' renewal-period=\"60\" />", "'5' renewal-period=\"60\"></rate-limit>");
    expect(setLimits(open, { rateLimit: { ...rate, by: 'ip' } }, exact).text)
      .toContain('"@(context.Request.IpAddress)"></rate-limit-by-key>');
    const inner = open.replace('></rate-limit>', '><api name="a" /></rate-limit>');
    expect(setLimits(inner, { rateLimit: { ...rate, by: 'ip' } }, exact).left).toMatchObject([{ reason: 'inner' }, { reason: 'beside' }]);
  });
});
