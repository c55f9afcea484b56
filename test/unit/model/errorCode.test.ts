// The code of an error, also of what is no error.

import { expect, it } from 'vitest';
import { errorCode, hasCode } from '../../../src/model/errorCode';

it('is read where it is a text', () => {
  expect(errorCode(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe('ENOENT');
  // One that comes from another context of the program is no Error of this one.
  expect(errorCode({ code: 'EIO' })).toBe('EIO');
  for (const none of [new Error('no code'), { code: 7 }, null, undefined, 'ENOENT']) expect(errorCode(none)).toBeUndefined();
});

it('is one of several', () => {
  expect(hasCode({ code: 'ENOTDIR' }, 'ENOENT', 'ENOTDIR')).toBe(true);
  expect([hasCode({ code: 'EIO' }, 'ENOENT'), hasCode(new Error('none'), 'ENOENT'), hasCode({ code: 'EIO' })]).toEqual([false, false, false]);
});
