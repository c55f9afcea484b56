// Panels that a reload has left go to the feature that has registered their type.

import { expect, it } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { Panels } from '../../../src/ui/panels';

function isPanel(value: unknown): value is WebviewPanel {
  return typeof value === 'object';
}

function bench() {
  const shown: unknown[] = [];
  let closed = 0;
  const panel: unknown = { dispose: () => (closed += 1) };
  expect.assert(isPanel(panel));
  const run = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      shown.push(error);
    }
  };
  return { shown, panel, closed: () => closed, panels: new Panels({ run }) };
}

it('a panel goes to its feature with what its page had saved', () => {
  const { panels, panel, closed } = bench();
  const taken: unknown[] = [];
  panels.register('job', (given, state) => void taken.push([given, state]));
  panels.restore('job', panel, { key: 'x' });
  expect(taken).toEqual([[panel, { key: 'x' }]]);
  expect(closed()).toBe(0);
});

it('one that no feature takes is closed, as nothing would ever be in it', () => {
  const { panels, panel, closed } = bench();
  panels.register('job', () => undefined).dispose();
  panels.restore('job', panel, undefined);
  expect(closed()).toBe(1);
});

it('what goes wrong is shown', async () => {
  const { panels, panel, shown } = bench();
  panels.register('job', () => Promise.reject(new Error('No.')));
  panels.restore('job', panel, undefined);
  await Promise.resolve();
  await Promise.resolve();
  expect(shown).toEqual([new Error('No.')]);
});

it('a type has one feature', () => {
  const { panels } = bench();
  panels.register('job', () => undefined);
  expect(() => panels.register('job', () => undefined)).toThrow('"job" is registered twice');
  expect(panels.ids).toEqual(['job']);
});
