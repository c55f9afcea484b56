// What a person is told about a file that cannot be read.

import { describe, expect, it } from 'vitest';
import { fileFailure } from '../../../src/tables/tableFile';

describe('a file that cannot be read', () => {
  it.each([
    ['ENOENT', 'The file is no longer there.', undefined],
    ['EACCES', 'The file cannot be read: the system does not allow it.', undefined],
    ['EPERM', 'The file cannot be read: the system does not allow it.', undefined],
    ['EIO', 'The file cannot be read.', 'EIO: words of the system'],
  ])('%s', (code, message, detail) => {
    const failure = fileFailure(Object.assign(new Error(`${code}: words of the system`), { code }));
    expect(failure).toMatchObject({ name: 'LocalFailure', message, detail });
    expect(failure.advice).toBeTruthy();
  });
});
