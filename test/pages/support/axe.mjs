// Has axe look at a page for what breaks a rule of accessibility.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The nonce of the scripts that the pages of these tests may run. */
export const pageNonce = 'c29tZXRoaW5nLXVudXNlZA';

/** Where the servers of these pages have axe. */
export const axePath = '/axe.js';

/** What they answer there. The browser is to keep it, since to send it and to compile it costs more than the look itself. */
export const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const axeHeaders = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600' };

/**
 * What axe finds wrong, a line each.
 * @param {import('playwright-core').Page} page
 * @param {string} [element] Below this element: an expression of the page.
 * @returns {Promise<readonly string[]>}
 */
export async function axeFinds(page, element = 'document') {
  await page.evaluate(`new Promise((done, failed) => {
    const script = document.createElement('script');
    Object.assign(script, { nonce: '${pageNonce}', src: '${axePath}', onload: done, onerror: failed });
    document.head.append(script);
    script.remove();
  }).then(() => undefined)`);
  // No rule that is on needs the style sheets, which axe would fetch and read once more.
  return page.evaluate(`axe.run(${element}, { resultTypes: ['violations'], preload: false }).then((result) =>
    result.violations.flatMap((each) => each.nodes.map((node) => each.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary)))`);
}
