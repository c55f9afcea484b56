// Gives the texts of the display language to the part that looks them up, of which all bundles have one copy.

import * as l10n from '@vscode/l10n';

/** Has texts shown in another language from now on. `texts` are those of a translation, by their English. */
export function translate(texts: Readonly<Record<string, string>>): void {
  l10n.config({ contents: texts });
}
