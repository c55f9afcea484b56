// Decides how `npm start` shows the extension: in the VS Code of this desktop, or in one that is served to a browser.

/**
 * Whether a version is at least as new as another one.
 * @param {string} version As `1.103.2`; anything else is never new enough.
 * @param {string} least
 */
export function atLeast(version, least) {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  const wanted = least.split('.').map(Number);
  if (parts === undefined) {
    return false;
  }
  for (const [index, part] of parts.entries()) {
    const other = wanted[index] ?? 0;
    if (part !== other) {
      return part > other;
    }
  }
  return true;
}

/**
 * @typedef {object} Surroundings
 * @property {string} platform As Node's `process.platform`.
 * @property {Record<string, string | undefined>} env
 * @property {string | undefined} codeVersion What `code --version` says first; undefined where there is no `code` on the PATH.
 * @property {string} least The oldest VS Code that runs the extension.
 * @property {boolean} serve The person has asked for the served one.
 */

/**
 * Chooses between the desktop and the browser.
 * @param {Surroundings} surroundings
 * @returns {{ where: 'desktop' | 'browser', why: string }} `why` completes "VS Code is served to a browser, since ...".
 */
export function choose({ platform, env, codeVersion, least, serve }) {
  if (serve) {
    return { where: 'browser', why: 'you asked for it' };
  }
  if (codeVersion === undefined) {
    return { where: 'browser', why: 'there is no program `code` on the PATH' };
  }
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return { where: 'browser', why: 'this machine has no display' };
  }
  // In a terminal of a remote window `code` is another program, which cannot load an extension from its sources.
  if (env['VSCODE_IPC_HOOK_CLI']) {
    return { where: 'browser', why: 'this terminal belongs to a remote window of VS Code' };
  }
  if (!atLeast(codeVersion, least)) {
    return { where: 'browser', why: `the installed VS Code is ${codeVersion}, and the extension needs ${least} or newer` };
  }
  return { where: 'desktop', why: 'VS Code is installed here' };
}
