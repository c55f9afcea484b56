// What goes on is shown only while its page is out of sight.

import { beforeEach, expect, it } from 'vitest';
import { Emitter } from '../../../src/model/lifetime';
import { whileUnseen } from '../../../src/ui/unseen';

let changed: Emitter<void>;
let visible: boolean;
let shown: string[];
let finish: (error?: Error) => void;
let waiting: Promise<void>;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function see(now: boolean): Promise<void> {
  visible = now;
  changed.fire();
  await settled();
}

/** Begins to wait, the page in sight or not. */
async function begin(inSight: boolean): Promise<void> {
  visible = inSight;
  const work = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  waiting = whileUnseen(work, { visible: () => visible, onDidChange: changed.event }, async (until) => {
    shown.push('shown');
    await until;
    shown.push('gone');
  });
  await settled();
}

beforeEach(() => {
  [changed, shown] = [new Emitter(), []];
});

it('shows nothing while the page can be seen', async () => {
  await begin(true);
  finish();
  await waiting;
  expect(shown).toEqual([]);
});

it('shows it until the work is over', async () => {
  await begin(false);
  expect(shown).toEqual(['shown']);
  finish();
  await waiting;
  expect(shown).toEqual(['shown', 'gone']);
});

it('takes it away when the page comes into sight, and shows it again when that goes', async () => {
  await begin(false);
  await see(true);
  expect(shown).toEqual(['shown', 'gone']);
  await see(false);
  expect(shown).toEqual(['shown', 'gone', 'shown']);
  // A change that changes nothing.
  await see(false);
  finish();
  await waiting;
  expect(shown).toEqual(['shown', 'gone', 'shown', 'gone']);
});

it.each([true, false])('throws what the work throws, the page in sight: %s', async (inSight) => {
  await begin(inSight);
  finish(new Error('The disk is full.'));
  await expect(waiting).rejects.toThrow('The disk is full.');
});
