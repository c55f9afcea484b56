// Looks for keys in everything that was written: files of any kind, and what a browser keeps, in the spellings that a key can have.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Something to look for; the name is for people and is no secret. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** The spellings of a text: as it is, in a URL, in JSON once and twice, in UTF-16, and in base64 wherever it may begin in a longer text. */
export function spellings(text: string): Map<string, Buffer> {
  const json = (plain: string): string => JSON.stringify(plain).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.from('x'.repeat(offset) + text).toString('base64').replace(/=+$/, '');
    // Characters at both ends hold bits of what stands around.
    return whole.slice(offset === 0 ? 0 : offset + 1, (offset + text.length) % 3 === 0 ? undefined : -1);
  });
  const found = new Map([
    ['plain', Buffer.from(text)],
    ['percent', Buffer.from(encodeURIComponent(text))],
    ['JSON', Buffer.from(json(text))],
    ['JSON in JSON', Buffer.from(json(json(text)))],
    ['UTF-16', Buffer.from(text, 'utf16le')],
  ]);
  base64.forEach((each, offset) => {
    found.set(`base64 at ${offset}`, Buffer.from(each));
    found.set(`base64url at ${offset}`, Buffer.from(each.replaceAll('+', '-').replaceAll('/', '_')));
  });
  return found;
}

/** Where these secrets stand: `name (spelling) in place`, a line each. */
export function leaksIn(place: string, content: Buffer, secrets: readonly Secret[]): string[] {
  return secrets.flatMap((secret) => [...spellings(secret.value)].filter(([, spelled]) => content.includes(spelled)).map(([spelling]) => `${secret.name} (${spelling}) in ${place}`));
}

/** Where signatures of tokens for blobs stand, in any spelling of their equals sign. Nobody knows their values beforehand. */
export function tokensIn(place: string, content: Buffer): string[] {
  const found = content.toString('latin1').match(/\bsig(?:=|%3d|%253d|\\u003d)[a-z\d%+/]{16}/gi) ?? [];
  return found.map(() => `a token in ${place}`);
}

/** Every file below a folder. Files that vanish meanwhile are passed over. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Where the secrets stand in the files of a folder. */
export function leaksBelow(folder: string, secrets: readonly Secret[]): string[] {
  return filesBelow(folder).flatMap((file) => (statSync(file, { throwIfNoEntry: false }) ? leaksIn(file, readFileSync(file), secrets) : []));
}

/** One thing that the browser keeps: `localStorage/KEY`, `indexedDB/DATABASE/STORE/KEY` and the like, and its content as text. */
export interface Kept {
  readonly place: string;
  readonly content: string;
}

/** All that the window's origin keeps in the browser. Bytes become text, one character each. */
export async function keptInBrowser(page: Page): Promise<readonly Kept[]> {
  return page.evaluate(`(async () => {
    const kept = [];
    const text = (value) => typeof value === 'string' ? value
      : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? Array.from(new Uint8Array(value.buffer ?? value), (byte) => String.fromCharCode(byte)).join('')
      : value instanceof Blob ? '' : JSON.stringify(value, (_, each) => ArrayBuffer.isView(each) ? text(each) : each) ?? '';
    for (const [name, storage] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]]) {
      for (const key of Object.keys(storage)) kept.push({ place: name + '/' + key, content: storage.getItem(key) });
    }
    kept.push({ place: 'cookies', content: document.cookie }, { place: 'address', content: location.href });
    const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
        keys.forEach((key, index) => kept.push({ place: ['indexedDB', name, store, String(key)].join('/'), content: text(values[index]) }));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) kept.push({ place: ['cache', name, request.url].join('/'), content: await (await cache.match(request)).text() });
    }
    return kept;
  })()`);
}

/**
 * Looks at another window for a moment, which has VS Code's page save what it remembers; without, it does so once a minute when nothing else
 * is to be done. Chromium without a screen never takes the focus away, so that the page is told that it has none.
 */
export async function lookAway(page: Page): Promise<void> {
  await page.evaluate(`{
    const told = () => document.dispatchEvent(new Event('visibilitychange'));
    document.hasFocus = () => false;
    told();
    delete document.hasFocus;
    told();
  }`);
}
