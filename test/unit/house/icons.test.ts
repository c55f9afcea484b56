// One icon for each meaning: what commands, lines, lists and pages use is what the table in CONTRIBUTING says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import texts from '../../../package.nls.json';
import { commandOf } from '../../../src/features/jobs/jobButtons';
import { root, sources } from './imports';

interface Row {
  readonly meaning: string;
  readonly codicons: readonly string[];
  readonly drawings: readonly string[];
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const [, section = ''] = read('CONTRIBUTING.md').split('### An icon\n');
const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const rows: readonly Row[] = (section.split('\n### ')[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| It means'))
  .map((line) => {
    const [, meaning = '', codicons = '', drawings = ''] = line.split('|');
    return { meaning: meaning.trim(), codicons: names(codicons), drawings: names(drawings) };
  });

const commandIcons = new Map(manifest.contributes.commands.flatMap((each) => ('icon' in each ? [[each.command, each.icon.slice(2, -1)]] : [])));
const titles = new Map(manifest.contributes.commands.map((each) => [
  each.command, Object.entries(texts).find(([key]) => `%${key}%` === each.title)?.[1].replace('…', '') ?? '',
]));

/** The names of icons that a file of the editor's side writes out. */
function codiconsIn(file: string): string[] {
  const text = read(file);
  // Names also stand in lists of icons by state.
  const lists = [...text.matchAll(/const icons\b[^=]*= \{(.*?)\};/gs)].flatMap(([, list = '']) => [...list.matchAll(/: \[?'([^']+)'/g)]);
  // One list is filled by a function of its own, whose first argument is the icon.
  const offered = text.includes('offer = (icon: string') ? [...text.matchAll(/\boffer\('([^']+)'/g)] : [];
  const made = [...text.matchAll(/ThemeIcon\(([^\n]*)|\bicon: ([^\n]*)/g)].flatMap(([, ...parts]) =>
    [...(parts.find((part) => part !== undefined)?.split(/, /)[0] ?? '').matchAll(/'([^']+)'/g)],
  );
  return [...lists, ...offered, ...made].map(([, name = '']) => name);
}

const editorFiles = sources('src').filter((file) => /^src\/(?:features|ui)\//.test(file));
const drawn = [...read('media/kit/icons.ts').matchAll(/^ {2}(\w+): \[/gm)].map(([, name = '']) => name);
const rowOf = (codicon: string | undefined): Row | undefined => rows.find(({ codicons }) => codicon !== undefined && codicons.includes(codicon));

describe('the table of icons', () => {
  it('has each icon and each drawing once', () => {
    expect(rows.length).toBeGreaterThan(40);
    const all = rows.flatMap(({ codicons, drawings }) => [...codicons.map((name) => `codicon ${name}`), ...drawings.map((name) => `drawing ${name}`)]);
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it('has the icons of all commands, lines, lists and the status bar, and no others', () => {
    const used = new Set([...commandIcons.values(), ...editorFiles.flatMap(codiconsIn)]);
    expect(used.size).toBeGreaterThan(40);
    expect([...used].sort()).toEqual(rows.flatMap(({ codicons }) => codicons).sort());
  });

  it('has the drawings of the pages, and no others', () => {
    expect([...drawn].sort()).toEqual(rows.flatMap(({ drawings }) => drawings).sort());
  });
});

describe('what means the same has the same icon', () => {
  it.each([
    ['send', ['sendToRrs', 'sendToService']], ['run-all', ['runJob']], ['debug-rerun', ['sendAgain', 'sendExchangeAgain', 'runJobAgain']],
    ['cloud-upload', ['submitBody', 'submitJobAnew']], ['play', ['startJob', 'startSample']], ['debug-stop', ['cancelRequest', 'stopSample', 'stopUpload']],
    ['trash', ['deleteJob', 'deleteFinishedJobs', 'deleteExchange', 'deleteHistory']], ['refresh', ['refresh', 'checkJob']], ['table', ['openTable', 'openResults', 'showAnswer']],
    ['go-to-file', ['openJob', 'openExchange', 'openSampleRequest', 'openSampleInput']], ['add', ['addService', 'addStorage']],
  ])('%s is that of %j', (icon, commands) => {
    expect(commands.map((name) => [name, commandIcons.get(`azuremlWebServices.${name}`)])).toEqual(commands.map((name) => [name, icon]));
  });

  it('on the page of a job as in its menu', () => {
    const actions = [...read('media/job/actions.ts').matchAll(/^ {2}(\w+): \{ label: '[^']*', icon: '(\w+)'/gm)].map(([, action = '', drawing = '']) => ({ action, drawing }));
    expect(actions.map(({ action }) => action).sort()).toEqual(Object.keys(commandOf).sort());
    const compared = actions.flatMap(({ action, drawing }) => {
      const id = Object.entries(commandOf).find(([name]) => name === action)?.[1];
      const row = rowOf(id && commandIcons.get(id));
      return row ? [{ action, drawing, row: row.meaning, fits: row.drawings.includes(drawing) }] : [];
    });
    expect(compared.length).toBeGreaterThan(7);
    expect(compared.filter(({ fits }) => !fits)).toEqual([]);
  });

  it('on a page as in the command of the same words', () => {
    const buttons = sources('media').flatMap((file) =>
      [...read(file).matchAll(/label: (?:l10n\.t\()?'([^']+)'\)?,\s*(?:title: [^\n]*?,\s*)?icon: '(\w+)'/g)].map(([, label = '', drawing = '']) => ({ file, label: label.replace('…', ''), drawing })),
    );
    expect(buttons.length).toBeGreaterThan(20);
    const compared = buttons.flatMap(({ file, label, drawing }) => {
      const id = [...titles].find(([, title]) => title === label)?.[0];
      const row = rowOf(id && commandIcons.get(id));
      return row ? [{ file, label, drawing, fits: row.drawings.includes(drawing) }] : [];
    });
    expect(compared.map(({ label }) => label)).toEqual(expect.arrayContaining(['Send Request', 'Run Batch Job']));
    expect(compared.filter(({ fits }) => !fits)).toEqual([]);
  });
});
