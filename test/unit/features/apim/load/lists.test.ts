// Lists: asked for once, page by page, stopped, asked for anew, kept; a failed load takes nothing away.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ListItem } from '../../../../../src/features/apim/items';
import { leastItems, Lists, type KeptList, type PageOptions, type Source } from '../../../../../src/features/apim/load/lists';
import { describe as describeError, forbidden } from '../apimTools';

const item = (name: string): ListItem => ({ kind: 'product', id: `/${name}`, name, title: name });
const many = (count: number, from = 0): ListItem[] => Array.from({ length: count }, (_, index) => item(String(from + index)));
const names = (items: readonly ListItem[] = []): string[] => items.map((each) => ('name' in each ? each.name : ''));

let kept: readonly KeptList[] = [];
let lists: Lists;
let pulled = 0;
let given: PageOptions | undefined;

beforeEach(() => {
  kept = [];
  pulled = 0;
  lists = new Lists({ now: () => 1000, describe: describeError, keep: (now) => (kept = now) });
});

function source(pages: () => AsyncIterable<readonly ListItem[]> | Iterable<readonly ListItem[]>, key = 'k', isKept = true): Source {
  return {
    key, kept: isKept,
    async *pages(options) {
      given = options;
      for await (const page of pages()) {
        pulled += 1;
        yield page;
      }
    },
  };
}

it('are asked for once, though two ask at the same time, and are kept', async () => {
  const products = source(() => [[item('a')], [], [item('b')]]);
  await Promise.all([lists.ensure(products), lists.ensure(products)]);
  await lists.ensure(products);
  expect(pulled).toBe(3);
  expect(lists.state('k')).toMatchObject({ complete: true, loading: false, restored: false, at: 1000 });
  expect(kept).toEqual([{ key: 'k', at: 1000, complete: true, items: [item('a'), item('b')] }]);
});

it('end after enough items, and go on where they ended', async () => {
  const products = source(() => [many(60), many(60, 60), many(60, 120), many(60, 180), many(10, 240)]);
  await lists.ensure(products);
  expect([lists.state('k')?.items.length, lists.state('k')?.complete, pulled]).toEqual([120, false, 2]);
  await lists.more(products);
  expect([lists.state('k')?.items.length, pulled]).toEqual([240, 4]);
  await lists.more(products);
  expect([names(lists.state('k')?.items), lists.state('k')?.complete, pulled]).toEqual([names(many(250)), true, 5]);
  expect(leastItems).toBe(100);
});

it('that an earlier window began are asked for from their beginning, until there is more than before', async () => {
  lists.restore([{ key: 'k', at: 5, complete: false, items: many(120) }]);
  const products = source(() => [many(60), many(60, 60), many(60, 120), many(60, 180)]);
  await lists.ensure(products);
  expect(pulled).toBe(0);
  expect(lists.state('k')).toMatchObject({ restored: true, at: 5 });
  await lists.more(products);
  expect([names(lists.state('k')?.items), lists.state('k')?.restored]).toEqual([names(many(180)), false]);
});

describe('a load that fails', () => {
  it('says why and takes nothing away, and is not tried again by itself', async () => {
    let fails = true;
    const products = source(async function* () {
      yield [item('a')];
      if (fails) throw forbidden;
    });
    lists.restore([{ key: 'k', at: 5, complete: true, items: many(2) }]);
    lists.markStale(['k']);
    await lists.ensure(products);
    await lists.ensure(products);
    expect(pulled).toBe(1);
    expect(lists.state('k')).toMatchObject({ loading: false, problem: { sentence: 'The role Reader is missing.', actions: ['signIn', 'openPortal'] } });
    expect(names(lists.state('k')?.items)).toEqual(['0', '1']);
    fails = false;
    lists.markStale(['k']);
    expect(lists.state('k')?.problem).toBeUndefined();
    await lists.ensure(products);
    expect(names(lists.state('k')?.items)).toEqual(['a']);
  });
});

describe('while it is under way', () => {
  let go: () => void = () => undefined;
  const slow = (): Source => {
    const gate = new Promise<void>((resolve) => (go = resolve));
    return source(async function* () {
      await gate;
      yield [item('a')];
    });
  };

  it('it can be stopped, also where nobody listens to the signal', async () => {
    const over = lists.ensure(slow());
    expect(lists.state('k')?.loading).toBe(true);
    lists.stop('k');
    await over;
    expect(given?.signal.aborted).toBe(true);
    expect(lists.state('k')).toMatchObject({ loading: false, problem: 'stopped', items: [] });
    expect(kept).toEqual([]);
  });

  it('what is waited for is told of', async () => {
    const seen: unknown[] = [];
    lists.onDidChange((key) => seen.push(lists.state(key)?.wait));
    const over = lists.ensure(slow());
    given?.onWait({ reason: 'throttled', seconds: 7 });
    expect(lists.state('k')?.wait).toEqual({ reason: 'throttled', seconds: 7 });
    go();
    await over;
    expect(lists.state('k')?.wait).toBeUndefined();
    expect(seen).toEqual([undefined, { reason: 'throttled', seconds: 7 }, undefined]);
  });

  it('a change of what it reads is not lost: it is asked for once more', async () => {
    const over = lists.ensure(slow());
    lists.markStale(['k']);
    go();
    await over;
    expect(lists.state('k')?.stale).toBe(true);
  });

  it('it can be forgotten, and stays so', async () => {
    const over = lists.ensure(slow());
    lists.forget((key) => key === 'k');
    go();
    await over;
    expect(lists.state('k')).toBeUndefined();
  });
});

it('of the sample are not kept, nor are those that hold nothing', async () => {
  await lists.ensure(source(() => [[item('a')]], 'sample', false));
  await lists.ensure(source(() => [[]], 'empty'));
  expect(kept).toEqual([]);
  expect(lists.keys()).toEqual(['sample', 'empty']);
});

it('that are forgotten while they are asked for are asked for anew by whoever wants them next', async () => {
  const never = source(() => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<readonly ListItem[]>>(() => undefined) }) }));
  const first = lists.ensure(never);
  lists.forget((key) => key === 'k');
  const second = lists.ensure(source(() => [[item('a')]]));
  await Promise.all([first, second]);
  expect(lists.state('k')).toMatchObject({ items: [item('a')], complete: true, loading: false });
});
