// What is loaded on first use: a failure is not for ever.

import { expect, it, vi } from 'vitest';
import { LazyTableOpener } from '../../../src/tables/lazyTableOpener';
import { LazyTransport } from '../../../src/http/lazyTransport';

const made = vi.hoisted(() => ({ fails: true }));
const make = vi.hoisted(() => (): object => {
  if (made.fails) throw new Error('Too many files are open.');
  return { close: () => undefined, dispose: () => undefined };
});
vi.mock('../../../src/tables/tableOpener', () => ({ tableOpener: make }));
vi.mock('../../../src/http/transport', () => ({ createTransport: make }));

it.each([
  ['tables', new LazyTableOpener('program', () => undefined)],
  [
    'calls',
    new LazyTransport(() => ({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} })),
  ],
] as const)('%s can be had once what was in the way is gone', async (_name, slot) => {
  made.fails = true;
  await expect(slot.get()).rejects.toThrow('Too many files are open.');
  made.fails = false;
  const one = await slot.get();
  expect(await slot.get()).toBe(one);
  slot.dispose();
});
