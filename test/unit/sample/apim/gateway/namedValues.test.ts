// Named values in texts of policies: by the name that is shown, once, and nothing else that has braces.

import { expect, it } from 'vitest';
import { NamedValueMissing, withNamedValues } from '../../../../../src/sample/apim/gateway/namedValues';
import { MemoryStore } from '../../../../integration/sample/apim/memoryStore';

const store = new MemoryStore();
store.put('/namedValues/1', { displayName: 'My.key-1', value: 'one {{two}} $& $1' });
store.put('/namedValues/2', { displayName: 'two', value: 'two' });
store.put('/namedValues/3', { displayName: 'vault', keyVault: {} });

it.each([
  ['Bearer {{My.key-1}}', 'Bearer one {{two}} $& $1'],
  ['{{two}}{{two}}/{{two}}', 'twotwo/two'],
  ['{two} {{ two }} {{}} {{a b}} {{two', '{two} {{ two }} {{}} {{a b}} {{two'],
  ['{{{two}}}', '{two}'],
  ['$"{{"a": {{two}} }}"', '$"{{"a": two }}"'],
  ['', ''],
])('%j becomes %j', (text, filled) => {
  expect(withNamedValues(text, store)).toBe(filled);
});

it.each(['my.key-1', 'none', 'vault', '1'])('%s has no value here', (name) => {
  expect(() => withNamedValues(`a {{${name}}}`, store)).toThrow(new NamedValueMissing(name));
});

it('takes time that grows with the text', () => {
  const text = '{{'.repeat(100_000);
  const began = performance.now();
  expect(withNamedValues(`${text}}}`, store)).toBe(`${text}}}`);
  expect(performance.now() - began).toBeLessThan(5_000);
});
