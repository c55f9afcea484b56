// The results of a job as tables: shown with their first rows while they come, read on, tried again, and left.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ResultFile } from '../../../../src/storage/resultFile';
import { tableOpener } from '../../../../src/tables/tableOpener';
import { OpenResults } from '../../../../src/features/jobs/openResults';
import { TableHost } from '../../../../src/ui/tables/tableHost';
import type { ResultView } from '../../../../src/features/jobs/messages';
import type { ToTable } from '../../../../src/ui/tables/messages';
import type { Job } from '../../../../src/model/job';
import type { TableOpener } from '../../../../src/model/openTable';
import { describeError, folder, resultOf, Served, table } from '../../storage/resultServed';
import { buildWorker } from '../../tables/tablesTools';

describe('the results of the job that is shown', () => {
  let program: string;
  let opener: TableOpener;
  beforeAll(async () => {
    program = await mkdtemp(join(tmpdir(), 'worker-'));
    opener = tableOpener(await buildWorker(program));
  });
  afterAll(async () => {
    await opener.dispose();
    await rm(program, { recursive: true });
  });

  const job: Job = {
    key: 'k', service: { name: 'S', address: 'a' }, title: 't', createdAt: 0, inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false, step: 'ended', stepAt: 0, history: [],
    status: { status: 'finished', text: 'Finished', results: ['o.csv', 'm.ilearner', 'p.png'].map((name, at) => ({ name: `o${at}`, base: 'b', location: `/c/${name}` })) },
  };

  async function results(open: () => Promise<ResultFile>) {
    const kinds: string[] = [];
    const removed: string[] = [];
    const told: ToTable[] = [];
    const wakes: (() => void)[] = [];
    const wake = (): void => wakes.splice(0).forEach((each) => each());
    const tableHost = new TableHost({
      send: (message) => {
        told.push(message);
        wake();
      },
      describe: describeError,
      dialogs: { copy: no, tell: () => undefined, confirm: no, chooseFormat: no, chooseFile: no, write: no, progress: no },
    });
    const shown: OpenResults = new OpenResults({
      open, opener: () => Promise.resolve(opener), tableHost: tableHost, describe: describeError,
      remove: async (path) => {
        removed.push(path);
        await rm(path, { force: true });
      },
      changed: (index) => void shown.view(index).then(({ kind }) => {
        kinds.push(kind);
        wake();
      }),
    });
    onTestFinished(() => shown.clear());
    /** The view of the first result, once it is as it has to be. */
    const once = async (fits: (view: ResultView) => boolean): Promise<ResultView> => {
      for (;;) {
        const view = await shown.view(0);
        if (fits(view)) return view;
        await new Promise<void>((resolve) => {
          wakes.push(resolve);
          setTimeout(resolve, 200);
        });
      }
    };
    return { shown, kinds, removed, told, tableHost: tableHost, once };
  }
  const no = (): Promise<never> => Promise.reject(new Error('is not wanted'));

  it('are read when somebody looks, shown with their first rows, and read on', async () => {
    const file = new Served(table(60_000));
    const result = await resultOf(file, 400_000);
    const { shown, once, tableHost, removed } = await results(() => Promise.resolve(result));
    expect(await shown.view(0)).toEqual({ kind: 'closed' });
    await shown.read(job, 0);
    const paused = await once((view) => view.kind === 'table' && view.view.reading?.state === 'paused' && view.view.rows.length > 0);
    if (paused.kind !== 'table') throw new Error(paused.kind);
    expect(paused.view).toMatchObject({ name: 'o0', columns: [{ name: 'a', kind: 'number' }, { name: 'b', kind: 'text' }] });
    expect(paused.view.rows[99]).toEqual({ number: 99, cells: ['99', 'é 693'] });
    expect(shown.wholeFile(0)).toBeUndefined();
    await shown.read(job, 0);
    expect(file.asked).toHaveLength(1);
    while (result.reading) await tableHost.handle({ type: 'readOn', table: 0 });
    await once((view) => view.kind === 'table' && view.view.reading === undefined && view.view.totalRows === 60_000);
    expect(shown.wholeFile(0)).toBe(result.path);
    shown.clear();
    expect([removed, shown.open]).toEqual([[result.path], []]);
  });

  it('that are no tables are files', async () => {
    const { shown } = await results(no);
    for (const index of [1, 2, 9]) await shown.read(job, index);
    expect([await shown.view(1), await shown.view(2), await shown.view(9)]).toEqual([{ kind: 'file', note: 'This is a trained model, not a table.' }, { kind: 'file', note: 'Files of this kind are not shown as tables.' }, { kind: 'closed' }]);
  });

  it('that fail say so and can be tried again; one that is empty is a table without rows', async () => {
    const refusing = new ResultFile({ path: join(await folder(), '1.csv'), open: () => Promise.reject(new Error('no token')), describe: describeError });
    const empty = await resultOf(new Served(Buffer.alloc(0)));
    const outcomes: (() => Promise<ResultFile>)[] = [() => Promise.reject(new Error('no')), () => Promise.resolve(refusing), () => Promise.resolve(empty)];
    const { shown, once } = await results(() => (outcomes.shift() ?? no)());
    await shown.read(job, 0);
    expect(await shown.view(0)).toEqual({ kind: 'failed', problem: { sentence: 'no', advice: 'none' } });
    await shown.read(job, 0);
    expect(await shown.view(0)).toEqual({ kind: 'failed', problem: { sentence: 'no token', advice: 'none' } });
    await shown.read(job, 0);
    await once((view) => view.kind === 'table' && view.view.totalRows === 0 && view.view.reading === undefined);
  });

  it('whose reading on fails keep their rows; those that are another file now are read anew', async () => {
    const file = new Served(table(30_000));
    const files = [await resultOf(file, 100_000), await resultOf(file)];
    const { shown, once, tableHost, removed } = await results(() => {
      const next = files.shift();
      return next ? Promise.resolve(next) : no();
    });
    const [first] = files;
    await shown.read(job, 0);
    await once((view) => view.kind === 'table' && view.view.reading?.state === 'paused' && view.view.totalRows > 1000);
    file.etag = '"2"';
    await tableHost.handle({ type: 'readOn', table: 0 });
    const failed = await once((view) => view.kind === 'table' && view.view.reading?.state === 'failed');
    expect(failed).toMatchObject({ view: { reading: { problem: { sentence: expect.stringContaining('changed') } } } });
    await tableHost.handle({ type: 'readOn', table: 0 });
    await once((view) => view.kind === 'table' && view.view.reading === undefined && view.view.totalRows === 30_000);
    expect(removed).toEqual([first?.path]);
  });

  it('of a job that is left come to nobody, and leave nothing', async () => {
    let give: (result: ResultFile) => void = () => undefined;
    const { shown, kinds, tableHost } = await results(() => new Promise((done) => { give = done; }));
    const reading = shown.read(job, 0);
    await Promise.resolve();
    await Promise.resolve();
    shown.clear();
    const late = await resultOf(new Served(table(3)));
    give(late);
    await reading;
    expect([kinds, shown.open, await tableHost.view(0), late.readBytes]).toEqual([['reading'], [], undefined, 0]);
  });
});
