// Starts a browser of the Chromium family under playwright-core.

import { findBrowser } from './chromium.mjs';
import { StepFailed } from './processes.mjs';

/** What keeps a browser from calling out by itself; the tests need nothing beyond this machine. */
const quietFlags = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/**
 * Starts the browser. The one who starts it closes it; it ends by itself with the process that started it.
 * @param {{ headless?: boolean }} [options] Without a window unless `headless` is false.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser({ headless = true } = {}) {
  const { path, shell, env } = await findBrowser();
  if (shell && !headless) {
    throw new StepFailed('The installed Chromium has no window. Install Chrome or Chromium, or set CHROME_PATH to its program file.');
  }
  // Not imported at the top: before the first install it does not exist.
  const { chromium } = await import('playwright-core');
  const args = [...quietFlags, ...(shell ? ['--headless=shell'] : [])];
  return chromium.launch({ executablePath: path, headless, args, env: { ...process.env, ...env } });
}
