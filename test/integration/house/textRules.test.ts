// The rules that eslint holds about texts: what they refuse, what they let be, and which files they do not look at yet.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { untranslated } from '../../../lint/untranslated.mjs';

const root = join(import.meta.dirname, '../../..');
const eslint = new ESLint({ cwd: root });
/** The first time, eslint reads the types of the whole project. */
const limitMs = 240_000;

/** What the rules say about this text of a file: the rule and the line, counted from 1. */
async function refused(path: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return (result?.messages ?? []).filter(({ ruleId, fatal }) => fatal || ruleId?.startsWith('texts/')).map(({ ruleId, line, message }) => `${line} ${ruleId ?? message}`);
}

const head = "// A file.\nimport * as l10n from '@vscode/l10n';\n";

describe('bare texts', () => {
  it('are refused wherever they stand', async () => {
    const lines = [
      "export const label = 'Delete All';",
      'export const one = (name: string): string => `The file ${name} is gone.`;',
      "export const two = (): string => 'Undo';",
      'export const three = (count: number): string => `${count} rows`;',
      "export const four = (): string => 'no answer';",
      "export const five = { title: 'Comparing…', 'aria-label': 'the same' };",
      "export const six = (tag: (text: TemplateStringsArray) => string): string => tag`Send it again`;",
      "export const seven = (list: readonly string[]): string => list.join(' and ');",
    ];
    expect(await refused('src/features/history/historyStore.ts', `${head}${lines.join('\n')}\n`)).toEqual(
      [3, 4, 5, 6, 7, 8, 8, 9, 10].map((line) => `${line} texts/bare`));
    expect(await refused('media/compare/compare.ts', "// A file.\nexport const label = 'Delete All';\n")).toEqual(['2 texts/bare']);
  }, limitMs);

  it('are none where programs are meant, the log, or a translator', async () => {
    const text = `${head}
      export type Way = 'too large' | 'Gone';
      export const way = (on: boolean): Way | undefined => (on ? 'too large' : undefined);
      export const is = (value: Way): boolean => value === 'too large';
      export const log = (line: string): void => void line.split('a b');
      export const written = (name: string): void => log(\`The file \${name} is gone.\`);
      export const fault = (): Error => new Error('A link was left in it.');
      export const said = (name: string): string => l10n.t('The file {0} is gone.', name);
      export const look = { class: 'busy muted', id: 'first one' };
      export const item: { id?: string } = {};
      item.id = \`day \${look.id}\`;
    `;
    expect(await refused('src/features/history/historyStore.ts', text)).toEqual([]);
  }, limitMs);
});

describe('calls', () => {
  it.each([
    ['a variable', 'export const say = (text: string): string => l10n.t(text);'],
    ['a template', 'export const say = (): string => l10n.t(`Delete all`);'],
    ['a choice', "export const say = (one: boolean): string => l10n.t(one ? 'Delete one' : 'Delete all');"],
    ['a glued text', "export const say = (name: string): string => l10n.t('Delete ' + name);"],
    ['a comment that is none', "export const say = (comment: string[]): string => l10n.t({ message: 'Delete', comment });"],
    ['the top of a module', "export const label = l10n.t('Delete');"],
    ['too few values', "export const say = (name: string): string => l10n.t('Delete {0} of {1}', name);"],
    ['too many values', "export const say = (name: string): string => l10n.t('Delete', name);"],
    ['half a sentence', "export const say = (): string => l10n.t('of the ');"],
    ['another name', 'export const say = l10n.t;'],
    ['another import', "import { t } from '@vscode/l10n';\nexport const say = (): string => t('Delete');"],
  ])('with %s are refused', async (_what, text) => {
    const found = await refused('src/features/history/historyStore.ts', `${text.startsWith('import') ? '// A file.\n' : head}${text}\n`);
    expect(found.map((line) => line.replace(/^\d+ /, '')).filter((rule) => rule === 'texts/calls')).toHaveLength(1);
  }, limitMs);

  it('that the exporter finds are none of them', async () => {
    const text = `${head}
      export class Said { readonly label = l10n.t('Delete'); }
      export const say = (name: string): string => l10n.t({ message: 'Delete {0}', args: [name], comment: ['A file.'] });
    `;
    expect(await refused('src/features/history/historyStore.ts', text)).toEqual([]);
  }, limitMs);
});

describe('the files that are English still', () => {
  it('become fewer', () => {
    // Whoever translates a file takes it out of the list, and lowers this number.
    expect(untranslated.length).toBeLessThanOrEqual(186);
    expect(untranslated).toEqual([...new Set(untranslated)].sort());
  });

  it('have something to translate, or lint refuses them', async () => {
    for (const path of untranslated.slice(0, 1)) {
      expect(await refused(path, "// A file.\nexport const label = 'Delete All';\n")).toEqual([]);
      expect(await refused(path, `${head}export const label = (): string => l10n.t('Delete All');\n`)).toEqual(['1 texts/bare']);
    }
    expect(untranslated.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  }, limitMs);
});
