// A publishing with its instance, files and secrets, on a computer that can be switched off at any moment.

import { Emitter } from '../../../../../src/model/lifetime';
import type { SecretBox } from '../../../../../src/base/ports';
import { Cancelled } from '../../../../../src/model/errors';
import type { ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import { PublishJournal } from '../../../../../src/features/apim/publish/journal';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { makePlan } from '../../../../../src/features/apim/publish/plan';
import { newPublishing, type Publishing } from '../../../../../src/features/apim/publish/publishing';
import { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { instance, serviceKey, someDefinition, usualArm } from '../definitions';
import type { FakeArm } from '../fakeArm';

export const publishKey = '0mx1eapqv-ucqqn66hm4pz';

/** The window was killed here. */
export class Killed extends Error {}

export const still = (): AbortSignal => new AbortController().signal;

/** What outlives a window. */
export class Computer {
  readonly texts = new Map<string, string>();
  readonly secrets = new Map<string, string>();
  /** Everything that was ever written to a file. */
  readonly written: string[] = [];
  /** The number of the moment at which the window is killed, counted from 1; moments are before and after each write of any kind. */
  dieAt = 0;
  moments = 0;
  private dead = false;

  constructor(readonly arm: FakeArm = usualArm()) {
    arm.around = () => this.moment();
  }

  /** A new window. */
  revive(): void {
    this.dead = false;
    this.dieAt = 0;
  }

  journal(): PublishJournal {
    const act = async <T>(work: () => T): Promise<T> => {
      await Promise.resolve();
      this.moment();
      const result = work();
      this.moment();
      return result;
    };
    const look = async <T>(work: () => T): Promise<T> => {
      await Promise.resolve();
      if (this.dead) throw new Killed();
      return work();
    };
    const files = {
      list: () => look(() => [...this.texts.keys()]),
      read: (path: string) => look(() => this.texts.get(path)),
      write: (path: string, text: string) => act(() => {
        this.written.push(text);
        this.texts.set(path, text);
      }),
      remove: (path: string) => act(() => void this.texts.delete(path)),
    };
    const box: SecretBox = {
      get: (name) => look(() => this.secrets.get(name)),
      store: (name, value) => act(() => void this.secrets.set(name, value)),
      delete: (name) => act(() => void this.secrets.delete(name)),
      onDidChange: new Emitter<{ readonly key: string }>().event,
    };
    return new PublishJournal(files, box);
  }

  /** A publishing that was planned and written down, and nothing more. */
  async planned(definition: ApiDefinition = someDefinition()): Promise<PublishSteps> {
    const plan = await makePlan(this.arm, instance, definition, still());
    const publishing = newPublishing(publishKey, 1, instance, definition, plan);
    const journal = this.journal();
    return this.steps(await journal.write(publishing), journal);
  }

  /** The publishing as a new window finds it. */
  async found(): Promise<PublishSteps> {
    const journal = this.journal();
    const entry = await journal.read(publishKey);
    if (entry.kind !== 'publishing') throw new Error(`There is none: ${entry.kind}`);
    return this.steps(entry.publishing, journal);
  }

  steps(publishing: Publishing, journal: PublishJournal, askServiceKey = (): Promise<string> => Promise.resolve(serviceKey)): PublishSteps {
    return new PublishSteps({ arm: this.arm, journal, askServiceKey }, publishing);
  }

  private moment(): void {
    if (this.dead) throw new Killed();
    this.moments += 1;
    if (this.moments !== this.dieAt) return;
    this.dead = true;
    throw new Killed();
  }
}

export const cancelledNow = (): Promise<string> => Promise.reject(new Cancelled());

/** Paths of the writes, with their verbs. */
export const writes = ({ arm }: Computer): readonly string[] => arm.calls.filter((call) => /^(?:PUT|DELETE)/.test(call));
export const states = ({ publishing }: PublishSteps): readonly string[] => publishing.steps.map(({ state }) => state);

/** A publishing whose steps are taken. */
export async function applied(product: 'existing' | 'new' = 'existing'): Promise<{ readonly computer: Computer; readonly steps: PublishSteps }> {
  const computer = new Computer();
  const steps = await computer.planned(someDefinition(product));
  await apply(steps, still());
  return { computer, steps };
}
