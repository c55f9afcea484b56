// Where files may go within a workspace's folder.

import { describe, expect, it } from 'vitest';
import { checkFolder, foldersIn, offeredFolder } from '../../../../../src/features/apim/definition/folder';

describe('a path within the workspace', () => {
  it.each<[string, readonly string[]]>([
    ['apim/trees', ['apim', 'trees']], ['', []], ['.', []], ['./a//b/', ['a', 'b']], ['a\\b', ['a', 'b']], [' a b ', ['a b']], [offeredFolder('x'), ['apim', 'x']],
  ])('%j is taken', (text, parts) => {
    expect(checkFolder(text)).toBeUndefined();
    expect(foldersIn(text)).toEqual(parts);
  });

  it.each<[string, string]>([
    ['/etc', 'within the folder'], ['\\\\server\\x', 'within the folder'], ['C:\\x', 'within the folder'], ['c:x', 'within the folder'], ['..', 'leads out'], ['a/../../b', 'leads out'], ['a\\..\\b', 'leads out'],
    ['a|b', 'not all systems'], ['a\u0000b', 'not all systems'], ['a./b', 'not all systems'], ['ab:c', 'not all systems'], ['x'.repeat(401), 'too long'],
  ])('%j is none', (text, words) => {
    expect(checkFolder(text)).toContain(words);
  });
});
