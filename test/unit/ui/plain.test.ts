// Names from outside in what VS Code shows: nothing in them becomes a link, which could run a command, nor an icon.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askChoice, askText, askToConfirm, askWhich } from '../../../src/ui/ask';
import { makeInputBox } from '../../../src/ui/inputBox';
import { notify, tellBriefly, tellInFull } from '../../../src/ui/notices';
import { pickBlob, type StorageParts } from '../../../src/features/storage/ui/pickStorage';
import { plain } from '../../../src/ui/plain';
import { inMessage, inStatusBar } from '../../../src/ui/progress';
import { StatusItem } from '../../../src/ui/statusItem';
import { Cancelled } from '../../../src/model/errors';

/** How VS Code finds links in titles, messages and prompts, and icons in labels and in the status bar. */
const link = /\[[^\]]{1,200}\]\((?:https?:\/\/|command:|file:)/i;
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

const shown = vi.hoisted((): { texts: string[]; box: Record<string, unknown>; choose: (items: readonly { label: string }[]) => unknown } => ({ texts: [], box: {}, choose: () => undefined }));
vi.mock('vscode', () => {
  const message = (text: string, ...rest: readonly { title?: string; detail?: string }[]): Promise<unknown> => {
    shown.texts.push(text, ...rest.flatMap(({ title, detail }) => [title, detail].filter((each) => each !== undefined)));
    return Promise.resolve(shown.choose(rest.filter(({ title }) => title !== undefined).map((item) => ({ label: item.title ?? '', ...item }))) === undefined ? undefined : rest.at(-1));
  };
  return {
    ProgressLocation: { Notification: 15, Window: 10 },
    StatusBarAlignment: { Left: 1, Right: 2 },
    InputBoxValidationSeverity: { Info: 1, Error: 3 },
    ThemeIcon: class {},
    commands: {},
    window: {
      showInformationMessage: message, showWarningMessage: message, showErrorMessage: message,
      setStatusBarMessage: (text: string) => shown.texts.push(text),
      showInputBox: async ({ title, prompt, validateInput }: { title: string; prompt: string; validateInput: (value: string) => string | undefined }) => {
        shown.texts.push(title, prompt, validateInput('bad') ?? '');
        return 'good';
      },
      showQuickPick: async (items: readonly { label: string; description?: string; detail?: string }[], { title, placeHolder }: { title: string; placeHolder: string }) => {
        shown.texts.push(title, placeHolder, ...items.flatMap(({ label, description, detail }) => [label.replace(/^\$\((?:folder|file|arrow-up)\) /, ''), description ?? '', detail ?? '']));
        return shown.choose(items);
      },
      createInputBox: () => shown.box,
      createStatusBarItem: () => shown.box,
      withProgress: async ({ title }: { title: string }, work: (progress: object, token: object) => unknown) => {
        shown.texts.push(title);
        return work({ report: (now: { message: string }) => shown.texts.push(now.message) }, { onCancellationRequested: () => ({ dispose: () => undefined }) });
      },
    },
  };
});

beforeEach(() => {
  shown.texts = [];
  shown.box = {};
  shown.choose = () => undefined;
});

const harm = '[try again](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D) $(sync~spin)';
const expectHarmless = (...texts: readonly string[]): void => {
  for (const text of texts) expect([text, link.test(text), icon.test(text)]).toEqual([text, false, false]);
};

describe('plain text', () => {
  it('the patterns of this test find what is meant', () => {
    expect([link.test(harm), icon.test(harm)]).toEqual([true, true]);
  });

  it.each([harm, '[a](https://h.example)', '[a](file:///etc/passwd "t")', 'x](command:y', '$$(bug)', '[[a]](command:b)', '](](command:x)'])('holds no link and no icon: %s', (text) => {
    expectHarmless(plain(text), plain`${text}`, plain`"${text}" is there.`);
  });

  it('reads as before', () => {
    for (const text of [harm, 'a[1](2).csv', 'US$(2024).csv', 'plain']) expect(plain(text).replaceAll('\u200b', '')).toBe(text);
    expect(plain('a[1] (2) $3 {x} <b> *c*.csv')).toBe('a[1] (2) $3 {x} <b> *c*.csv');
  });

  it('is disarmed as a whole: two values make no link together', () => {
    expectHarmless(plain`${'[try again]'}${'(command:x)'}`, plain`[${'try again'}](${'command:x'})`, plain`${'$'}${'(bug)'}`, plain`${plain('$')}${plain('(bug)')}`);
  });

  it('is not changed by being made plain once more', () => {
    expect(plain(plain(harm))).toBe(plain(harm));
  });
});

describe('what is shown', () => {
  it('in messages, progress and the status bar is plain', async () => {
    await notify('information', plain(harm), { title: plain(harm) });
    await notify('warning', plain(harm));
    await notify('error', plain(harm));
    await tellInFull(plain(harm));
    tellBriefly(plain(harm));
    await inMessage(plain(harm), async (_, report) => report({ message: plain(harm) }));
    await inStatusBar(plain(harm), async () => undefined);
    await askText({ title: plain(harm), prompt: plain(harm), check: (value) => (value === 'good' ? undefined : harm) });
    expect(shown.texts).toHaveLength(12);
    expectHarmless(...shown.texts);
  });

  it('in an item of the status bar is plain, but for its own icon', () => {
    const item = new StatusItem({ id: 'i', name: plain(harm), side: 'left', priority: 1 });
    const box = shown.box;
    Object.assign(box, { show: () => undefined });
    item.show({ icon: 'beaker', text: plain(harm), tooltip: plain(harm), command: 'c' });
    expect(String(box['text']).startsWith('$(beaker) [')).toBe(true);
    expectHarmless(String(box['text']).slice('$(beaker) '.length), String(box['tooltip']), String(box['name']));
  });

  it('below a box to type into is plain', () => {
    const { say } = makeInputBox({ title: plain(harm), prompt: plain(harm), placeHolder: plain``, button: { icon: 'clippy', tooltip: plain`t` } });
    say(plain(harm));
    expect(shown.box['validationMessage']).toEqual({ message: plain(harm), severity: 3 });
    expectHarmless(String(shown.box['prompt']));
    say();
    expect(shown.box['validationMessage']).toBeUndefined();
  });

  it('of a folder of blobs whose name is a link, while it is listed and chosen', async () => {
    const folder = `${harm}/`;
    const picks = [`${harm}/`, 'a.csv'];
    shown.choose = (items) => {
      const [next] = picks;
      const item = items.find(({ label }) => next !== undefined && label.replaceAll('\u200b', '').endsWith(next));
      if (item) picks.shift();
      return item ?? items[0];
    };
    const storage = { id: 's', name: harm, base: 'https://a.blob.core.windows.net/', container: 'c', local: false };
    const parts: unknown = {
      storages: { list: async () => [storage], find: async () => storage, access: async () => ({ kind: 'container', base: storage.base, container: 'c', sas: '?x' }) },
      blobs: { list: async (_: unknown, __: unknown, prefix: string) => (prefix === '' ? { folders: [folder], blobs: [], more: false } : { folders: [], blobs: [{ name: `${folder}a.csv`, bytes: 1, modifiedAt: 1 }], more: false }) },
    };
    expect.assert(isStorageParts(parts));
    const { blob } = await pickBlob(parts, plain`Input`);
    // What is chosen is the blob by its own name.
    expect(blob.name).toBe(`${folder}a.csv`);
    const listing = shown.texts.filter((text) => text.startsWith('Listing'));
    expect(listing.map((text) => text.replaceAll('\u200b', ''))).toEqual(['Listing c/', `Listing c/${folder}`]);
    expectHarmless(...shown.texts.map((text) => text.replace(/^\$\((?:database|beaker|add)\) /, '')));
  });
});

describe('buttons', () => {
  it('are known by the object, so that labels may be alike', async () => {
    const buttons = [{ title: plain`Delete` }, { title: plain`Delete` }];
    shown.choose = () => 'the last';
    expect(await notify('error', plain`x`, ...buttons)).toBe(buttons[1]);
    expect(await askWhich(plain`x`, plain`y`, [plain`Delete`, plain`Delete`])).toBe(1);
    await askToConfirm(plain`x`, plain`y`, plain`Delete`);
  });

  it('left alone throw Cancelled', async () => {
    await expect(askToConfirm(plain`x`, plain`y`, plain`Delete`)).rejects.toThrow(Cancelled);
    await expect(askChoice(plain`x`, plain`y`, [{ label: plain`z`, value: 1 }])).rejects.toThrow(Cancelled);
  });
});

/** What the test hands in is all that picking calls. */
function isStorageParts(parts: unknown): parts is StorageParts {
  return parts !== undefined;
}
