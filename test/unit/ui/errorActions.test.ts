// Buttons under errors: features register them, messages and pages offer those that there are.

import { expect, it } from 'vitest';
import { plain } from '../../../src/ui/plain';
import { ErrorActions } from '../../../src/ui/errorActions';

it('a button that a feature has registered is offered in messages and on pages, and does its work', async () => {
  const actions = new ErrorActions();
  const seen: unknown[] = [];
  actions.register('openDoor', { label: plain`Open the Door`, run: (context) => void seen.push(context) });
  expect(actions.offered(['openDoor'], {})).toEqual([{ id: 'openDoor', title: 'Open the Door' }]);
  expect(actions.pageLabels()).toEqual({ openDoor: 'Open the Door' });
  await actions.run('openDoor', { job: 'j' });
  expect(seen).toEqual([{ job: 'j' }]);
});

it('what nobody has registered is no button, whatever saved state or a page says', async () => {
  const actions = new ErrorActions();
  actions.register('openDoor', { label: plain`Open`, run: () => undefined });
  expect(['openDoor', 'formatDisk', 'toString', 7, undefined].filter((id) => actions.has(id))).toEqual(['openDoor']);
  expect(actions.offered(['formatDisk', 'toString', 'openDoor'], {}).map(({ id }) => id)).toEqual(['openDoor']);
  await expect(actions.run('toString', {})).resolves.toBeUndefined();
});

it('messages have them in the order of the error, without those that would do nothing for it', () => {
  const actions = new ErrorActions();
  actions.register('retry', { label: plain`Try Again`, run: () => undefined, applies: ({ retry }) => retry !== undefined });
  actions.register('log', { label: plain`Log`, run: () => undefined });
  expect(actions.offered(['retry', 'log'], {}).map(({ id }) => id)).toEqual(['log']);
  expect(actions.offered(['retry', 'log'], { retry: () => Promise.resolve() }).map(({ id }) => id)).toEqual(['retry', 'log']);
});

it('what leads to a page is no button of pages', () => {
  const actions = new ErrorActions();
  actions.register('show', { label: plain`Show`, run: () => undefined, messagesOnly: true });
  expect(actions.pageLabels()).toEqual({});
  expect(actions.has('show')).toBe(true);
});

it('an id has one button until that is taken away', () => {
  const actions = new ErrorActions();
  const first = actions.register('a', { label: plain`A`, run: () => undefined });
  expect(() => actions.register('a', { label: plain`B`, run: () => undefined })).toThrow('"a" is registered twice');
  first.dispose();
  expect(actions.has('a')).toBe(false);
  actions.register('a', { label: plain`B`, run: () => undefined });
  first.dispose();
  expect(actions.pageLabels()).toEqual({ a: 'B' });
});

it('an error of the work reaches whoever pressed the button', async () => {
  const actions = new ErrorActions();
  actions.register('a', { label: plain`A`, run: () => Promise.reject(new Error('No.')) });
  await expect(actions.run('a', {})).rejects.toThrow('No.');
});
