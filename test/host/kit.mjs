// What `npm run kit` does: builds the examples of the kit, serves them to this computer's browser, and opens it.
// --no-open only says where; --port N serves on that port. Each reload of the page builds anew.

import { build } from 'esbuild';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { readCommandLine } from './options.mjs';
import { findOnPath, run } from './processes.mjs';
import { root } from './tools.mjs';

const themes = ['dark', 'light', 'contrast', 'contrast-light'];
const usage = `Usage: npm run kit [-- OPTIONS]

Opens the examples of what pages are made of in a browser.

  --no-open  only says where they are
  --port N   serves them on this port
  --help     prints this`;
const options = readCommandLine(usage, { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } });

/** Everything that is served, by its path, as it is in the sources now. */
async function built() {
  const examples = join(root, 'media/kit/examples');
  const { outputFiles } = await build({
    entryPoints: { page: join(examples, 'page.ts'), style: join(examples, 'style.css') },
    outdir: root, bundle: true, write: false, platform: 'browser', target: 'chrome120', format: 'iife', logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(root.length).replaceAll('\\', '/'), text]));
}

/** The variables and classes of VS Code's themes, which the tests of the pages have too. */
async function readThemes() {
  const file = join(root, 'test/pages/support/themes.ts');
  const { outputFiles: [bundle] } = await build({ entryPoints: [file], bundle: true, write: false, format: 'esm', logLevel: 'warning' });
  return import(`data:text/javascript,${encodeURIComponent(bundle?.text ?? '')}`);
}

const { bodyClass, themeSheet } = await readThemes();

/** @param {string} theme */
function host(theme) {
  const links = themes.map((each) => `<a href="/?theme=${each}">${each}</a>`).join(' ');
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Kit: ${theme}</title><link rel="icon" href="data:,">
<style>${themeSheet(theme)} nav { position: fixed; z-index: 9; right: 12px; bottom: 8px; } nav a { color: inherit; }</style>
<link rel="stylesheet" href="/style.css">
<script>
window.acquireVsCodeApi = () => ({ postMessage: console.log, getState: () => undefined, setState: () => undefined });
</script></head>
<body class="${bodyClass(theme)}"><main id="root"></main><nav>${links}</nav><script src="/page.js"></script></body></html>`;
}

let files = await built();
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/') files = await built().catch(() => files);
  const asked = searchParams.get('theme') ?? '';
  const text = pathname === '/' ? host(themes.includes(asked) ? asked : 'dark') : files.get(pathname);
  const type = pathname === '/' ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
  response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(text ?? '');
});
await new Promise((done) => server.listen(Number(options.port), '127.0.0.1', () => done(undefined)));
const address = server.address();
const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : options.port}/`;
process.stdout.write(`The examples of the kit are at ${url} until this program is ended.\n`);
const opener = findOnPath(['xdg-open', 'open', 'explorer']);
if (!options['no-open'] && opener !== undefined) await run(opener, [url], { cwd: root });
