// How long a key that is pressed in a real text editor takes to its character on the screen.

import { StepFailed } from '../host/processes.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A quick typist's pause; the keys do not wait for the ones before them to be drawn. */
const pauseMs = 40;

/** Runs on the page, which is text here: it knows what this program does not. */
const watchOnPage = `(() => {
  const editor = document.querySelector('.editor-group-container.active .monaco-editor.focused');
  const tookMs = [];
  window.benchTyping = { tookMs };
  // Keys that are not on the screen yet.
  let waiting = [];
  editor.addEventListener('keydown', (event) => waiting.push(event.timeStamp), true);
  const { port1, port2 } = new MessageChannel();
  const drawn = [];
  port1.onmessage = () => tookMs.push(...drawn.shift().map((from) => performance.now() - from));
  new MutationObserver(() => {
    if (waiting.length === 0) return;
    const keys = waiting;
    waiting = [];
    requestAnimationFrame(() => {
      drawn.push(keys);
      // Comes after the page has been drawn.
      port2.postMessage(null);
    });
  }).observe(editor.querySelector('.view-lines'), { childList: true, subtree: true, characterData: true });
})()`;

/**
 * Watches the editor that has the keyboard.
 * @param {Page} page
 */
export async function watchTyping(page) {
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await page.evaluate(watchOnPage);
}

/**
 * Presses keys until the work is over, and at least `least` of them.
 * @param {Page} page
 * @param {number} least
 * @param {Promise<unknown>} work
 * @returns {Promise<number[]>} For each key, milliseconds from the key to the end of the frame that shows it.
 */
export async function type(page, least, work) {
  let over = false;
  const ended = work.finally(() => (over = true));
  await page.evaluate('benchTyping.tookMs.length = 0');
  let pressed = 0;
  // A failure of the work is thrown below.
  ended.catch(() => undefined);
  while (pressed < least || !over) {
    await page.keyboard.press(pressed % 60 === 59 ? 'Enter' : 'x');
    pressed += 1;
    await page.waitForTimeout(pauseMs);
  }
  await ended;
  await page.waitForTimeout(pauseMs * 5);
  /** @type {number[]} */
  const tookMs = await page.evaluate('benchTyping.tookMs');
  if (tookMs.length < pressed * 0.9) throw new StepFailed(`Of ${pressed} keys only ${tookMs.length} were seen in the editor.`);
  return tookMs;
}
