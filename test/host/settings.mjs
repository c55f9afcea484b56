// The settings of a person in a served VS Code: those that keep it quiet and offline.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** No welcome page, no updates, no experiments: what appears on the screen comes from what is tested. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  // All is on this machine: nothing has to be forwarded, and to look for what could be reads about every process again and again.
  'remote.autoForwardPorts': false,
  'chat.disableAIFeatures': true,
};

/** For the environment of a server: no extension gallery, so that nothing asks the network for one. */
export const offlineEnv = { EXTENSIONS_GALLERY: '{}' };

/**
 * Writes the user settings of a served VS Code, in place of all that were there.
 * @param {string} dataDir The server's data folder.
 * @param {Record<string, unknown>} [settings] Set on top of the quiet ones.
 * @returns {string} The file.
 */
export function writeUserSettings(dataDir, settings = {}) {
  const folder = join(dataDir, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'settings.json');
  writeFileSync(file, `${JSON.stringify({ ...quietSettings, ...settings }, undefined, 2)}\n`);
  return file;
}
