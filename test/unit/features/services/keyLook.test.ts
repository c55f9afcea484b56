// How keys are told apart before they are saved or replaced: by name, length and, for long ones, the last four characters. Never by more.

import { describe, expect, it } from 'vitest';
import { givenLine, leftLine, replacementLine } from '../../../../src/features/services/keyLook';

const long = `${'kK9/+z'.repeat(14)}aZ==`;
const short = 'hush-hush-hush!';

describe('a key that will be saved', () => {
  it.each([
    [undefined, 'not set'],
    [{ name: 'api_key', value: long }, 'given: 88 characters, ending in aZ==; "api_key" of the text; saved to the secret store'],
    [
      { name: 'Ocp-Apim-Subscription-Key', value: short },
      'given: 15 characters; "Ocp-Apim-Subscription-Key" of the text; saved to the secret store',
    ],
    [{ name: '', value: long }, 'given: 88 characters, ending in aZ==; saved to the secret store'],
    [{ name: '', value: short }, 'given: 15 characters; saved to the secret store'],
  ])('%j', (key, line) => {
    expect(givenLine(key)).toBe(line);
  });
});

describe('a kept key is told beside the one that would take its place', () => {
  const given = { name: 'api_key', value: `${'Bb7+/y'.repeat(5)}cX` };

  it.each([
    [long, 'API key: kept is one of 88 characters, ending in aZ==. New: "api_key", 32 characters, ending in /ycX.'],
    [short, 'API key: kept is one of 15 characters. New: "api_key", 32 characters, ending in /ycX.'],
    [undefined, 'API key: none is kept. New: "api_key", 32 characters, ending in /ycX.'],
    [given.value, 'API key: the one of the text is the one that is kept (32 characters, ending in /ycX).'],
  ])('%#', (kept, line) => {
    expect(replacementLine('API key', kept, given)).toBe(line);
  });

  it('also one without a name, and one that an earlier entry has left', () => {
    expect(replacementLine('API key', long, { name: '', value: short })).toBe('API key: kept is one of 88 characters, ending in aZ==. New: 15 characters.');
    expect(leftLine(long)).toBe('A key from before is kept for this address (88 characters, ending in aZ==). Saving takes it away.');
    expect(leftLine(undefined)).toBeUndefined();
  });
});

it('shows the end of 16 characters and of no fewer', () => {
  expect(givenLine({ name: '', value: '0123456789abcdef' })).toContain('ending in cdef');
  expect(givenLine({ name: '', value: '0123456789abcde' })).not.toContain('bcde');
});
