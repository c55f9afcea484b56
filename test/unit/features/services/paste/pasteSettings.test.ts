// Settings that were pasted into a box of one line are read as those that kept their lines.

import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../../src/features/services/paste/paste';
import { settingsAsLines } from '../../../../../src/features/services/paste/pasteSettings';

const url = `https://ml.example.com/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}/execute`;
const key = 'QqWwEeRrTtYyUuIiOoPpAaSsDdFfGg12ab==';

describe('settings on one line', () => {
  it.each([
    `AZUREML_URL=${url} AZUREML_API_KEY=${key}`, `API_KEY=${key} URL=${url}`, `export AZUREML_URL=${url} export AZUREML_API_KEY=${key}`,
    `set URL=${url}   set API_KEY=${key} `, `AZUREML_URL="${url}" AZUREML_API_KEY="${key}" OTHER=1`,
  ])('%s', (text) => {
    const { endpoint, serviceKey, keys } = readPaste(text);
    expect(endpoint).toMatchObject({ origin: 'https://ml.example.com', service: 'b2'.repeat(16) });
    expect([serviceKey, keys[0]?.name]).toEqual([key, text.includes('AZUREML_API_KEY') ? 'AZUREML_API_KEY' : 'API_KEY']);
  });

  it.each([
    ['one setting', `API_KEY=${key}`], ['words among them', `The URL=${url} and API_KEY=${key}`], ['several lines', 'A=1 B=2\nC=3'], ['none', '  '], ['an address', url],
    ['a call', `curl -d a=1 ${url}`],
  ])('%s is left as it is', (_what, text) => {
    expect(settingsAsLines(text)).toBe(text);
  });

  it('are taken apart in time that grows with the text', () => {
    expect(settingsAsLines('A=1 '.repeat(250_000)).split('\n')).toHaveLength(250_000);
  });
});
