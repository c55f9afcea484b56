// JSON stays JSON of the same shape whatever is masked in it; a key survives in no spelling, and what is no secret stays as it is.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskTokens } from '../../../src/redaction/tokenMask';
import { maskWords } from '../../../src/redaction/maskWords';
import { redactor } from '../../../src/redaction/redactor';
import { processorMs } from '../processorTime';

const dots = '••••••••';
const names = fc.oneof(fc.constantFrom('sig', 'p_sig', 'Sig', 'AccountKey', 'SharedAccessKey', 'SasBlobToken', 'SharedAccessSignature', 'pwd', 'password', 'Authorization', 'apiKey', 'x', 'GlobalParameters'), fc.string());
const tricky = fc.constantFrom(
  'password=', 'sig=', 'sig="', 'pwd=a;b', 'Password="a', '?sv=1&sig=aB%2Fc%3D&sp=r', 'AccountKey=abc==;', 'Authorization: Bearer abcdef0123456789', 'bearer 0123456789abcdef0123', 'ftp://a:b@c', '\\', '"', '\\"', '\u2028', '{"sig":0.05,"pwd":"x"}', '[1,"password=', 'eyJhbGciOiJIUzI1NiJ9.abcdefghijk.x',
);
const scalars = fc.oneof(fc.constantFrom(null, true, false, 0.05, 77123, 1e-7, 123456789012), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: 'binary' }).filter((text) => !/\p{Cs}/u.test(text)), tricky, fc.tuple(tricky, fc.string(), tricky).map((parts) => parts.join('')));
const documents = fc.letrec((tie) => ({ value: fc.oneof({ depthSize: 'small' }, scalars, fc.array(tie('value'), { maxLength: 4 }), fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map((members) => Object.fromEntries(members))) })).value;
const documentText = fc.tuple(fc.oneof(fc.array(documents, { maxLength: 4 }), fc.dictionary(names, documents, { maxKeys: 4 })), fc.constantFrom(undefined, 1, 4)).map(([value, indent]) => JSON.stringify(value, undefined, indent));

/** What is left when names and scalars are taken for alike. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  return typeof value === 'object' && value !== null ? Object.values(value).map(shape) : 'scalar';
}

/** The same, numbers and words of JSON being told apart. */
function kinds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kinds);
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([name, each]) => [name, kinds(each)]) : typeof value === 'string' ? 'string' : value;
}

describe('masking by names', () => {
  it('leaves any JSON as JSON, with its names, its numbers and its words', () => {
    fc.assert(fc.property(documentText, (text) => {
      for (const mask of [maskTokens, maskWords]) {
        const masked = mask(text);
        expect(shape(JSON.parse(masked))).toEqual(shape(JSON.parse(text)));
      }
    }), { numRuns: 300 });
    fc.assert(fc.property(fc.array(fc.dictionary(fc.constantFrom('sig', 'p_sig', 'AccountKey', 'pwd', 'SasBlobToken', 'x'), scalars)), (rows) => {
      expect(kinds(JSON.parse(maskTokens(JSON.stringify(rows))))).toEqual(kinds(JSON.parse(JSON.stringify(rows))));
    }), { numRuns: 200 });
  });

  it.each([
    '{"sig": 0.05, "x": "1"}', '{"sig":null}', '{"Sig":true,"x":"1"}', '{"AccountKey":77123}', '{"SharedAccessKey":1}', '{"SasBlobToken":5}', '{"sig":"0.0312","p_sig":"1.5e-7"}', '{"AccountKey":"ACC-0012"}', '{"sig":"not significant"}',
    '{"signature":"2024-01-01T10:00:00Z"}', '{"signature":"2024-01-01T10:00:00.000+01:00","sig":"2024-Jan-01T10:00:00Z"}', '{"AccountKey":"cust-00012345678"}', '{"AccountKey":"CUST-0001-2345-6789-EU"}',
    '{"api_key":"order-2024-000123"}', '{"apiKey":"customer_account_2024_v2"}', '{"api_key":"550e8400-e29b-41d4-a716-446655440000"}', '{"AccountKey":"NorthWest2024Retail01"}', '{"password":"yes","pwd":"No","Passwd":"n/a"}', '{"sig":"1.234567890123456e-12"}',
    '{"password":"…","AccountKey":"…","t":"AccountKey=…;sig=…"}',
    '{"apiKey":"customer"}', '{"pwd":"12.5","password":null}', '{"t":"password=","u":"x"}', '{"Authorization":"none"}', '[["sig",0.05],["AccountKey",1]]',
  ])('leaves %s', (text) => {
    expect(maskTokens(text)).toBe(text);
  });

  it.each([
    ['{"sig":"aB3dE6gH9jK2mN5pQ8","a":1}', `{"sig":"${dots}","a":1}`],
    ['{"AccountKey":"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6==" , "n":1.10}', `{"AccountKey":"${dots}" , "n":1.10}`],
    [`{"AccountKey":"${'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6'.repeat(2).slice(0, 86)}==","id":"order-1"}`, `{"AccountKey":"${dots}","id":"order-1"}`],
    ['{"sig":"Qw7%2BmnoPQR456stuVWX789abcDEF123yzaBCD000ef%3D"}', `{"sig":"${dots}"}`],
    ['{"signature":"aB-c_D3fGh1jKlM0nOpQ-rStUvWx_Yz12345678ABCD"}', `{"signature":"${dots}"}`],
    ['{"Ocp-Apim-Subscription-Key":"0123456789abcdef0123456789abcdef"}', `{"Ocp-Apim-Subscription-Key":"${dots}"}`],
    ['{"Ocp-Apim-Subscription-Key":"0f1E2d3C4b5A69788796a5b4c3d2e1f0"}', `{"Ocp-Apim-Subscription-Key":"${dots}"}`],
    ['{"x-functions-key":"k3jd92xqzlw81fab72mm4n6p8r0t"}', `{"x-functions-key":"${dots}"}`],
    ['{"api_key":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"}', `{"api_key":"${dots}"}`],
    ['{"pwd":"x","n":2}', `{"pwd":"${dots}","n":2}`],
    ['{"a":"{\\"sig\\":0.05,\\"pwd\\":\\"x\\"}"}', `{"a":"{\\"sig\\":0.05,\\"pwd\\":\\"${dots}\\"}"}`],
    ['{"a":"\\u0073ig=abcdef&x=1","b":"\\u00e4"}', `{"a":"sig=${dots}&x=1","b":"\\u00e4"}`],
    ['{"t":"my password = hunter2; ok"}', `{"t":"my password = ${dots}; ok"}`],
    ['{"t":"Password=abc', `{"t":"Password=${dots}`],
    ['{"https://h/?sig=abc":1}', `{"https://h/?sig=${dots}":1}`],
  ])('hides what is secret: %s', (text, masked) => {
    expect(maskTokens(text)).toBe(masked);
    expect(maskTokens(masked)).toBe(masked);
  });
});

const base64Key = fc.uint8Array({ minLength: 12, maxLength: 64 }).map((bytes) => Buffer.from(bytes).toString('base64')).filter((key) => new Set(key).size > 8);
const hex = (text: string): string => Buffer.from(text).toString('hex');
const ways: Readonly<Record<string, (text: string) => string>> = {
  'plain': (text) => text,
  'in hexadecimal digits': hex,
  'in large hexadecimal digits': (text) => hex(text).toUpperCase(),
  'in pairs of digits with colons': (text) => hex(text).replace(/..(?=.)/g, '$&:'),
  'in pairs of large digits with dashes': (text) => hex(text).toUpperCase().replace(/..(?=.)/g, '$&-'),
  'in digits of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('hex'),
  'in base64': (text) => Buffer.from(`x${text}`).toString('base64'),
  'in base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in base64 of UTF-16, within more': (text) => Buffer.from(`key ${text}!`, 'utf16le').toString('base64'),
  'in base64 of UTF-16 in the other order': (text) => Buffer.from(text, 'utf16le').swap16().toString('base64'),
  'in a mail': (text) => text.replaceAll('=', '=3D'),
  'in a mail, all signs': (text) => text.replace(/[^A-Za-z\d]/g, (sign) => `=${hex(sign).toUpperCase()}`),
  'folded in a mail': (text) => text.replace(/.{7}/g, '$&=\r\n'),
  'with characters of no width': (text) => [...text].join('\u200b'),
  'with a mark of order and soft hyphens': (text) => text.replace(/.{3}/g, '$&\ufeff').replace(/.{5}/g, '$&\u00ad'),
  'with marks of direction as escapes': (text) => [...text].join('\\u200e'),
  'with entities of no width': (text) => [...text].join('&#8203;'),
  'with no width in an address': (text) => encodeURIComponent([...text].join('\u200d')),
};

describe('a key that is known', () => {
  it.each(Object.entries(ways))('does not survive %s', (_way, spell) => {
    fc.assert(fc.property(base64Key, (key) => {
      const hide = redactor([key]);
      const spelled = spell(key);
      const kept = spelled.slice(4, -6);
      for (const text of [`a ${spelled} b`, JSON.stringify({ a: `a ${spelled} b`, [`n ${spelled}`]: [spelled] })]) {
        const written = text.startsWith('{') ? JSON.stringify(kept).slice(1, -1) : kept;
        for (const shown of [hide.text(text), Buffer.from(hide.bytes(Buffer.from(text))).toString()]) {
          expect(shown).not.toContain(written);
          expect(shown).toContain(dots);
          if (text.startsWith('{')) expect(shape(JSON.parse(shown))).toEqual(shape(JSON.parse(text)));
        }
      }
    }), { numRuns: 40 });
  });

  it('leaves JSON as JSON wherever it stands, in names, numbers and texts', () => {
    fc.assert(fc.property(documentText, fc.oneof(base64Key, fc.constantFrom('12345678', 'password', 'nnnnnnnn', '\\u0041bc')), fc.nat(), (text, key, seed) => {
      const value: unknown = JSON.parse(text);
      const placed = JSON.stringify({ a: value, [`${key}-name`]: [`x${key}`, seed, Number(`0.${key.replace(/\D/g, '1')}`), key], n: 12345678.5 });
      const shown = redactor([key]).text(placed);
      expect(shape(JSON.parse(shown))).toEqual(shape(JSON.parse(placed)));
      expect(shown).not.toContain(JSON.stringify(key).slice(1, -1));
    }), { numRuns: 200 });
  });

  it.each(['000000', '123456', 'Class1', 'Results', 'output1', 'null77'])('and short (%s) goes only where it is all that stands there', (key) => {
    const hide = redactor([key]);
    const innocent = JSON.stringify({ Results: { output1: [{ p: 0.0000001, q: 0.12345678, n: 123456, l: 'Class12', m: `a ${key}9 b`, [key]: 1 }] } });
    expect(hide.text(innocent)).toBe(innocent);
    expect(hide.text(`{"a":"${key}","b":["${key}"]}`)).toBe(`{"a":"${dots}","b":["${dots}"]}`);
    expect(hide.text(key)).toBe(dots);
    expect(hide.text(`Bearer ${key}`)).toBe(dots);
    expect(hide.text(`https://h/?a=1&key=${key}&b=${key}x`)).toBe(`https://h/?a=1&key=${dots}&b=${key}x`);
    expect(hide.text(`the key "${key}" is wrong`)).toBe(`the key "${dots}" is wrong`);
    expect(Buffer.from(hide.bytes(Buffer.from(`{"a":"${key}","ü":1}`))).toString()).toBe(`{"a":"${dots}","ü":1}`);
  });

  it('leaves JSON whole where it begins behind a backslash, and what breaks off', () => {
    expect(redactor(['nabcdef-123456']).text('{"a":"x\\nabcdef-123456"}')).toBe('{"a":"x\\nabcdef-123456"}');
    expect(redactor(['nabcdef-123456']).text('{"a":"x\\n nabcdef-123456","b')).toBe(`{"a":"x\\n ${dots}","b`);
  });

  it('may be one of many long ones', () => {
    const long = Array.from({ length: 100 }, (_, index) => `${index}-`.padEnd(8000, 'aB3dE6gH9jK2-'));
    const from = processorMs();
    const hide = redactor(long);
    expect(hide.text(`a ${long[7]} b`)).toBe(`a ${dots} b`);
    expect(processorMs() - from).toBeLessThan(5000);
  });
});
