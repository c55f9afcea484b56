// Batch jobs inside VS Code: commands on files and nodes, what the journal holds, what the tree shows, what is told.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { messages, nameOf, run, saidNothing, setServices, setSetting, tidy, writeFile } from './support/editor';
import { answer, labels, leave, question } from './support/questions';
import { startSampleProcess } from './support/sample';
import { until } from './support/until';
import { watched } from './support/watched';
import type { ToJobPage } from '../../src/features/jobs/messages';

describe('jobs', () => {
  beforeEach(() => setServices());
  afterEach(tidy);

  /** What the job's page was told last. */
  function shownJob(): Extract<ToJobPage, { type: 'job' }>['job'] {
    const panel = watched.panels.findLast(({ viewType }) => viewType === 'azuremlWebServices.job');
    const told: readonly unknown[] = panel?.toPage ?? [];
    return (told as ToJobPage[]).findLast((message) => message.type === 'job')?.job;
  }

  const key = (): string => {
    const panel = watched.panels.findLast(({ viewType }) => viewType === 'azuremlWebServices.job');
    const told: readonly unknown[] = panel?.toPage ?? [];
    const message = (told as ToJobPage[]).findLast((each) => each.type === 'job');
    return String(Object(message).key);
  };

  const state = (wanted: string): Promise<unknown> => until(`the job is "${wanted}"`, () => shownJob()?.state === wanted);

  describe('a file on the sample', () => {
    it('is uploaded, submitted, started and followed to its end', async () => {
      const file = await writeFile('Col2\nThis is a good day\n', 'csv');
      const running = run('runJob', file);
      await answer('Run Batch Job on', 'Sample service');
      const asked = await question('Run Batch Job');
      assert.deepEqual(labels(asked).slice(0, 2), ['Run', 'Submit Only']);
      await answer('Run Batch Job');
      await running;
      await state('Finished');
      assert.equal(shownJob()?.outputs.length, 1);
      // Its page can be seen and tells of the end: a message would say the same once more.
      saidNothing();
      await run('copyJobStatus', key());
      const status = JSON.parse(await vscode.env.clipboard.readText());
      assert.equal(status.StatusCode, 'Finished');
      assert.deepEqual(Object.keys(status.Results.output1).sort(), ['BaseLocation', 'RelativeLocation']);
      await run('copyJobId', key());
      assert.match(await vscode.env.clipboard.readText(), /^[\da-f]{32}$/);
    });

    it('has results that are tables of their own', async () => {
      const file = await writeFile('Col2\nThis is a good day\nThat was another\n', 'csv');
      const running = run('runJob', file);
      await answer('Run Batch Job on', 'Sample service');
      await answer('Run Batch Job');
      await running;
      await state('Finished');
      await run('openResults', key());
      const told = (): readonly unknown[] => watched.panels.findLast(({ viewType }) => viewType === 'azuremlWebServices.job')?.toPage ?? [];
      await until('the result is a table', () => (told() as ToJobPage[]).some((message) => message.type === 'result' && message.result.kind === 'table'));
      await until('its rows are told', () => (told() as ToJobPage[]).some((message) => {
        const view = message.type === 'table' ? message.view : message.type === 'result' && message.result.kind === 'table' ? message.result.view : undefined;
        return view?.totalRows === 2 && view.reading === undefined;
      }));
    });

    it('is submitted only when that is requested, and started by hand', async () => {
      const file = await writeFile('Col2\na\n', 'csv');
      const running = run('runJob', file);
      await answer('Run Batch Job on', 'Sample service');
      await answer('Run Batch Job', 'Submit Only');
      await running;
      await state('Submitted, not started');
      await run('startJob', key());
      await state('Finished');
    });

    it('is not run when the question is left, and nothing is written down', async () => {
      const file = await writeFile('Col2\na\n', 'csv');
      const running = run('runJob', file);
      await answer('Run Batch Job on', 'Sample service');
      await leave(await question('Run Batch Job'));
      await running;
      saidNothing();
      await run('startJob');
      assert.match(messages()[0]?.text ?? '', /There is no batch job for this/);
    });
  });

  describe('a message about the end', () => {
    /** Runs a job on the sample whose page is closed before the end, and gives the name of its file when it has finished. */
    async function runUnseen(): Promise<string> {
      const file = await writeFile('Col2\na\n', 'csv');
      const running = run('runJob', file);
      await answer('Run Batch Job on', 'Sample service');
      await answer('Run Batch Job');
      await closePage();
      await running;
      await until('the job has finished', async () => {
        const showing = run('showJobs');
        const asked = await question('Batch Jobs');
        const [line] = asked.choices.filter(({ description }) => description === nameOf(file));
        await leave(asked);
        await showing;
        return /^Finished/.test(line?.label ?? '');
      });
      return nameOf(file);
    }

    async function closePage(): Promise<void> {
      const page = (): vscode.Tab | undefined => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('azuremlWebServices.job'));
      await until('the page is open', page);
      const open = page();
      if (open) await vscode.window.tabGroups.close(open);
      await until('the page is closed', () => page() === undefined);
    }

    it('comes where the page of the job cannot be seen', async () => {
      const name = await runUnseen();
      await until('it is told', () => messages().length > 0);
      assert.deepEqual(messages().map(({ kind, text, buttons }) => [kind, text, buttons]), [['information', `${name} has finished on SimpleFeatureHashingExperiment.`, ['Open Results', 'Show Job']]]);
    });

    for (const choice of ['none', 'failed']) {
      it(`does not come for a finished job with "${choice}"`, async () => {
        await setSetting('azuremlWebServices.notifyJobs', choice);
        await runUnseen();
        saidNothing();
      });
    }
  });

  describe('a file that cannot be an input', () => {
    it('is named when it is a folder', async () => {
      const sample = await startSampleProcess();
      await setServices({ name: 'Own', address: sample.address });
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      const running = run('runJob', folder?.uri);
      await answer('Run Batch Job on', 'Own');
      await running;
      assert.match(messages()[0]?.text ?? '', /is a folder; the input of a batch job is a file/);
    });
  });
});
