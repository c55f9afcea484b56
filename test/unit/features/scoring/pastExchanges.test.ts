// Exchanges that are kept, for those who come before the feature that keeps them.

import { expect, it } from 'vitest';
import { Emitter } from '../../../../src/model/lifetime';
import { PastExchanges, type ExchangeKeeper } from '../../../../src/features/scoring/pastExchanges';
import { someExchange } from '../history/historyTools';

it('nothing is kept until somebody keeps it', async () => {
  const past = new PastExchanges();
  const exchange = someExchange();
  expect([past.keyOf(exchange), await past.past('1'), await past.entries()]).toEqual([undefined, undefined, []]);
  await past.sendAgain('1');
  await past.pin('1', true);
  await past.compare('1');
  expect(await past.pinned('1')).toBeUndefined();
});

it('the keeper is asked as soon as it is there, and no longer when it has gone', async () => {
  const past = new PastExchanges();
  const exchange = someExchange();
  const asked: unknown[] = [];
  const changed = new Emitter<void>();
  const keeper: ExchangeKeeper = {
    keyOf: () => '7',
    shareKey: (whole, light) => void asked.push([whole, light]),
    past: (key) => Promise.resolve(key === '7' ? exchange : undefined),
    sendAgain: async (key) => void asked.push(key),
    entries: () => Promise.resolve([]),
    pinned: (key) => Promise.resolve(key === '7' ? true : undefined),
    pin: async (key, on) => void asked.push([key, on]),
    compare: async (key) => void asked.push(`compare ${key}`),
    onDidChange: changed.event,
  };
  let heard = 0;
  past.onDidChange(() => (heard += 1));
  const registered = past.register(keeper);
  expect([past.keyOf(exchange), await past.past('7')]).toEqual(['7', exchange]);
  const light = someExchange({ requestBody: '' });
  past.shareKey(exchange, light);
  await past.sendAgain('7');
  await past.pin('7', false);
  await past.compare('7');
  expect(asked).toEqual([[exchange, light], '7', ['7', false], 'compare 7']);
  expect([await past.pinned('7'), await past.pinned('8')]).toEqual([true, undefined]);
  changed.fire();
  registered.dispose();
  changed.fire();
  expect(heard).toBe(1);
  expect(past.keyOf(exchange)).toBeUndefined();
});
