// Real windows of VS Code, each with a fresh extension host, and the probe inside each.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../host/browser.mjs';
import { isRunning, StepFailed } from '../host/processes.mjs';
import { startServer, workbenchUrl } from '../host/server.mjs';
import { offlineEnv, writeUserSettings } from '../host/settings.mjs';

const startLimitMs = 60_000;
const endLimitMs = 10_000;

/**
 * @typedef {object} Editor
 * @property {string} workspace The folder that its windows open.
 * @property {() => Promise<EditorWindow>} open Opens a window and waits until its start is over.
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} EditorWindow
 * @property {import('playwright-core').Page} page
 * @property {number} pid The extension host's.
 * @property {(op: string, argument?: Record<string, unknown>) => Promise<any>} ask Lets the probe do something; see probe.ts.
 * @property {() => Promise<void>} close Closes it; its extension host has ended afterwards.
 */

/**
 * Starts VS Code and a browser for it.
 * @param {string} folder For everything that it writes.
 * @param {{ extensionsDir: string, settings?: Record<string, unknown> }} options
 * @returns {Promise<Editor>}
 */
export async function startEditor(folder, { extensionsDir, settings = {} }) {
  const dataDir = join(folder, 'data');
  const workspace = join(folder, 'workspace');
  const probeFile = join(folder, 'probe.json');
  mkdirSync(workspace, { recursive: true });
  writeUserSettings(dataDir, settings);
  const server = await startServer({ dataDir, extensionsDir, trust: true, env: { ...offlineEnv, BENCH_PROBE: probeFile } });
  const browser = await launchBrowser();
  // One context: all windows but the first find the page's own files in the browser's cache.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return {
    workspace,
    open: async () => {
      rmSync(probeFile, { force: true });
      const page = await context.newPage();
      await page.goto(workbenchUrl(server, workspace));
      const { port, pid } = await probeOf(probeFile);
      return { page, pid, ask: (op, argument = {}) => ask(port, op, argument), close: () => closeWindow(page, pid) };
    },
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/**
 * @param {string} file
 * @returns {Promise<{ port: number, pid: number }>}
 */
async function probeOf(file) {
  const deadlineMs = Date.now() + startLimitMs;
  while (Date.now() < deadlineMs) {
    if (existsSync(file)) {
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch {
        // It is being written just now.
      }
    }
    await sleep(50);
  }
  throw new StepFailed(`A window of VS Code did not start within ${startLimitMs / 1000} s.`);
}

/** @param {number} port @param {string} op @param {Record<string, unknown>} argument */
async function ask(port, op, argument) {
  const response = await fetch(`http://127.0.0.1:${port}/${op}`, { method: 'POST', body: JSON.stringify(argument) });
  /** @type {{ result?: unknown, error?: string }} */
  const { result, error } = Object(await response.json());
  if (error !== undefined) throw new StepFailed(`The probe could not do "${op}": ${error}`);
  return result;
}

/** @param {import('playwright-core').Page} page @param {number} pid */
async function closeWindow(page, pid) {
  // Leaving the page tells the server that it is over; a page that only vanishes keeps its extension host for hours.
  await page.goto('about:blank');
  await page.close();
  const deadlineMs = Date.now() + endLimitMs;
  while (isRunning(pid) && Date.now() < deadlineMs) await sleep(50);
}
