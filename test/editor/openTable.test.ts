// Files as tables: a panel for each, what is told of a file that changes, and what is no table.

import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { fileUri, messages, nameOf, open, run, saidNothing, tidy, writeFile } from './support/editor';
import { until } from './support/until';
import { watched, type WatchedPanel } from './support/watched';
import type { ToFilePage } from '../../src/features/tableFiles/messages';

type FileMessage = Extract<ToFilePage, { type: 'file' }>;

describe('a file as a table', () => {
  afterEach(tidy);

  const panels = (): readonly WatchedPanel[] => watched.panels.filter(({ viewType }) => viewType === 'azuremlWebServices.file');

  /** What a panel's page was told of its file last. */
  function told(panel: WatchedPanel | undefined): FileMessage | undefined {
    const all: readonly unknown[] = panel?.toPage ?? [];
    return (all as ToFilePage[]).findLast((message) => message.type === 'file');
  }

  /** How many rows a panel's page knows of. */
  function rows(panel: WatchedPanel | undefined): number | undefined {
    const all: readonly unknown[] = panel?.toPage ?? [];
    const last = (all as ToFilePage[]).findLast((message) => message.type === 'file' || message.type === 'table');
    return last?.type === 'file' || last?.type === 'table' ? last.view?.totalRows : undefined;
  }

  /** Opens a file, and gives its panel once its rows are told. */
  async function shown(file: vscode.Uri, count: number): Promise<WatchedPanel> {
    await run('openTable', file);
    const panel = panels().at(-1);
    assert.ok(panel, 'no panel was opened');
    await until('the rows are told', () => rows(panel) === count);
    return panel;
  }

  it('is opened from the Explorer, with its rows', async () => {
    const file = await writeFile('a,b\n1,x\n2,"y\nz"\n', 'csv');
    const panel = await shown(file, 2);
    assert.equal(panel.panel.title, nameOf(file));
    assert.deepEqual([told(panel)?.name, told(panel)?.place, told(panel)?.problem], [nameOf(file), file.fsPath, undefined]);
    saidNothing();
  });

  it('is the one in the active editor, and says when that editor holds what is not saved', async () => {
    const file = await writeFile('a\n1\n', 'tsv');
    const editor = await open(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), '2\n'));
    const before = panels().length;
    await run('openTable');
    await until('the panel is there', () => panels().length === before + 1);
    await until('the row is told', () => rows(panels().at(-1)) === 1);
    assert.match(told(panels().at(-1))?.view?.notes.join(' ') ?? '', /changes of this file that are not saved/);
  });

  it('has one panel, which comes to the front; another file has another', async () => {
    const [one, other] = [await writeFile('a\n1\n', 'csv'), await writeFile('a\n1\n2\n', 'csv')];
    const before = panels().length;
    const first = await shown(one, 1);
    await shown(other, 2);
    assert.equal(panels().length, before + 2);
    await run('openTable', one);
    await until('the first is in front', () => first.panel.active);
    assert.equal(panels().length, before + 2);
  });

  it('that changes on disk is said to have changed, and is left as it was', async () => {
    const file = await writeFile('a\n1\n', 'csv');
    const panel = await shown(file, 1);
    await vscode.workspace.fs.writeFile(file, Buffer.from('a\n1\n2\n3\n'));
    await until('it is told', () => told(panel)?.problem !== undefined);
    assert.equal(told(panel)?.problem?.sentence, 'The file has changed on disk since it was opened.');
    assert.deepEqual(told(panel)?.problem?.actions, ['retry']);
    assert.equal(rows(panel), 1);
  });

  it('that is not there says so on its page', async () => {
    await run('openTable', fileUri('nowhere.csv'));
    const panel = panels().at(-1);
    await until('it is told', () => told(panel)?.problem !== undefined);
    assert.equal(told(panel)?.problem?.sentence, '"nowhere.csv" is no longer there.');
    assert.equal(told(panel)?.view, undefined);
  });

  it('that is no table is refused in words', async () => {
    const file = await writeFile('hello', 'txt');
    const before = panels().length;
    await run('openTable', file);
    assert.deepEqual(messages().map(({ text }) => text), [`"${nameOf(file)}" is not opened as a table. Files that end in .csv, .tsv or .arff are.`]);
    assert.equal(panels().length, before);
  });
});
