// Publishings on disk, a file each, written before each write at the instance; what may hold secrets of others lies in the secret store.

import * as l10n from '@vscode/l10n';
import type { JobFiles, SecretBox } from '../../../base/ports';
import { member, tryParse } from '../../../base/shape';
import { diskMessages, type UnreadableFile } from '../../../base/troubles';
import { LocalFailure } from '../../../model/errors';
import type { PublishStep, Publishing } from './publishing';
import { hidesBodies, isItemBody, publishingText, readPublishingText } from './publishingShape';

const keyForm = /^[0-9a-z]{9}-[0-9a-z]{12}$/;

/** What came of reading one file. */
export type PublishEntry =
  | { readonly kind: 'publishing'; readonly publishing: Publishing }
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'unreadable' } & UnreadableFile);

/** Name in the secret store of what a step changes, where that may hold secrets of others: what was there, and what is to be there. */
export function bodiesSecretName(key: string, step: number): string {
  return `azuremlWebServices.publishing.${key}.${step}.bodies`;
}

/** Name in the secret store of the state of a long operation: it holds signed addresses. */
export function pollerSecretName(key: string, step: number): string {
  return `azuremlWebServices.publishing.${key}.${step}.poller`;
}

/** The files of all publishings, and their secrets. */
export class PublishJournal {
  /** What lies in the secret store, by name, as far as this window has put it there: most writes change none of it. */
  private readonly kept = new Map<string, string>();

  /** @param files below a folder of its own. */
  constructor(private readonly files: Pick<JobFiles, 'list' | 'read' | 'write' | 'remove'>, private readonly secrets: SecretBox) {}

  /**
   * Writes a publishing, and gives it as it is written. What may be secret is put into the secret store first, so that nothing is noted
   * that is not kept. Throws LocalFailure where another window has written it since this one has read or written it, and what the disk
   * and the secret store throw.
   */
  async write(before: Publishing): Promise<Publishing> {
    const writes = before.writes ?? 0;
    const there = await this.files.read(pathOf(before.key));
    const others = there === undefined ? undefined : readPublishingText(there)?.writes;
    if (others !== undefined && others !== writes) {
      throw new LocalFailure({
        sentence: l10n.t('Another window has gone on with this publishing, so nothing was done here.'),
        advice: l10n.t('Go on there, or close this page and open the publishing anew: then it is shown as it is.'),
      });
    }
    const publishing = { ...before, writes: writes + 1 };
    for (const [index, step] of publishing.steps.entries()) await this.keepBodies(publishing.key, index, step);
    await this.files.write(pathOf(publishing.key), publishingText(publishing));
    return publishing;
  }

  /** Keys, newest first. */
  async keys(): Promise<readonly string[]> {
    const names = await this.files.list('');
    return names.flatMap((name) => keyOf(name) ?? []).sort().reverse();
  }

  /** Reads one, with what is hidden of it as far as the secret store has it. */
  async read(key: string): Promise<PublishEntry> {
    if (!keyForm.test(key)) return { kind: 'gone' };
    let text: string | undefined;
    try {
      text = await this.files.read(pathOf(key));
    } catch (error) {
      return { kind: 'unreadable', name: pathOf(key), ...diskMessages(error) };
    }
    if (text === undefined) return { kind: 'gone' };
    const read = readPublishingText(text);
    const reason = l10n.t('It holds no publishing, or one of a newer version of the extension.');
    if (!read || read.key !== key) return { kind: 'unreadable', name: pathOf(key), reason };
    const steps: PublishStep[] = [];
    for (const [index, step] of read.steps.entries()) steps.push(await this.withBodies(key, index, step));
    return { kind: 'publishing', publishing: { ...read, steps } };
  }

  /** Forgets one, and its secrets. */
  async remove(publishing: Pick<Publishing, 'key' | 'steps'>): Promise<void> {
    for (const [index] of publishing.steps.entries()) {
      await this.forget(bodiesSecretName(publishing.key, index));
      await this.forget(pollerSecretName(publishing.key, index));
    }
    await this.files.remove(pathOf(publishing.key));
  }

  /** The state of a long operation that a step has begun. */
  async poller(key: string, step: number): Promise<string | undefined> {
    return this.secrets.get(pollerSecretName(key, step));
  }

  /** Keeps it, or forgets it when it is over. */
  async setPoller(key: string, step: number, state: string | undefined): Promise<void> {
    const name = pollerSecretName(key, step);
    await (state === undefined ? this.secrets.delete(name) : this.secrets.store(name, state));
  }

  private async keepBodies(key: string, index: number, step: PublishStep): Promise<void> {
    const { before, after } = step;
    // A step that was read without them has nothing to keep, and must not write over what may come back.
    if (!hidesBodies(step) || (before === undefined && after === undefined)) return;
    const name = bodiesSecretName(key, index);
    const text = JSON.stringify({ before, after });
    if (this.kept.get(name) === text) return;
    await this.secrets.store(name, text);
    this.kept.set(name, text);
  }

  private async withBodies(key: string, index: number, step: PublishStep): Promise<PublishStep> {
    if (step.before !== undefined || step.after !== undefined) return step;
    const name = bodiesSecretName(key, index);
    const text = await this.secrets.get(name);
    const held = text === undefined ? undefined : tryParse(text);
    if (text === undefined) return step;
    this.kept.set(name, text);
    const [before, after] = [member(held, 'before'), member(held, 'after')];
    return { ...step, ...(isItemBody(before) ? { before } : {}), ...(isItemBody(after) ? { after } : {}) };
  }

  private async forget(name: string): Promise<void> {
    this.kept.delete(name);
    await this.secrets.delete(name);
  }
}

function pathOf(key: string): string {
  if (!keyForm.test(key)) throw new Error('The publishing has a key that is no file name.');
  return `${key}.json`;
}

function keyOf(name: string): string | undefined {
  const key = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
  return keyForm.test(key) ? key : undefined;
}
