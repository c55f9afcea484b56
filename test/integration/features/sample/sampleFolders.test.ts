// The folder of a sample: its workspace's own, kept from others, waited for, and given to the next window.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../../src/model/errors';
import type { SampleParts } from '../../../../src/features/sample/sampleParts';
import { eachAnew, folder, followed, make, memory, readKeys, sample, serves, shown, toldFolders, warned } from './sampleTools';

eachAnew();

describe('the folder', () => {
  /** Makes a sample whose program notes its arguments and then does this. */
  const noting = (then: string, limit: Partial<SampleParts> = {}): (() => string[][]) => {
    const asked = join(folder, 'asked');
    make(`const words = process.argv.slice(2).filter((word) => word !== '--api-management'); require('fs').appendFileSync(${JSON.stringify(asked)}, JSON.stringify(words) + '\\n'); ${then}`, true, limit);
    return () => readFileSync(asked, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  };
  const own = (name: string): string[] => ['--folder', join(folder, 'kept', name)];

  it('is the one of last time, or the next that no other window has', async () => {
    const asked = noting(`if (words[1].endsWith('1')) process.exit(3); ${serves}`);
    await sample.start();
    expect(memory.get('sampleFolder')).toBe('2');
    sample.stop();
    await sample.start();
    expect(sample.keeps).toBe(true);
    expect(asked()).toEqual([own('1'), own('2'), own('2')]);
  });

  it('is none where none can be had: then all is in memory', async () => {
    const asked = noting(`if (words.length > 0) process.exit(3); ${serves}`);
    await sample.start();
    expect(sample.keeps).toBe(false);
    expect(asked()).toEqual([own('1'), own('2'), own('3'), own('4'), []]);
    expect(warned).toEqual([]);
  });

  it('is not asked for again and again where the disk does not take it', async () => {
    const asked = noting(`if (words.length > 0) process.exit(1); ${serves}`);
    await sample.start();
    expect(sample.keeps).toBe(false);
    expect(asked()).toEqual([own('1'), []]);
  });

  it('that cannot be used is told of', async () => {
    noting(`if (words.length > 0) process.exit(1); ${serves}`);
    await sample.start();
    expect(warned).toEqual([expect.stringContaining('none of its earlier jobs')]);
  });

  it('is the first one of its own again, once that is free', async () => {
    memory.set('sampleFolder', '2');
    const busy = join(folder, 'busy');
    writeFileSync(busy, '');
    const asked = noting(`if (words[1].endsWith('2') && require('fs').existsSync(${JSON.stringify(busy)})) process.exit(3); ${serves}`);
    await sample.start();
    sample.stop();
    expect(memory.get('sampleFolder')).toBe('2 1');
    rmSync(busy);
    await sample.start();
    expect(asked()).toEqual([own('2'), own('1'), own('2')]);
    expect(memory.get('sampleFolder')).toBe('2 1');
  });

  it('is one that nobody has had, rather than that of another workspace', async () => {
    for (const name of ['1', '3']) mkdirSync(join(folder, 'kept', name), { recursive: true });
    const asked = noting(`if (words.length > 0) process.exit(3); ${serves}`);
    memory.set('sampleFolder', 'no folder');
    await sample.start();
    expect(asked()).toEqual([own('2'), own('4'), own('1'), own('3'), []]);
  });

  describe('that another window for the same workspace has', () => {
    let waits = 0;
    let owes: number[] = [];
    /** What that window's page owes, one after the other; it is asked for when the folder was in use. */
    const beside: Partial<SampleParts> = {
      neighbours: async () => owes.slice(0, 1).map((each) => ({ sampleFolder: '2', owes: owes.length > 1 ? (owes.shift() ?? each) : each })),
      clock: { sleep: async () => undefined },
      whileWaiting: async (work) => {
        waits += 1;
        await work(new AbortController().signal);
      },
    };
    beforeEach(() => {
      waits = 0;
      memory.set('sampleFolder', '2');
    });
    const inUse = `if (words[1].endsWith('2')) process.exit(3); ${serves}`;

    it('is waited for while its page may be gone', async () => {
      owes = [0, 0, 0, 2, 3];
      const asked = noting(`if (require('fs').readFileSync(${JSON.stringify(join(folder, 'asked'))}, 'utf8').split('\\n').length < 6) process.exit(3); ${serves}`, beside);
      await sample.start();
      expect(asked()).toEqual([own('2'), own('2'), own('2'), own('2'), own('2')]);
      expect([sample.keeps, waits, memory.get('sampleFolder'), warned]).toEqual([true, 1, '2', []]);
      expect(shown).toEqual(['Sample']);
    });

    it('is not waited for where it is free, nor for ever', async () => {
      owes = [9];
      noting(serves, beside);
      await sample.start();
      expect(waits).toBe(0);
      sample.stop();
      const asked = noting(inUse, beside);
      await sample.start();
      expect(asked().slice(1)).toEqual([...Array.from({ length: 10 }, () => own('2')), own('1')]);
    });

    it('is waited for shortly where its page answers, and not at all where there is no such window', async () => {
      owes = [0];
      const asked = noting(inUse, beside);
      await sample.start();
      expect(asked()).toEqual([own('2'), own('2'), own('2'), own('2'), own('1')]);
      sample.stop();
      owes = [];
      await sample.start();
      expect(asked().slice(5)).toEqual([own('2'), own('1')]);
    });

    it('is not waited for any longer when a person says so, or stops the sample, or the window goes', async () => {
      owes = [9];
      const enough = new AbortController();
      const asked = noting(inUse, { ...beside, whileWaiting: (work) => work(enough.signal), clock: { sleep: async () => enough.abort() } });
      await sample.start();
      expect(asked()).toEqual([own('2'), own('1')]);
      sample.stop();
      noting(inUse, { ...beside, clock: { sleep: async () => sample.stop() } });
      await expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
      expect(sample.workspace).toBeUndefined();
      noting(inUse, { ...beside, clock: { sleep: async () => sample.dispose() } });
      await expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
    });

    it('is waited for only where that window has it: another one may be gone for hours', async () => {
      owes = [900];
      memory.set('sampleFolder', '1 2');
      const asked = noting(`if (words[1].endsWith('1')) process.exit(3); ${serves}`, beside);
      await sample.start();
      expect([asked(), waits]).toEqual([[own('1'), own('2')], 0]);
    });

    it('is waited for no more once a person has had enough, whichever it is', async () => {
      const enough = new AbortController();
      memory.set('sampleFolder', '1 2');
      const asked = noting(`if (/[12]$/.test(words[1])) process.exit(3); ${serves}`, {
        neighbours: async () => [{ sampleFolder: '1', owes: 3 }, { sampleFolder: '2', owes: 3 }],
        clock: { sleep: async () => enough.abort() },
        whileWaiting: (work) => {
          waits += 1;
          return work(enough.signal);
        },
      });
      await sample.start();
      expect([asked(), waits]).toEqual([[own('1'), own('2'), own('3')], 1]);
    });

    it('is no end of the sample, which was not there', async () => {
      owes = [9];
      let told = 0;
      noting(inUse, { ...beside, whileWaiting: async (work) => {
        expect(told).toBe(0);
        await work(new AbortController().signal);
      } });
      sample.onDidChange(() => (told += 1));
      await sample.start();
      expect(told).toBe(1);
    });
  });

  it('goes to the next window while the page of this one is gone', async () => {
    make(serves);
    await sample.onSight(true);
    expect(sample.workspace).toBeUndefined();
    await sample.start();
    await sample.onSight(false);
    expect(sample.workspace).toBeUndefined();
    await sample.onSight(true);
    expect(sample.workspace).toBeDefined();
    expect(shown).toEqual(['Sample', undefined, 'Sample']);
    sample.stop();
    await sample.onSight(true);
    expect(sample.workspace).toBeUndefined();
  });

  it('is told to the other windows, and that it is given back', async () => {
    make(serves);
    await sample.start();
    sample.stop();
    expect(toldFolders).toEqual(['1', undefined]);
  });

  it('is another one where the next window still has it when the page is back', async () => {
    const taken = join(folder, 'taken');
    const asked = noting(`if (words[1].endsWith('1') && require('fs').existsSync(${JSON.stringify(taken)})) process.exit(3); ${serves}`);
    await sample.start();
    await sample.onSight(false);
    writeFileSync(taken, '');
    await sample.onSight(true);
    expect(sample.workspace).toBeDefined();
    expect([asked(), memory.get('sampleFolder')]).toEqual([[own('1'), own('1'), own('2')], '1 2']);
  });

  it('goes on also where the page went while the sample was starting', async () => {
    make(serves, false);
    const starting = sample.start();
    await sample.onSight(false);
    readKeys[0]?.();
    await starting;
    expect(sample.workspace).toBeUndefined();
  });

  it('stays where all is in memory: nobody else could have it', async () => {
    noting(`if (words.length > 0) process.exit(3); ${serves}`);
    await sample.start();
    await sample.onSight(false);
    expect(sample.workspace).toBeDefined();
  });

  // So long a program may take to start on a computer that is busy.
  const limit = { longestStartMs: 2_500 };
  const hangs = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";

  it('is tried once more where the start takes too long, when the slow one has ended', async () => {
    const up = JSON.stringify(join(folder, 'up'));
    const first = `const fs = require('fs'); if (!fs.existsSync(${up})) { fs.writeFileSync(${up}, String(process.pid)); ${hangs} } else {`;
    const noOther = `try { process.kill(Number(fs.readFileSync(${up}, 'utf8')), 0); process.exit(3); } catch {}`;
    const asked = noting(`${first} ${noOther} ${serves} }`, limit);
    await sample.start();
    expect(asked()).toEqual([own('1'), own('1')]);
    expect([sample.keeps, memory.get('sampleFolder'), warned]).toEqual([true, '1', []]);
  });

  it('is left only when the second start takes too long as well, and that is told', async () => {
    const asked = noting(`if (words.length > 0) { ${hangs} } else { ${serves} }`, limit);
    await sample.start();
    expect(asked()).toEqual([own('1'), own('1'), []]);
    expect([sample.keeps, warned.length]).toEqual([false, 1]);
  });

  it('tells where its jobs were to be found before, and they follow', async () => {
    make(serves.replace('\\"workspace\\"', '\\"formerBaseUrls\\":[\\"http://127.0.0.1:7\\",\\"http://127.0.0.1:8\\"],\\"workspace\\"'));
    const { services } = await sample.start();
    const address = services[0]?.address ?? '';
    expect(followed).toEqual(['7', '8'].map((port) => [address.replace('127.0.0.1:1', `127.0.0.1:${port}`), address]));
  });
});
