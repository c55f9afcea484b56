// The frame of the pages: nothing runs or loads but our own, and nothing leads elsewhere.

import { afterEach, expect, it, vi } from 'vitest';
import { pageHtml } from '../../../src/ui/html';

const editor = vi.hoisted((): { l10n: { bundle?: Record<string, string> } } => ({ l10n: {} }));
vi.mock('vscode', () => ({ l10n: editor.l10n, Uri: { joinPath: (...parts: readonly unknown[]) => parts.join('/') } }));
afterEach(() => {
  delete editor.l10n.bundle;
});

function htmlOf(title: string): string {
  const page: Pick<Parameters<typeof pageHtml>[0], 'cspSource' | 'asWebviewUri'> = { cspSource: 'vscode-resource:', asWebviewUri: (uri) => uri };
  const uri: unknown = 'ext:';
  const write: (...parts: unknown[]) => unknown = (...parts) => Reflect.apply(pageHtml, undefined, parts);
  return String(write(page, uri, { name: 'viewer', title, actions: { more: '<"&' } }));
}

/** The elements that a browser would make scripts of, by their attributes. */
const scripts = (html: string): string[] => [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes.trim());

it('forbids all but its own script and style, also forms and another base for addresses', () => {
  const html = htmlOf('Answer');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ').map((part) => part.replace(/nonce-[\w+/=]+/, 'nonce-N'));
  expect(policy).toEqual(["default-src 'none'", 'style-src vscode-resource:', 'font-src vscode-resource:', 'img-src data:', "script-src 'nonce-N'", "base-uri 'none'", "form-action 'none'"]);
  expect(html).toContain('data-actions="{&#34;more&#34;:&#34;&#60;\\&#34;&#38;&#34;}"');
  const nonces = [...html.matchAll(/nonce[-=]"?([\w+/=]{22,})/g)].map(([, nonce]) => nonce);
  expect([nonces.length, new Set(nonces).size]).toEqual([2, 1]);
});

it('holds the texts of a translation as data in which nothing ends the element', () => {
  editor.l10n.bundle = { Swap: '</script><script>alert(1)</script><!-- "&" \u2028', 'Before {0}': 'é' };
  const html = htmlOf('Answer');
  const [, texts = ''] = /<script id="texts" type="application\/json">([^]*?)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(texts)).toEqual(editor.l10n.bundle);
  expect(scripts(html).map((each) => each.replace(/nonce="[^"]*"/, 'nonce'))).toEqual(['id="texts" type="application/json"', 'nonce src="ext:/dist/media/viewer/page.js"']);
  expect(texts).not.toContain('<');
});

it('holds no texts where there is no translation, and a title as it is', () => {
  const html = htmlOf('a</title><b> & "c"');
  expect(scripts(html)).toHaveLength(1);
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('<title>a&#60;/title&#62;&#60;b&#62; &#38; &#34;c&#34;</title>');
});
