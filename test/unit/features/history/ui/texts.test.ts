// Texts of the history that are opened and compared: what is not there is refused, and never shown as an empty text.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../../src/model/exchange';
import { deleteAllQuestion } from '../../../../../src/features/history/deleteAll';
import { textOf } from '../../../../../src/features/history/textOf';
import { someExchange } from '../historyTools';

const empty: Partial<Exchange> = { requestBody: '', answer: { status: 200, statusText: 'OK', headers: [], body: new Uint8Array() } };

describe('a text', () => {
  it('is what was sent, or what came back', () => {
    expect(textOf(someExchange(), 'request')).toContain('39.10');
    expect(textOf(someExchange(), 'answer')).toContain('Größe');
  });

  it('may be empty, when it was', () => {
    expect([textOf(someExchange({ ...empty, requestBytes: 0 }), 'request'), textOf(someExchange(empty), 'answer')]).toEqual(['', '']);
  });

  it.each([
    ['request', 'too large', 'The request "iris.json" is not in the history, as it was too large to be kept.'],
    ['answer', 'too large', 'The answer to "iris.json" is not in the history, as it was too large to be kept.'],
    ['request', 'gone', 'The request "iris.json" is no longer in the history.'],
    ['answer', 'gone', 'The answer to "iris.json" is no longer in the history.'],
  ] as const)('of a %s that is %s is refused', (part, why, sentence) => {
    expect(() => textOf(someExchange({ ...empty, missing: { [part]: why } }), part)).toThrow(expect.objectContaining({ name: 'InvalidInput', message: sentence }));
    expect(() => textOf(someExchange({ missing: { [part]: why } }), part === 'request' ? 'answer' : 'request')).not.toThrow();
  });

  it('of an answer that never came is refused', () => {
    const { answer, ...silent } = someExchange();
    expect(answer).toBeDefined();
    expect(() => textOf(silent, 'answer')).toThrow('No answer came to "iris.json", so there is no text of it.');
  });

  it('that is too large for an editor is refused', () => {
    expect(() => textOf(someExchange({ requestBody: 'x'.repeat(20 * 1024 * 1024 + 1) }), 'request')).toThrow(expect.objectContaining({ name: 'LocalFailure', message: 'The request of "iris.json" is too large for an editor (20 MB).' }));
  });
});

describe('who deletes all', () => {
  const detail = 'They are deleted with their answers, which cannot be taken back.';
  it.each([
    ['one', 1, 0, 0, 'Delete the one request of the history?', detail, ['Delete All']],
    ['all pinned', 2, 2, 0, 'Delete all 2 requests of the history?', detail, ['Delete All']],
    ['some pinned', 3, 1, 0, 'Delete all 3 requests of the history?', `${detail} 1 of them is pinned.`, ['Keep 1 Pinned', 'Delete All']],
    ['some unreadable', 3, 0, 1, 'Delete all 3 requests of the history?', `${detail} 1 more cannot be read, as it is damaged or of another version of the extension; it goes too.`, ['Delete All']],
    ['several pinned', 3, 2, 0, 'Delete all 3 requests of the history?', `${detail} 2 of them are pinned.`, ['Keep 2 Pinned', 'Delete All']],
    ['several unreadable', 3, 0, 2, 'Delete all 3 requests of the history?', `${detail} 2 more cannot be read, as they are damaged or of another version of the extension; they go too.`, ['Delete All']],
    ['only unreadable', 0, 0, 2, 'Delete the 2 requests of the history that cannot be read?', 'They are damaged or of another version of the extension, and cannot be brought back.', ['Delete All']],
    ['one unreadable', 0, 0, 1, 'Delete the one request of the history that cannot be read?', 'It is damaged or of another version of the extension, and cannot be brought back.', ['Delete All']],
  ])('of %s is asked', (_what, count, pinned, unreadable, question, told, ways) => {
    expect(deleteAllQuestion({ count, pinned, unreadable })).toEqual({ question, detail: told, ways });
  });
});
