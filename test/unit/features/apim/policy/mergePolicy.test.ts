// Putting our own elements into a policy that is there: all else stays, byte for byte.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePolicy } from '../../../../../src/features/apim/policy/mergePolicy';
import { apiPolicy, productPolicy, rewritePolicy } from '../../../../../src/features/apim/definition/files/policies';
import { goodDocuments, policies, strangeTexts } from './documents';

const theirs = '<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t\t<validate-jwt header-name="Authorization"><issuers><issuer>https://i.example</issuer></issuers></validate-jwt>\r\n' +
  '\t\t<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>\r\n\t\t<!-- theirs -->\r\n\t</inbound>\r\n\t<outbound>\r\n\t\t<base />\r\n\t\t' +
  '<set-header name="x" exists-action="delete" />\r\n\t</outbound>\r\n</policies>';
const keyed = apiPolicy({ keyName: 'the-key' }) ?? '';
const all = apiPolicy({ keyName: 'the-key', origins: ['https://a.example'], rateLimit: { calls: 20, seconds: 60, by: 'ip' } }) ?? '';
const keyElement = '\r\n\t\t<set-header name="Authorization" exists-action="override">\r\n\t\t\t<value>Bearer {{the-key}}</value>\r\n\t\t</set-header>';
const inbound = (text: string): string => `<policies>\n  <inbound>\n    <base />\n    ${text}\n  </inbound>\n</policies>`;

describe('a policy that is there', () => {
  it('keeps all of its own, and what checks the caller comes before the key', () => {
    const { text, ...others } = mergePolicy(theirs, keyed);
    expect(text).toBe(theirs.replace('<!-- theirs -->', `<!-- theirs -->${keyElement}`));
    expect(others).toEqual({ replaced: [], left: [], limitsLeft: [], complete: true });
  });

  it('is asked by browsers before it checks anything, and limits come next', () => {
    const { text } = mergePolicy(theirs, all);
    expect(text.replace(keyElement, '').replace(/\r\n\t\t<cors[^]*<\/cors>/, '').replace(/\r\n\t\t<rate-limit-by-key[^>]*>/, '')).toBe(theirs);
    const order = ['<base />', '<cors ', '<rate-limit-by-key ', '<validate-jwt ', '<ip-filter ', '<set-header name="Authorization"', '</inbound>'];
    const places = order.map((each) => text.indexOf(each));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain('\r\n\t\t\t<allowed-origins>\r\n\t\t\t\t<origin>https://a.example</origin>\r\n');
  });

  it('has an element of the same kind replaced at its place alone', () => {
    const old = '<set-header exists-action="skip" name=\'authorization\'><value>Basic {{other}}</value></set-header>';
    const text = theirs.replace('<!-- theirs -->', `${old}<!-- theirs -->`);
    expect(mergePolicy(text, keyed)).toMatchObject({ text: text.replace(old, keyElement.trim()), replaced: ['set-header'], left: [], complete: true });
    const path = inbound('<rewrite-uri template="/old" />');
    expect(mergePolicy(path, rewritePolicy('/new')).text).toBe(inbound('<rewrite-uri template="/new" copy-unmatched-params="true" />'));
  });

  it('is as it should be once it was changed, however the service writes it', () => {
    for (const document of [theirs, ...Object.values(policies)]) {
      const { text, complete } = mergePolicy(document, all);
      if (!complete) continue;
      const written = text.replaceAll('\r\n', '\n').replaceAll(/^( {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)).replaceAll('\n', '\r\n');
      expect(mergePolicy(written, all)).toMatchObject({ text: written, replaced: [], complete: true });
    }
  });

  it('gets its limits by their values alone', () => {
    const limits = productPolicy({ rateLimit: { calls: 20, seconds: 60, by: 'subscription' }, quota: { calls: 7, seconds: 604800 } }) ?? '';
    expect(mergePolicy(policies.crlf, limits).text).toBe(policies.crlf.replace("'5'", "'20'").replace('"100"', '"7"'));
  });

  it.each([
    ['expression', inbound('<set-header name="Authorization"><value>@("Bearer " + x)</value></set-header>')],
    ['expression', inbound('<set-header name="Authorization" exists-action="@(x)"><value>a</value></set-header>')],
    ['conditional', inbound('<choose><when condition="@(x)"><set-header name="Authorization"><value>a</value></set-header></when></choose>')],
    ['repeated', inbound('<set-header name="Authorization" /><set-header name="authorization" />')],
    ['noInbound', '<fragment />'],
    ['notUnderstood', '<policies><inbound><base /></policies>'],
  ])('is left where it holds what is not ours to change: %s', (reason, text) => {
    expect(mergePolicy(text, keyed)).toEqual({ text, replaced: [], left: [{ element: 'set-header', reason }], limitsLeft: [], complete: false });
  });

  it('gets what can be put in, and says what cannot', () => {
    const text = inbound('<rate-limit-by-key calls="@(n)" renewal-period="60" counter-key="@(context.Request.IpAddress)" />');
    const merge = mergePolicy(text, all);
    expect(merge.complete).toBe(false);
    expect(merge.limitsLeft).toMatchObject([{ reason: 'expression', attribute: 'calls' }]);
    expect(merge.text).toContain('{{the-key}}');
  });

  it('may set headers of requests that it sends itself', () => {
    const text = inbound('<send-request><set-header name="Authorization"><value>a</value></set-header></send-request>');
    expect(mergePolicy(text, keyed)).toMatchObject({ complete: true, text: expect.stringContaining('{{the-key}}') as string });
  });

  it('may have an inbound section with nothing in it, or none', () => {
    for (const document of [policies.emptyInbound, policies.openInbound, policies.noInbound]) {
      const { text, complete } = mergePolicy(document, all);
      expect(complete).toBe(true);
      expect(text.match(/<inbound>/g)).toHaveLength(1);
      expect(text.match(/<\/inbound>/g)).toHaveLength(1);
      expect(mergePolicy(text, all)).toMatchObject({ text, complete: true });
    }
  });

  it('loses no character, whatever is in it', () => {
    fc.assert(fc.property(fc.oneof(goodDocuments, strangeTexts), (document) => {
      const { text } = mergePolicy(document, keyed);
      // Only something is put in: what was there is still there, in its order.
      let at = 0;
      if (!/inbound\s*\/>/.test(document)) for (const each of document) {
        at = text.indexOf(each, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
      expect(mergePolicy(text, keyed).text).toBe(text);
    }));
  });
});
