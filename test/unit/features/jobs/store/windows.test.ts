// Several windows share a folder: one leads, the dead are found, and a claim has one holder.

import { beforeEach, describe, expect, it } from 'vitest';
import { Computer, key } from './jobTools';

let computer: Computer;
beforeEach(() => {
  computer = new Computer();
});

describe('neighbours', () => {
  it('are the other living windows for the same workspace, with what their pages owe', async () => {
    const [mine, other] = [await computer.open('here', 'w'), await computer.open('here', 'w')];
    await computer.open('here', 'v');
    const none = await computer.open();
    await computer.clock.pass(6000);
    const owed = (): number[] => mine.windows.neighbours().map(({ owes }) => owes);
    expect([owed(), other.windows.neighbours().length, none.windows.neighbours()]).toEqual([[0], 1, []]);
    other.lose();
    await computer.clock.pass(12_000);
    expect(owed()[0]).toBeGreaterThan(2);
    other.find();
    await computer.clock.pass(6000);
    expect(owed()).toEqual([0]);
    other.kill();
    await computer.clock.pass(3000);
    expect(owed()).toEqual([]);
  });

  it('say which folder their samples have', async () => {
    const [mine, other] = [await computer.open('here', 'w'), await computer.open('here', 'w')];
    other.windows.tellSampleFolder('2');
    await computer.clock.pass(6000);
    expect(mine.windows.neighbours().map(({ sampleFolder }) => sampleFolder)).toEqual(['2']);
    other.windows.tellSampleFolder(undefined);
    await computer.clock.pass(6000);
    expect(mine.windows.neighbours().map(({ sampleFolder }) => sampleFolder)).toEqual([undefined]);
  });

  it('are none of an earlier version, which does not say its workspace', async () => {
    computer.files.texts.set('windows/000000001-x.json', '{"host":"there","pid":1,"beat":1}');
    computer.files.texts.set('windows/000000002-x.json', '{"host":"there","pid":1,"beat":1,"workspace":"w","owes":"many"}');
    const { windows } = await computer.open('here', 'w');
    expect(windows.neighbours().map(({ owes }) => owes)).toEqual([0]);
  });
});

describe('leading', () => {
  it('is the window that was started first, and after it the next', async () => {
    const [first, second, third] = [await computer.open(), await computer.open(), await computer.open()];
    const leading = (): boolean[] => [first, second, third].map(({ windows }) => windows.isLeader);
    await computer.clock.pass(3000);
    expect(leading()).toEqual([true, false, false]);
    let told = 0;
    second.windows.onDidChange(() => {
      told += 1;
    });
    await first.windows.stop();
    await computer.clock.pass(3000);
    expect(leading()).toEqual([false, true, false]);
    expect(told).toBe(1);
    second.kill();
    await computer.clock.pass(3000);
    expect(third.windows.isLeader).toBe(true);
    expect(computer.files.names('windows')).toEqual([`windows/${third.windows.name}.json`]);
  });

  it('passes on after 30 seconds of silence when the process cannot be looked at, however clocks jump', async () => {
    const far = await computer.open('elsewhere');
    const near = await computer.open();
    await computer.clock.pass(6000);
    computer.clock.jump += 24 * 3_600_000;
    await computer.clock.pass(6000);
    expect(near.windows.isLeader).toBe(false);
    far.kill();
    await computer.clock.pass(24_000);
    expect(near.windows.isLeader).toBe(false);
    await computer.clock.pass(9000);
    expect(near.windows.isLeader).toBe(true);
  });

  it('is not for a window that cannot say that it is alive', async () => {
    const { windows } = await computer.open();
    computer.files.onWrite = () => {
      throw new Error('ENOSPC: no space left on device');
    };
    await computer.clock.pass(24_000);
    expect(windows.isLeader).toBe(true);
    await computer.clock.pass(9000);
    expect(windows.isLeader).toBe(false);
    expect(computer.log[0]).toContain('ENOSPC');
    computer.files.onWrite = () => undefined;
    await computer.clock.pass(3000);
    expect(windows.isLeader).toBe(true);
  });

  it('is not for a window whose page is gone, until it is back', async () => {
    const [first, second] = [await computer.open(), await computer.open()];
    const leading = (): boolean[] => [first, second].map(({ windows }) => windows.isLeader);
    await computer.clock.pass(3000);
    first.lose();
    await computer.clock.pass(12_000);
    expect(leading()).toEqual([true, false]);
    await computer.clock.pass(12_000);
    expect(leading()).toEqual([false, true]);
    first.find();
    await computer.clock.pass(6000);
    expect(leading()).toEqual([true, false]);
  });

  it('is for nobody where the pages of all are gone', async () => {
    const { windows, lose, find } = await computer.open();
    lose();
    await computer.clock.pass(24_000);
    expect(windows.isLeader).toBe(false);
    find();
    await computer.clock.pass(3000);
    expect(windows.isLeader).toBe(true);
  });

  it('is all that is taken from a window whose page is gone: what it works on stays its own', async () => {
    const [first, second] = [await computer.open(), await computer.open()];
    const claim = await first.windows.claim(key(1));
    await computer.clock.pass(3000);
    first.lose();
    await computer.clock.pass(120_000);
    expect([second.windows.isLeader, await second.windows.claim(key(1)), await claim?.held()]).toEqual([true, undefined, true]);
    first.kill();
    await computer.clock.pass(3000);
    expect(await second.windows.claim(key(1))).toBeDefined();
  });

  it('is told of with the page: once when it is gone, and once when it is back', async () => {
    const { windows, lose, find } = await computer.open();
    const told: boolean[] = [];
    windows.onDidChangeSight((seen) => told.push(seen));
    await computer.clock.pass(6000);
    lose();
    await computer.clock.pass(12_000);
    expect(told).toEqual([]);
    await computer.clock.pass(60_000);
    expect(told).toEqual([false]);
    find();
    await computer.clock.pass(6000);
    expect(told).toEqual([false, true]);
  });

  it('survives files that are no windows, and listeners that fail', async () => {
    computer.files.texts.set('windows/notes.txt', 'x').set('windows/000000001-x.json', '{"ho');
    const { windows } = await computer.open();
    expect(windows.isLeader).toBe(false);
    windows.onDidChange(() => {
      throw new Error('listener');
    });
    await computer.clock.pass(33_000);
    expect(windows.isLeader).toBe(true);
    expect(computer.log).toEqual(['Telling of windows failed: listener']);
    expect(computer.files.names('windows')).toEqual([`windows/${windows.name}.json`, 'windows/notes.txt']);
  });

  it('stops its timers when it is disposed', async () => {
    const { windows } = await computer.open();
    windows.dispose();
    await computer.clock.pass(3000);
    expect(computer.clock.asleep).toBe(0);
    expect(computer.files.names('windows')).toEqual([]);
  });
});

describe('a claim', () => {
  it('has one holder among windows and within a window, until it is released', async () => {
    const [one, other] = [await computer.open(), await computer.open()];
    const claim = await one.windows.claim(key(1));
    expect(await claim?.held()).toBe(true);
    expect([await one.windows.claim(key(1)), await other.windows.claim(key(1))]).toEqual([undefined, undefined]);
    expect([one.windows.isClaimed(key(1)), other.windows.isClaimed(key(1))]).toEqual([true, false]);
    await other.windows.lookAtClaims();
    expect(other.windows.isClaimed(key(1))).toBe(true);
    claim?.dispose();
    await claim?.release();
    expect(await claim?.held()).toBe(false);
    expect(await other.windows.claim(key(1))).toBeDefined();
  });

  it('of a dead window goes to one of all that want it, also over several deaths', async () => {
    const windows = await Promise.all(Array.from({ length: 6 }, () => computer.open()));
    await windows[0]?.windows.claim(key(1));
    for (let dead = 0; dead < 5; dead += 1) {
      const [dying] = windows.splice(windows.findIndex(({ windows: each }) => each.isClaimed(key(1))), 1);
      dying?.kill();
      const claims = await Promise.all(windows.map((each) => each.windows.claim(key(1))));
      expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
      for (const each of windows) if (claims[windows.indexOf(each)] === undefined) expect(each.windows.isClaimed(key(1))).toBe(false);
    }
    const [last] = windows;
    await last?.windows.stop();
    expect(computer.files.names('claims')).toEqual([]);
  });

  it('is not held any more by a window that was taken for dead while it stood still', async () => {
    const [frozen, other] = [await computer.open(), await computer.open()];
    const before = await frozen.windows.claim(key(1));
    frozen.freeze();
    await computer.clock.pass(27_000);
    expect(await other.windows.claim(key(1))).toBeUndefined();
    await computer.clock.pass(9000);
    const after = await other.windows.claim(key(1));
    expect([await before?.held(), await after?.held()]).toEqual([false, true]);
    await before?.release();
    expect(await after?.held()).toBe(true);
  });

  it('is not won by who looked at the dead holder before another had worked and released', async () => {
    const [dead, quick, slow] = [await computer.open(), await computer.open(), await computer.open()];
    await dead.windows.claim(key(1));
    dead.kill();
    // Slow is about to follow the dead claim when Quick does so, works and releases, and a third claims the job anew.
    let third: unknown;
    const late = new Promise<void>((resolve) => {
      const { create } = computer.files;
      computer.files.create = async (path, text) => {
        if (path.includes('~')) {
          computer.files.create = create;
          const claim = await quick.windows.claim(key(1));
          await claim?.release();
          third = await quick.windows.claim(key(1));
          resolve();
        }
        return create.call(computer.files, path, text);
      };
    });
    expect(await slow.windows.claim(key(1))).toBeUndefined();
    await late;
    expect(third).toBeDefined();
    expect(computer.files.names('claims')).toEqual([`claims/${key(1)}`]);
  });

  it('that is half a file counts as a dead window\'s', async () => {
    const { windows } = await computer.open();
    computer.files.texts.set(`claims/${key(1)}`, '{"id":');
    const claim = await windows.claim(key(1));
    expect(await claim?.held()).toBe(true);
    await claim?.release();
    expect(computer.files.names('claims')).toEqual([]);
  });

  it('leaves nothing behind of jobs that are over', async () => {
    const [dead, other] = [await computer.open(), await computer.open()];
    await dead.windows.claim(key(1));
    await dead.windows.claim(key(2));
    await other.windows.claim(key(3));
    dead.kill();
    computer.files.texts.set(`claims/${key(4)}~orphan`, '{"id":"a","window":"b"}');
    await other.windows.sweepClaims((job) => job === key(2));
    expect(computer.files.names('claims')).toEqual([`claims/${key(2)}`, `claims/${key(3)}`]);
  });

  it('is not given for what is no key, and not lost to a full disk', async () => {
    const { windows } = await computer.open();
    expect(await windows.claim('../x')).toBeUndefined();
    computer.files.onWrite = () => {
      throw new Error('ENOSPC');
    };
    await expect(windows.claim(key(1))).rejects.toThrow('ENOSPC');
    computer.files.onWrite = () => undefined;
    expect(await windows.claim(key(1))).toBeDefined();
  });
});
