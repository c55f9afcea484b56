// Commands that features register: run with their arguments, their errors shown, their code loaded on first use.

import { expect, it } from 'vitest';
import { Commands } from '../../../src/ui/commands';

/** Shows nothing, and notes what it was to show and how it was to be tried again. */
function noted() {
  const errors: unknown[] = [];
  const retries: (() => Promise<void>)[] = [];
  const run = async (work: () => Promise<void> | void, { retry }: { readonly retry?: (() => Promise<void>) | undefined } = {}): Promise<void> => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
      if (retry) retries.push(retry);
    }
  };
  return { errors, retries, reporter: { run } };
}

it('a command gets its arguments, and what it gives back goes to the caller', async () => {
  const commands = new Commands(noted().reporter);
  commands.register('add', (one, other) => Promise.resolve(Number(one) + Number(other)));
  expect(await commands.run('add', [2, 3])).toBe(5);
  expect(await commands.run('other', [])).toBeUndefined();
});

it('an error is shown with a way to try again, and does not reach the caller', async () => {
  const { errors, retries, reporter } = noted();
  const commands = new Commands(reporter);
  const seen: unknown[] = [];
  commands.register('fails', (what) => {
    seen.push(what);
    throw new Error('No.');
  });
  expect(await commands.run('fails', ['x'])).toBeUndefined();
  expect(errors).toEqual([new Error('No.')]);
  await expect(retries[0]?.()).rejects.toThrow('No.');
  expect(seen).toEqual(['x', 'x']);
});

it('code of its own is loaded when the command runs, and not before', async () => {
  const commands = new Commands(noted().reporter);
  let loaded = 0;
  commands.registerLoaded('late', {
    load: () => {
      loaded += 1;
      return Promise.resolve({ double: (value: unknown) => Number(value) * 2 });
    },
    run: ({ double }, value) => double(value),
  });
  expect([loaded, await commands.run('late', [4]), loaded]).toEqual([0, 8, 1]);
});

it('the caller goes on when what the command has changed is to be seen', async () => {
  const commands = new Commands(noted().reporter);
  const order: string[] = [];
  const settling = commands.settleWith(async () => {
    await Promise.resolve();
    order.push('settled');
  });
  commands.register('a', () => void order.push('done'));
  await commands.run('a', []).then(() => order.push('caller'));
  settling.dispose();
  await commands.run('a', []);
  expect(order).toEqual(['done', 'settled', 'caller', 'done']);
});

it('an id has one command until that is taken away', async () => {
  const commands = new Commands(noted().reporter);
  const both = commands.registerAll([['a', () => 1], ['b', () => 2]]);
  expect(commands.ids).toEqual(['a', 'b']);
  expect(() => commands.register('a', () => 3)).toThrow('"a" is registered twice');
  both.dispose();
  expect(commands.ids).toEqual([]);
  commands.register('a', () => 4);
  both.dispose();
  expect(await commands.run('a', [])).toBe(4);
});
