// What a window showed when a test failed, in words: where tests run for others, what they print is all that comes back.

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { filesBelow } from './leaks';

/** Parts of a window, by what they are called here. */
const parts: Readonly<Record<string, string>> = {
  'Activity bar': '.part.activitybar .action-item.checked a',
  Sidebar: '.part.sidebar .composite.title, .part.sidebar .pane-header',
  'Lines of the sidebar': '.part.sidebar .monaco-list-row',
  'In place of lines': '.part.sidebar .welcome-view-content > *',
  Tabs: '.part.editor .tab',
  'Box at the top': '.quick-input-widget:not([style*="display: none"])',
  Menu: '.monaco-menu',
  Dialog: '.monaco-dialog-box',
  Messages: '.notification-list-item',
  'Status bar': '.part.statusbar .statusbar-item',
};

/** Lines of each log that are told, and characters of each part. */
const logLines = 8;
const mostCharacters = 600;

/** A line that says that all is well, or nothing. */
const usualLine = /\[info\]|^\s*$/;

/** What stands in each part of the window, and how the logs of its server and extension hosts end; `dataDir` is the server's. */
export async function seen(page: Page, dataDir: string): Promise<string> {
  const lines = await Promise.all(Object.entries(parts).map(async ([name, selector]) => {
    const texts = await page.locator(selector).locator('visible=true')
      .evaluateAll((found) => found.map((each) => `${each.getAttribute('aria-label') ?? ('innerText' in each ? each.innerText : '')}`))
      .catch((error: unknown) => [`not known: ${String(error)}`]);
    return `${name}: ${texts.join(' | ').replaceAll(/\s+/g, ' ').slice(0, mostCharacters)}`;
  }));
  const focused = '[class*="part "], .quick-input-widget, .monaco-dialog-box, .monaco-menu';
  const focus = await page.evaluate(`document.activeElement?.closest('${focused}')?.className`).catch(() => undefined);
  return [...lines, `Focus in: ${String(focus)}`, ...logsOf(dataDir)].join('\n');
}

function logsOf(dataDir: string): string[] {
  try {
    const files = filesBelow(dataDir).filter((file) => /[\\/]logs[\\/].*(?:remoteexthost|remoteagent)\.log$/.test(file));
    const endOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').filter((line) => !usualLine.test(line)).slice(-logLines);
    return files.map((file) => [`${file.slice(dataDir.length)}:`, ...endOf(file)].join('\n'));
  } catch (error) {
    return [`The logs cannot be read: ${String(error)}`];
  }
}
