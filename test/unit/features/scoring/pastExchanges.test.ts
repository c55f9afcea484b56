// Exchanges that are kept, for those who come before the feature that keeps them.

import { expect, it } from 'vitest';
import { PastExchanges, type ExchangeKeeper } from '../../../../src/features/scoring/pastExchanges';
import { someExchange } from '../history/historyTools';

it('nothing is kept until somebody keeps it', async () => {
  const past = new PastExchanges();
  const exchange = someExchange();
  expect([past.keyOf(exchange), await past.past('1'), await past.entries()]).toEqual([undefined, undefined, []]);
  await past.sendAgain('1');
});

it('the keeper is asked as soon as it is there, and no longer when it has gone', async () => {
  const past = new PastExchanges();
  const exchange = someExchange();
  const asked: unknown[] = [];
  const keeper: ExchangeKeeper = {
    keyOf: () => '7',
    shareKey: (whole, light) => void asked.push([whole, light]),
    past: (key) => Promise.resolve(key === '7' ? exchange : undefined),
    sendAgain: async (key) => void asked.push(key),
    entries: () => Promise.resolve([]),
  };
  const registered = past.register(keeper);
  expect([past.keyOf(exchange), await past.past('7')]).toEqual(['7', exchange]);
  const light = someExchange({ requestBody: '' });
  past.shareKey(exchange, light);
  await past.sendAgain('7');
  expect(asked).toEqual([[exchange, light], '7']);
  registered.dispose();
  expect(past.keyOf(exchange)).toBeUndefined();
});
