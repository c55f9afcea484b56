// The frame of the pages: nothing runs or loads but our own, and nothing leads elsewhere.

import { expect, it, vi } from 'vitest';
import { pageHtml } from '../../../src/ui/html';

vi.mock('vscode', () => ({ Uri: { joinPath: (...parts: readonly unknown[]) => parts.join('/') } }));

it('forbids all but its own script and style, also forms and another base for addresses', () => {
  const page: Pick<Parameters<typeof pageHtml>[0], 'cspSource' | 'asWebviewUri'> = { cspSource: 'vscode-resource:', asWebviewUri: (uri) => uri };
  const uri: unknown = 'ext:';
  const write: (...parts: unknown[]) => unknown = (...parts) => Reflect.apply(pageHtml, undefined, parts);
  const html = String(write(page, uri, { name: 'viewer', title: 'Answer', actions: { more: '<"&' } }));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ').map((part) => part.replace(/nonce-[\w+/=]+/, 'nonce-N'));
  expect(policy).toEqual(["default-src 'none'", 'style-src vscode-resource:', 'font-src vscode-resource:', 'img-src data:', "script-src 'nonce-N'", "base-uri 'none'", "form-action 'none'"]);
  expect(html).toContain('data-actions="{&quot;more&quot;:&quot;&lt;\\&quot;&amp;&quot;}"');
  const nonces = [...html.matchAll(/nonce[-=]"?([\w+/=]{22,})/g)].map(([, nonce]) => nonce);
  expect([nonces.length, new Set(nonces).size]).toEqual([2, 1]);
});
