// The panel of choices: each change is checked, what was chosen is carried out once, and a reload is gone on from.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChoicesDraft, ToChoicesPage } from '../../../../../src/features/apim/choices/messages';
import { draftOf } from '../../../../../src/features/apim/choices/draft';
import { ChoicesPanel, type ChoicesPanelParts, type ChoicesQuestion } from '../../../../../src/features/apim/ui/choicesPanel';
import { Cancelled } from '../../../../../src/model/errors';
import { publishedAs } from '../../../../../src/protocols/studio/publishing';
import { someActions } from '../../../ui/someActions';
import { choicesWith, classic, serviceAt } from '../samples';

const pages = vi.hoisted(() => ({ make: (): unknown => undefined }));
vi.mock('vscode', () => ({
  l10n: {}, ViewColumn: { Beside: -2 }, Uri: { joinPath: () => ({ toString: () => 'uri' }) },
  window: { createWebviewPanel: () => pages.make(), tabGroups: { all: [], activeTabGroup: { tabs: [] } } },
}));

function isParts(value: unknown): value is ChoicesPanelParts {
  return typeof value === 'object' && value !== null;
}

function isPage(value: unknown): value is Parameters<ChoicesPanel['adopt']>[0] {
  return typeof value === 'object' && value !== null;
}

const never = (): { dispose(): void } => ({ dispose: () => undefined });
let told: ToChoicesPage[];
let shown: unknown[];
let hear: (message: unknown) => void;
let isOpen: boolean;

/** A panel as VS Code gives it. */
function page(): unknown {
  isOpen = true;
  let gone = (): void => undefined;
  return {
    title: '', visible: true, reveal: () => undefined, onDidChangeViewState: never,
    onDidDispose: (listener: () => void) => {
      gone = listener;
      return never();
    },
    dispose: () => {
      isOpen = false;
      gone();
    },
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToChoicesPage) => Promise.resolve(told.push(message)),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
}

function panel(): ChoicesPanel {
  const parts: unknown = {
    extensionUri: {},
    reporter: { actions: someActions(), run: async (work: () => Promise<void>) => work().catch((error: unknown) => void shown.push(error)) },
  };
  expect.assert(isParts(parts));
  return new ChoicesPanel(parts);
}

function question(changed: Partial<ChoicesQuestion> = {}): ChoicesQuestion {
  return {
    purpose: 'define', service: classic, published: publishedAs(classic, undefined), products: [], defaults: choicesWith(), onChosen: () => Promise.resolve(), ...changed,
  };
}

const draft = draftOf(choicesWith());
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const say = async (type: 'change' | 'submit', turn: number, changed: Partial<ChoicesDraft> = {}): Promise<void> => {
  hear({ type, turn, seen: turn - 1, draft: { ...draft, ...changed } });
  await settled();
};
const last = <T extends ToChoicesPage['type']>(type: T): ToChoicesPage | undefined => told.findLast((message) => message.type === type);

beforeEach(() => {
  told = [];
  shown = [];
  pages.make = page;
});

describe('a question', () => {
  it('is shown with what is offered first, and each change is checked', async () => {
    panel().ask(question({ instance: { id: '/i', name: 'contoso', gateway: 'https://g.example' }, purpose: 'publish' }));
    hear({ type: 'ready' });
    await settled();
    expect(last('choices')).toMatchObject({
      place: { purpose: 'publish', address: classic.address, instance: '/i' }, instanceName: 'contoso', draft, check: { problems: {} },
    });
    await say('change', 1, { path: 'x?', shortPaths: true });
    expect(last('checked')).toMatchObject({ turn: 1, wanted: false, check: { problems: { path: expect.stringContaining('slash') } } });
    await say('change', 2, { path: 'x', shortPaths: true });
    expect(last('checked')).toMatchObject({ turn: 2, check: { problems: {}, addresses: [{ url: 'https://g.example/x/score' }, {}, {}, {}, {}] } });
  });

  it('is not gone on with while something is wrong', async () => {
    const onChosen = vi.fn(() => Promise.resolve());
    panel().ask(question({ onChosen }));
    await say('submit', 1, { seconds: '301' });
    expect(last('checked')).toMatchObject({ wanted: true });
    expect(onChosen).not.toHaveBeenCalled();
    expect(isOpen).toBe(true);
  });

  it('is gone on with once, and the panel is closed then', async () => {
    let end = (): void => undefined;
    const onChosen = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
    panel().ask(question({ onChosen }));
    await say('submit', 1, { path: 'x' });
    await say('submit', 2, { path: 'y' });
    expect(onChosen.mock.calls).toEqual([[choicesWith({ path: 'x' })]]);
    expect(last('busy')).toEqual({ type: 'busy', busy: true });
    end();
    await settled();
    expect(isOpen).toBe(false);
  });

  it('stays with what was typed where it is cancelled or fails', async () => {
    const errors = [new Cancelled(), new Error('The disk is full.')];
    panel().ask(question({ onChosen: () => Promise.reject(errors[shown.length]) }));
    await say('submit', 1);
    await say('submit', 2);
    expect(shown).toEqual(errors);
    expect(isOpen).toBe(true);
    expect(last('busy')).toEqual({ type: 'busy', busy: false });
  });

  it('has fields that follow others, in the answer and in what comes of it', async () => {
    const onChosen = vi.fn(() => Promise.resolve());
    panel().ask(question({ onChosen }));
    await say('change', 1, { displayName: 'Forest' });
    expect(last('checked')).toMatchObject({ turn: 1, draft: { apiId: 'forest', path: 'forest', callersName: 'Callers of Forest' }, check: { problems: {} } });
    // A page that had no time to draw the answer.
    hear({ type: 'submit', turn: 2, seen: 0, draft: { ...draft, displayName: 'Forest' } });
    await settled();
    expect(onChosen).toHaveBeenCalledWith(expect.objectContaining({ apiId: 'forest', subscription: { id: 'forest-callers', displayName: 'Callers of Forest' } }));
  });

  it('that is asked once more finds what was typed, and another one does not', async () => {
    const choices = panel();
    choices.ask(question());
    await say('change', 1, { path: 'typed' });
    choices.ask(question({ service: serviceAt('https://other.example/workspaces/w/services/s') }));
    expect(last('choices')).toMatchObject({ draft: { path: 'tree-heights' } });
    choices.ask(question());
    expect(last('choices')).toMatchObject({ draft: { path: 'typed' } });
  });

  it('finds what was typed for the same service for another purpose, but no product that is not there', async () => {
    const choices = panel();
    choices.ask(question({ products: [{ id: 'starter', displayName: 'Starter' }] }));
    await say('change', 1, { path: 'typed', product: 'existing:starter' });
    choices.ask(question({ purpose: 'publish', instance: { id: '/i', name: 'contoso' }, products: [{ id: 'starter', displayName: 'Starter' }] }));
    expect(last('choices')).toMatchObject({ draft: { path: 'typed', product: 'existing:starter' } });
    choices.ask(question({ purpose: 'publish', instance: { id: '/j', name: 'other' } }));
    expect(last('choices')).toMatchObject({ draft: { path: 'typed', product: 'new' } });
  });

  it('that is led back to has what was chosen, whatever was typed', async () => {
    const choices = panel();
    choices.ask(question());
    await say('change', 1, { path: 'typed' });
    choices.ask(question({ purpose: 'publish' }), { ...draft, path: 'chosen' });
    expect(last('choices')).toMatchObject({ draft: { path: 'chosen' } });
  });

  it('is told that it was left when the panel is closed or asks something else, and not when it was carried out', async () => {
    const choices = panel();
    const left: string[] = [];
    choices.ask(question({ onLeft: () => left.push('one') }));
    choices.ask(question({ onLeft: () => left.push('two') }));
    expect(left).toEqual(['one']);
    choices.dispose();
    expect(left).toEqual(['one', 'two']);
    choices.ask(question({ onLeft: () => left.push('three') }));
    await say('submit', 1);
    expect(isOpen).toBe(false);
    expect(left).toEqual(['one', 'two']);
  });

  it('takes no message that its page cannot have sent', async () => {
    panel().ask(question());
    const before = told.length;
    hear({ type: 'submit', turn: 1, seen: 0, draft: {} });
    await settled();
    expect(told).toHaveLength(before);
  });
});

describe('after a reload', () => {
  const place = { purpose: 'define', address: classic.address };

  it('what was typed is there again', async () => {
    const choices = panel();
    const onChosen = vi.fn(() => Promise.resolve());
    choices.register('define', ({ address }) => Promise.resolve(address === classic.address ? question({ onChosen }) : undefined));
    const restored = page();
    expect.assert(isPage(restored));
    choices.adopt(restored, { place, draft: { ...draft, path: 'typed' } });
    hear({ type: 'ready' });
    await settled();
    expect(last('choices')).toMatchObject({ draft: { path: 'typed' } });
    await say('submit', 1, { path: 'typed' });
    expect(onChosen).toHaveBeenCalledOnce();
  });

  it.each([['a service that is gone', { place: { ...place, address: 'x' }, draft }], ['a purpose that nobody serves', { place: { ...place, purpose: 'publish' }, draft }], ['nothing that was saved', undefined]])('%s leaves an empty page', async (_what, state) => {
    const choices = panel();
    choices.register('define', () => Promise.resolve(undefined));
    const restored = page();
    expect.assert(isPage(restored));
    choices.adopt(restored, state);
    hear({ type: 'ready' });
    await settled();
    expect(told).toEqual([{ type: 'gone' }]);
  });

  it('what fails is shown, and the page is empty', async () => {
    const choices = panel();
    choices.register('define', () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error('No network.')))));
    const restored = page();
    expect.assert(isPage(restored));
    choices.adopt(restored, { place, draft });
    hear({ type: 'ready' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown).toEqual([new Error('No network.')]);
    expect(told).toEqual([{ type: 'gone' }]);
  });
});
