// What is known of services: from calls that ended, and never from a call that a change has overtaken.

import { beforeEach, expect, it } from 'vitest';
import type { HealthState } from '../../../../src/model/health';
import { Health } from '../../../../src/features/services/health';

const answering: HealthState = { kind: 'answering', text: 'Yes.' };
const refusing: HealthState = { kind: 'refusing', secret: 'serviceKey', text: 'No.' };
let health: Health;
let changes: string[];
beforeEach(() => {
  health = new Health();
  changes = [];
  health.onDidChange((address) => changes.push(address));
});

it('is unknown before the first call, and tells of each change whose it is', () => {
  expect(health.of('a')).toEqual({ kind: 'unknown' });
  health.begin('a')(answering);
  expect(health.of('a')).toEqual(answering);
  expect(health.of('b')).toEqual({ kind: 'unknown' });
  health.clear('a');
  expect(health.of('a')).toEqual({ kind: 'unknown' });
  health.begin('b');
  expect(changes).toEqual(['a', 'a', 'a', 'b']);
});

it('is running as long as any call is', () => {
  const first = health.begin('a');
  const second = health.begin('a');
  first(answering);
  expect(health.of('a').kind).toBe('running');
  second(undefined);
  expect(health.of('a')).toEqual(answering);
});

it('takes nothing from a call that began before what it knew was cleared', () => {
  const before = health.begin('a');
  health.clear('a');
  expect(health.of('a').kind).toBe('running');
  const after = health.begin('a');
  after(answering);
  before(refusing);
  expect(health.of('a')).toEqual(answering);
});
