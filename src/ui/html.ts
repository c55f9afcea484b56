// The page's frame: nothing may run or load but our own script and style.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folder that the page may load from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'media');
}

/** HTML of a page whose script and style are `name/page.js` and `name/style.css`. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (path: string): string => webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), name, path)).toString();
  // The last two are no fetches, so that the first does not bound them.
  const policy = `default-src 'none'; style-src ${webview.cspSource}; font-src ${webview.cspSource}; img-src data:; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file('style.css')}">
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${file('page.js')}"></script>
</body>
</html>`;
}
