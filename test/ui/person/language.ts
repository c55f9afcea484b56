// A display language of which everybody sees that it is none: the packaged extension translated into it, and the pack that has VS Code offer it.

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pseudoTag, pseudoTexts } from '../../host/pseudo.mjs';

const ours = 'azureml-web-services.azureml-web-services-';

/**
 * Makes a folder of extensions below `home` in which the extension has a translation, as one that ships it, and has a server with this data
 * folder, which is there, offer the language. Gives the folder. `installed` is a folder of extensions that has the extension without it.
 */
export function installLanguage(home: string, dataDir: string, installed: string): string {
  const extensionsDir = join(home, 'extensions');
  cpSync(installed, extensionsDir, { recursive: true });
  const extension = join(extensionsDir, readdirSync(extensionsDir).find((name) => name.startsWith(ours)) ?? '');
  const translate = (from: string, to: string): void => {
    writeFileSync(join(extension, to), JSON.stringify(pseudoTexts(JSON.parse(readFileSync(join(extension, from), 'utf8')))));
  };
  translate('package.nls.json', `package.nls.${pseudoTag}.json`);
  translate('l10n/bundle.l10n.json', `l10n/bundle.l10n.${pseudoTag}.json`);

  // What VS Code writes down of an installed language pack. Its own words stay English, as this one has none of them.
  const words = join(home, 'vscode.json');
  const pack = { hash: pseudoTag, label: 'Pseudo', extensions: [{ extensionIdentifier: { id: 'tests.pseudo-language' }, version: '1.0.0' }], translations: { vscode: words } };
  writeFileSync(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  writeFileSync(join(dataDir, 'data', 'languagepacks.json'), JSON.stringify({ [pseudoTag]: pack }));
  return extensionsDir;
}
