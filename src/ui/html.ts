// The page's frame: nothing may run or load but our own script and style.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { language } from '../base/format';

/** The folder that the page may load from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media');
}

/** The texts of the display language, for a page to read: data, which nothing runs. Empty where there is no translation. */
function textsHtml(): string {
  const { bundle } = vscode.l10n;
  // With no `<` in it, nothing in it ends the element.
  return bundle ? `<script id="texts" type="application/json">${JSON.stringify(bundle).replaceAll('<', '\\u003c')}</script>\n` : '';
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What a page is made of. */
export interface PageParts {
  /** Its script and style are `name/page.js` and `name/style.css`. */
  readonly name: string;
  readonly title: string;
  /** The words on the buttons under errors, by their ids. */
  readonly actions: Readonly<Record<string, string>>;
}

/** HTML of a page. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, { name, title, actions }: PageParts): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (path: string): string => webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), name, path)).toString();
  // The last two are no fetches, so that the first does not bound them.
  const policy =
    `default-src 'none'; style-src ${webview.cspSource}; font-src ${webview.cspSource}; img-src data:; script-src 'nonce-${nonce}'; ` +
    `base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escaped(language())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${file('style.css')}">
</head>
<body>
<main id="root" data-actions="${escaped(JSON.stringify(actions))}"></main>
${textsHtml()}<script nonce="${nonce}" src="${file('page.js')}"></script>
</body>
</html>`;
}
