// Why a call is not sent as it stands: the place in a sentence, and what can be sent nevertheless.

import { describe, expect, it } from 'vitest';
import { sentBody } from '../../../../src/features/tryIt/bodyCheck';
import { draftOf } from '../../../../src/features/tryIt/draft';
import type { CallBody, CallShape, Unsent } from '../../../../src/features/tryIt/shape';
import { whyUnsent } from '../../../../src/features/tryIt/unsent';

const example = '{\n  "BaseLocation": "https://{account}.blob.core.windows.net/",\n  "SasBlobToken": "?{token}"\n}';
const json: CallBody = { contentType: 'application/json', json: true, comments: true, required: true, text: example, example: true };

function unsent(text: string, body: CallBody = json): Unsent | undefined {
  const shape: CallShape = {
    title: 'T', owner: 'O', where: 'W', sample: false, method: 'POST', bases: ['https://a.example'], template: '/x', parameters: [], headers: [], keyHeaders: [], body,
    keys: [], key: '', notes: [],
  };
  return whyUnsent(shape, { ...draftOf(shape), body: text });
}

describe('a body that is no JSON', () => {
  it('is told with its place, and can be sent as it stands', () => {
    expect(unsent('{\n  "a": ]\n}')).toEqual({
      sentence: 'Nothing was sent: the body is no JSON, line 2, column 8.', anyway: true, place: { offset: 9, length: 1 },
    });
    expect(unsent('{"a":1,}', { ...json, comments: false })).toMatchObject({ anyway: true });
    expect(sentBody(json, '{"a": ] // x')).toBe('{"a": ] // x');
    expect(sentBody(json, '{"a":1} // x')?.trim()).toBe('{"a":1}');
  });

  it('is not sent where it cannot be', () => {
    expect(unsent('')).toEqual({ sentence: 'Nothing was sent. The call needs a body.', anyway: false });
    expect(unsent('{"a": "\ud800"}')).toMatchObject({ sentence: expect.stringContaining('half of a character'), anyway: false, place: { offset: 7 } });
  });
});

describe('placeholders of an example', () => {
  it('are told with their place while they stand there', () => {
    expect(unsent(example)).toEqual({
      sentence: 'Nothing was sent: the body has the placeholder {account} of the example, line 2, column 28.', anyway: true,
      place: { offset: example.indexOf('{account}'), length: 9 },
    });
    expect(unsent(example.replace('{account}', 'mine'))).toMatchObject({ sentence: expect.stringContaining('{token}'), anyway: true });
    expect(unsent(example.replace('{account}', 'mine').replace('{token}', 'sig'))).toBeUndefined();
  });

  it('are none in what a person has written, nor in what is no JSON', () => {
    const { contentType, comments, required, text } = json;
    expect(unsent(example, { contentType, json: true, comments, required, text })).toBeUndefined();
    expect(unsent('{"a":"{mine}"}')).toBeUndefined();
    expect(unsent('{account}', { ...json, text: '{account}', json: false })).toBeUndefined();
    expect(unsent(`{"a":"${'{a'.repeat(50_000)}"}`)).toBeUndefined();
  });
});
