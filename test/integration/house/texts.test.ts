// The texts: an export that is what the sources give, and translations that fit it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { describe, expect, it } from 'vitest';
import { faultsOf, pseudo, pseudoTag, pseudoTexts } from '../../host/pseudo.mjs';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const exported: Record<string, string | { message: string }> = JSON.parse(read('l10n/bundle.l10n.json'));
const ofManifest: Record<string, string> = JSON.parse(read('package.nls.json'));

/** So many files are handed to the export as one. */
const atOnce = 12;

describe('the export', () => {
  it('is what the sources give: run npm run l10n:export where it is not', async () => {
    const files = ['src', 'media'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`));
    // No file that does not name the library has a text for it, and several at once are read as fast as one: the export asks each for all.
    const texts = files.filter((file) => file.endsWith('.ts')).map(read).filter((text) => text.includes('l10n'));
    const sources = Array.from({ length: Math.ceil(texts.length / atOnce) }, (_, at) => (
      { extension: '.ts' as const, contents: texts.slice(at * atOnce, (at + 1) * atOnce).join('\n') }));
    expect(exported).toEqual(await getL10nJson(sources));
    expect(Object.keys(exported).length).toBeGreaterThan(100);
  });
});

describe('the translations', () => {
  const translations = [
    ...readdirSync(join(root, 'l10n')).flatMap((name) => ({ file: `l10n/${name}`, tag: /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1], english: exported })),
    ...readdirSync(root).flatMap((name) => ({ file: name, tag: /^package\.nls\.(.+)\.json$/.exec(name)?.[1], english: ofManifest })),
  ];

  it('have the texts of the English, and the places for values that these have', () => {
    for (const { file, tag, english } of translations) if (tag !== undefined) expect([file, ...faultsOf(english, JSON.parse(read(file)), tag)]).toEqual([file]);
  });

  it('would be refused with other ones', () => {
    const english = { 'Delete {0} of {1}': 'Delete {0} of {1}', 'en/Tag.': { message: 'en' }, Undo: 'Undo' };
    expect(faultsOf(english, { 'Delete {0} of {1}': '{1}: {0} löschen', 'en/Tag.': 'de', Undo: 'Rückgängig' }, 'de')).toEqual([]);
    expect(faultsOf(english, { 'Delete {0} of {1}': '{0} löschen {2}', 'en/Tag.': 'en', Redo: 'Wiederholen' }, 'de')).toEqual([
      'It lacks: Undo', 'There is no such text any more: Redo', 'It has other places for values than "Delete {0} of {1}": {0} löschen {2}', 'The tag of the language has to be de, and is: en',
    ]);
  });

  it('into the language of tests keep what is no word', () => {
    expect(pseudo('Delete {0} of [all](command:a.b) in `${job}`, $(play) https://HOST/services')).toBe('⟦Délété {0} óf [áll](command:a.b) íñ `${job}`, $(play) https://HOST/services⟧');
    expect(faultsOf(exported, pseudoTexts(exported), pseudoTag)).toEqual([]);
    expect(faultsOf(ofManifest, pseudoTexts(ofManifest), pseudoTag)).toEqual([]);
  });
});
