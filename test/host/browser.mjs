// Starts a browser of the Chromium family under playwright-core.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './chromium.mjs';
import { StepFailed } from './processes.mjs';

/**
 * What keeps a browser from calling out by itself, since the tests need nothing beyond this machine; and from playing a graphics card where
 * there is none, which costs more than to draw without.
 */
const flags = [
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu',
];

/**
 * Starts the browser. The one who starts it closes it; it ends by itself with the process that started it.
 * @param {{ headless?: boolean }} [options] Without a window unless `headless` is false.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser({ headless = true } = {}) {
  const { chromium, program } = await playwright(headless);
  return chromium.launch({ ...program, headless });
}

/**
 * Starts a browser that finds in a folder what the one before it has loaded and compiled, and nothing of what pages kept there.
 * @param {string} folder Made where it is not there. One browser at a time has it.
 * @param {import('playwright-core').BrowserContextOptions} options
 * @returns {Promise<import('playwright-core').BrowserContext>} The browser ends when this is closed.
 */
export async function launchWithCache(folder, options) {
  const own = join(folder, 'Default');
  for (const [place, kept] of /** @type {const} */ ([[folder, ['Default']], [own, ['Cache', 'Code Cache']]])) {
    const names = existsSync(place) ? readdirSync(place) : [];
    for (const name of names.filter((each) => !kept.some((one) => one === each))) {
      rmSync(join(place, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }
  const { chromium, program } = await playwright(true);
  return chromium.launchPersistentContext(folder, { ...program, ...options });
}

/** @param {boolean} headless */
async function playwright(headless) {
  const { path, shell, env } = await findBrowser();
  if (shell && !headless) {
    throw new StepFailed('The installed Chromium has no window. Install Chrome or Chromium, or set CHROME_PATH to its program file.');
  }
  // Not imported at the top: before the first install it does not exist.
  const { chromium } = await import('playwright-core');
  const args = [...flags, ...(shell ? ['--headless=shell'] : [])];
  return { chromium, program: { executablePath: path, args, env: { ...process.env, ...env } } };
}
