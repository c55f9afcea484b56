// Opens the page that holds nothing but a table in a real browser, and reads what is on it.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { CellView, Sort, ViewColumn } from '../../../src/model/view';
import { axeFinds } from './axe.mjs';
import { sharedPages, type BrowserPages } from './browserPages';
import { startGridHost } from './gridHost.mjs';
import { bodyClass, themeSheet, type ThemeName } from './themes';

/** What the page's source of rows is made of. Cells that are not in `special`, by `row:column`, are made up from their place. */
export interface Setup {
  readonly rows: number;
  readonly columns: readonly ViewColumn[];
  readonly name?: string;
  readonly special?: Readonly<Record<string, CellView>>;
  readonly layout?: { readonly widths?: Readonly<Record<number, number>>; readonly pinned?: readonly number[]; readonly hidden?: readonly number[] };
  readonly sort?: Sort;
  readonly filtered?: readonly number[];
  /** So many rows are there from the start. */
  readonly given?: number;
  readonly delayMs?: number;
  /** So many questions get no answer. */
  readonly unanswered?: number;
  /** Rows stand the other way round. */
  readonly backwards?: boolean;
}

/** A table on a page. */
export interface GridPage {
  readonly page: Page;
  /** Calls the grid's methods. */
  call(method: 'setOrder' | 'put' | 'setLayout' | 'goTo' | 'scrollTo' | 'focus' | 'cell' | 'fit', ...values: readonly unknown[]): Promise<unknown>;
  /** What the grid has told, by the name of what it was told by, oldest first. */
  told(name: string): Promise<readonly (readonly unknown[])[]>;
  /** Waits until the newest of what it told is this. */
  tells(name: string, ...values: readonly unknown[]): Promise<void>;
  /** Waits until every cell in sight has come. */
  settle(): Promise<void>;
  active(): Promise<{ readonly row: number; readonly column: number } | undefined>;
  /** Text of a cell that is drawn, by its row's place and its place on the page, both from 0. */
  text(row: number, at: number): Promise<string | null>;
  /** Numbers of the rows that are in sight, as they stand there. */
  rowsInSight(): Promise<readonly string[]>;
  place(): Promise<{ readonly row: number; readonly left: number; readonly top: number }>;
  axe(): Promise<readonly string[]>;
  /** Signs that something ran or was asked for that should not have been. */
  harm(): Promise<readonly string[]>;
  /** Ends it: what is opened next may be in its place. */
  close(): Promise<void>;
}

/** Columns by turns of numbers and text. */
export function columns(count: number): ViewColumn[] {
  return Array.from({ length: count }, (_, index) => ({ name: `column ${index}`, type: index % 2 === 0 ? 'Double' : 'String', kind: index % 2 === 0 ? 'number' : 'text' }));
}

/** Starts the server of a test file. */
export async function startGrids(): Promise<{ open(setup: Setup, options?: { theme?: ThemeName; width?: number; height?: number }): Promise<GridPage>; close(): Promise<void> }> {
  const theme = (name: string): ThemeName => (name === 'light' || name === 'contrast' || name === 'contrast-light' ? name : 'dark');
  const host = await startGridHost((name) => ({ sheet: themeSheet(theme(name)), bodyClass: bodyClass(theme(name)) }));
  const pages = await sharedPages();
  return {
    open: (setup, options = {}) => open(pages, host.address, setup, options),
    close: async () => {
      await pages.giveBackAll();
      await host.close();
    },
  };
}

async function open(pages: BrowserPages, address: string, setup: Setup, options: { theme?: ThemeName; width?: number; height?: number }): Promise<GridPage> {
  const page = await pages.take({ width: options.width ?? 900, height: options.height ?? 600 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.goto(`${address}?theme=${options.theme ?? 'dark'}`);
  await page.evaluate(`make(${JSON.stringify({ ...setup, layout: { widths: {}, pinned: [], hidden: [], ...setup.layout } })})`);
  const told = async (name: string): Promise<readonly (readonly unknown[])[]> => {
    const calls: readonly (readonly unknown[])[] = await page.evaluate('window.calls');
    return calls.filter(([each]) => each === name).map(([, ...values]) => values);
  };
  /** Twice round the page's frames, so that what was asked for is drawn. */
  const frames = (): Promise<unknown> => page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const grid: GridPage = {
    page,
    told,
    call: async (method, ...values) => {
      const result: unknown = await page.evaluate(`window.grid.${method}(${values.map((each) => (each === undefined ? 'undefined' : JSON.stringify(each))).join(', ')})`);
      await frames();
      return result;
    },
    tells: (name, ...values) => expect.poll(async () => (await told(name)).at(-1)).toEqual(values),
    settle: async () => {
      await frames();
      await expect.poll(() => page.locator('.cell.waiting').count()).toBe(0);
    },
    active: () => page.evaluate('window.grid.active'),
    text: (row, at) => page.evaluate(`(() => {
      const offset = 1 + document.querySelectorAll('.grid-head [role=row]').length;
      return document.querySelector('[aria-rowindex="' + (${row} + offset) + '"] > [aria-colindex="' + (${at} + 2) + '"], [aria-rowindex="' + (${row} + offset) + '"] .stuck [aria-colindex="' + (${at} + 2) + '"]')?.textContent ?? null;
    })()`),
    rowsInSight: () => page.evaluate(`(() => {
      const box = document.querySelector('.grid').getBoundingClientRect();
      const top = document.querySelector('.grid-head').getBoundingClientRect().bottom;
      return [...document.querySelectorAll('.row')].map((row) => [row.getBoundingClientRect(), row.querySelector('.row-number').textContent])
        .filter(([each]) => each.bottom > top + 1 && each.top < box.bottom - 1).sort(([one], [other]) => one.top - other.top).map(([, text]) => text);
    })()`),
    place: () => page.evaluate(`(() => {
      const scroller = document.querySelector('.grid');
      return { top: scroller.scrollTop, left: scroller.scrollLeft, row: window.calls.filter(([name]) => name === 'scroll').at(-1)?.[1].row ?? 0 };
    })()`),
    axe: () => axeFinds(page, "document.querySelector('main')"),
    harm: async () => [...faults, ...(await page.evaluate<string[]>('[...window.violations, ...(window.__pwned === undefined ? [] : ["a script of the data ran"])]'))],
    close: () => pages.giveBack(page),
  };
  await frames();
  return grid;
}
