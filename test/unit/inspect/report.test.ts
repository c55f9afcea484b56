// What is printed of a report: no keys in sentences, and other text as it is.

import { describe, expect, it } from 'vitest';
import { rowTexts, withoutSecrets } from '../../../src/inspect/report';
import { mask } from '../../../src/redaction/mask';
import { processorMs } from '../processorTime';

const short = Buffer.alloc(32, 'thirty-two bytes, made up.').toString('base64');
const long = Buffer.alloc(64, 'sixty-four bytes that are made up').toString('base64');
const token = ['{"alg":"none"}', '{"sub":"1"}', 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const plain = `Zz9${'aB3'.repeat(15)}`;

describe('withoutSecrets', () => {
  it.each(['error', 'advice', 'sentence', 'detail', 'details'])('masks all that looks like a key in "%s"', (name) => {
    const sentence = `before ${short}, "${long}" ${plain}; after`;
    expect(withoutSecrets({ [name]: sentence })).toEqual({ [name]: `before ${mask}, "${mask}" ${mask}; after` });
  });

  it('masks in each of the notes, at any depth', () => {
    expect(withoutSecrets({ tables: [{ notes: [`a ${short}`, 'b'] }] })).toEqual({ tables: [{ notes: [`a ${mask}`, 'b'] }] });
  });

  it('masks whole keys and tokens in cells and names too, and leaves what may be a hash', () => {
    const hash = 'a'.repeat(20) + '0'.repeat(44);
    expect(withoutSecrets({ first: [[long, token, hash, short]], name: long })).toEqual({ first: [[mask, mask, hash, short]], name: mask });
  });

  it('leaves ids and addresses in sentences', () => {
    const address = 'https://a.example.net/workspaces/00112233445566778899aabbccddeeff/services/x';
    const sentence = `requestId = d605052f-63ea-4549-9ae0-fe8159fe02db at ${address}.`;
    expect(withoutSecrets({ details: sentence })).toEqual({ details: sentence });
  });

  it('leaves what stands for a key in sentences of its own', () => {
    const sentence = 'Paste a connection string (DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…) or an address (https://ACCOUNT.blob.core.windows.net/CONTAINER?sv=…&sig=…).';
    expect(withoutSecrets({ advice: sentence, error: [sentence], name: sentence })).toEqual({ advice: sentence, error: [sentence], name: sentence });
  });

  it('leaves out what is undefined, and numbers and null as they are', () => {
    expect(withoutSecrets({ a: undefined, b: null, c: 1, d: true })).toEqual({ b: null, c: 1, d: true });
  });

  it('takes no longer than the text is long', () => {
    const from = processorMs();
    const notes = ['eyJ'.repeat(500_000), 'A'.repeat(1_000_000), 'eyJaaaaaaaaaa.'.repeat(100_000)];
    withoutSecrets({ error: 'aB3/'.repeat(500_000), notes });
    expect(processorMs() - from).toBeLessThan(2000);
  });
});

describe('rowTexts', () => {
  it('has a cell for each column, null for what is empty, and keeps what is beyond', () => {
    expect(rowTexts(['a', '', null, undefined, '0'], 4)).toEqual(['a', null, null, null, '0']);
    expect(rowTexts(['a'], 3)).toEqual(['a', null, null]);
  });
});
