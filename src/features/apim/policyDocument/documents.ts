// The documents of policies that are open in this window: which version each is based on, and what becomes of a change.

import { KeyedMutex } from '../../../base/keyedMutex';
import type { Memory } from '../../../base/ports';
import type { ArmOptions } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import { Emitter, type Disposable } from '../../../model/lifetime';
import type { ApimInstance, ArmOf } from '../instance';
import { samePolicy } from '../policy/samePolicy';
import { requireMayWrite } from '../publish/mayWrite';
import type { PolicyAddress } from './address';
import { PolicyBases } from './bases';
import { emptyText, policyChanged, policyRefused } from './errors';
import { placeFaults } from './faults';
import { deletePolicy, readPolicyThere, writePolicy, type PolicyPlace, type PolicyVersion } from './policyCalls';
import { sameText } from './sameText';
import { writeAction } from '../policy/scopePaths';
import { emptyPolicy } from './scope';

/** A document: what tells it from others, and what it is of. */
export interface PolicyDocument {
  readonly key: string;
  readonly address: PolicyAddress;
}

/** What they need from outside. */
export interface PolicyDocumentsParts {
  readonly arms: ArmOf;
  /** The instance by its ARM id. Throws what a person is told where it is not known. */
  readonly instance: (id: string) => Promise<ApimInstance>;
  /** That of the workspace. */
  readonly memory: Memory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that only goes on. */
  readonly elapsed: () => number;
}

/** What was read for VS Code, which asks for it a moment later, is not asked for again. In milliseconds. */
const freshMs = 5_000;

interface Entry {
  /** ETag that the document is based on: empty where there was no policy, undefined where that is not known. */
  base: string | undefined;
  /** Raised with each version, milliseconds since 1970. */
  mtime: number;
  fresh?: { readonly version: PolicyVersion; readonly until: number } | undefined;
  /** What was handed to a reader while the document was open: whether it stands in the document, its text tells later. */
  handed?: { readonly etag: string; readonly text: string } | undefined;
  /** ETag of another version that is known to be there. */
  moved?: string | undefined;
  /** When it was compared with the service last, by the clock that only goes on. */
  lookedAt?: number;
}

/** Keeps them. Work on one document is done one after another. */
export class PolicyDocuments implements Disposable {
  private readonly turns = new KeyedMutex();
  private readonly entries = new Map<string, Entry>();
  private readonly bases: PolicyBases;
  /** What this window's account was found to be allowed to write. */
  private readonly writable = new Set<string>();
  private readonly changed = new Emitter<string>();
  private readonly lookChanged = new Emitter<string>();

  /** Raised with the key of a document without changes of its own, when another version is to be shown in it. */
  readonly onDidChange = this.changed.event;
  /** Raised with the key of a document of which `isNew` or `hasMoved` may give something else. */
  readonly onDidChangeLook = this.lookChanged.event;

  constructor(private readonly parts: PolicyDocumentsParts) {
    this.bases = new PolicyBases(parts.memory);
  }

  /** When the version that a document is based on was first seen, in milliseconds since 1970. Asks nobody. */
  mtime(key: string): number {
    return this.entry(key).mtime;
  }

  /** True where there was no policy when the document was read. */
  isNew(key: string): boolean {
    return this.entry(key).base === '';
  }

  /** True where another version is known to be at the service. */
  hasMoved(key: string): boolean {
    return this.entry(key).moved !== undefined;
  }

  /** How long ago the document was compared with the service, in milliseconds. */
  lookedAgoMs(key: string): number {
    const { lookedAt } = this.entry(key);
    return lookedAt === undefined ? Infinity : this.parts.elapsed() - lookedAt;
  }

  /** Reads a policy ahead of VS Code, so that what goes wrong is told before a document is opened. Throws ArmFailed, and Cancelled. */
  async readAhead(document: PolicyDocument, options: ArmOptions): Promise<void> {
    await this.inTurn(document, async (entry) => this.keepFresh(entry, await this.readThere(document, options)));
  }

  /**
   * The text of a policy. The document is based on it from now on, but for one that is open and says something else (`openText`): others
   * read files, too, as a comparison with what is saved does, and VS Code drops what it read where the person has begun to type. Such a
   * document is based on it when it is `taken`. Throws ArmFailed, and Cancelled.
   */
  async read(document: PolicyDocument, options: ArmOptions, openText: () => string | undefined = () => undefined): Promise<string> {
    return this.inTurn(document, async (entry) => {
      const { fresh } = entry;
      entry.fresh = undefined;
      const known = fresh !== undefined && this.parts.elapsed() <= fresh.until ? fresh.version : undefined;
      const version = known ?? (await this.readThere(document, options));
      const text = version.etag === '' ? emptyPolicy(document.address.scope) : version.text;
      const open = openText();
      if (open === undefined || version.etag === entry.base || sameText(open, text)) await this.base(document, entry, version.etag);
      else entry.handed = { etag: version.etag, text };
      return text;
    });
  }

  /** An open document says this now, and has no changes of its own: where it is what was handed out, the document is based on that. */
  async taken(document: PolicyDocument, text: string): Promise<void> {
    const { handed } = this.entry(document.key);
    if (handed === undefined || !sameText(handed.text, text)) return;
    await this.inTurn(document, async (entry) => {
      if (entry.handed === handed) await this.base(document, entry, handed.etag);
    });
  }

  /** What is at the service now, for a look beside the document: based on it is nothing yet. Throws ArmFailed, and Cancelled. */
  async look(document: PolicyDocument, options: ArmOptions): Promise<PolicyVersion> {
    return this.inTurn(document, () => this.readThere(document, options));
  }

  /**
   * Has a document saved over a version that the person has seen beside their own text; `save` tells whether it was. Where it was not, the
   * document is based on what it was based on before: a save later on asks again.
   */
  async saveOver(document: PolicyDocument, etag: string, save: () => Promise<boolean>): Promise<boolean> {
    const before = await this.inTurn(document, async (entry) => {
      const { base } = entry;
      await this.base(document, entry, etag);
      return base;
    });
    let isSaved = false;
    try {
      isSaved = await save();
      return isSaved;
    } finally {
      if (!isSaved) await this.inTurn(document, (entry) => this.putBack(document, entry, etag, before));
    }
  }

  /**
   * Saves the text over the version that the document is based on. Throws PolicyChanged where another one is there, PolicyRefused for a
   * text that the service does not take, InvalidInput for an empty one, ArmFailed, and Cancelled. `replaced`: there was no policy, and the
   * first one went over another that was made elsewhere at that moment.
   */
  async write(document: PolicyDocument, text: string, options: ArmOptions): Promise<'saved' | 'replaced'> {
    if (text.replace(/^\uFEFF/, '').trim() === '') throw emptyText();
    return this.inTurn(document, async (entry) => {
      const place = await this.place(document, options);
      await this.requireMayWrite(place, document);
      const { base } = entry;
      // No header says "only where there is none": it is looked for.
      if (base === undefined || base === '') {
        const there = await readPolicyThere(place);
        if (base === undefined || there.etag !== '') return this.settle(document, entry, text, there);
      }
      try {
        const { version, replaced } = await writePolicy(place, text, base);
        await this.saved(document, entry, text, version);
        return replaced ? 'replaced' : 'saved';
      } catch (error) {
        if (!(error instanceof ArmFailed)) throw error;
        if (error.reason === 'changed') return this.settle(document, entry, text, await readPolicyThere(place));
        if (error.reason !== 'invalid' || error.said.length === 0) throw error;
        throw policyRefused(document.address.title, document.address.instanceTitle, placeFaults(error.said, text));
      }
    });
  }

  /**
   * Compares a document with what is at the service: one without changes of its own gets what is there, of another it is noted. True where
   * something else is there. Throws ArmFailed, and Cancelled.
   */
  async check(document: PolicyDocument, isDirty: () => boolean, options: ArmOptions): Promise<boolean> {
    return this.inTurn(document, async (entry) => {
      const there = await this.readThere(document, options);
      const isOther = there.etag !== entry.base;
      if (!isOther) this.note(document, entry, undefined);
      else if (isDirty()) this.note(document, entry, there.etag);
      else this.show(document, entry, there);
      return isOther;
    });
  }

  /** Deletes the version of a policy that is named. Throws ArmFailed, also where another one is there (`changed`), and Cancelled. */
  async remove(document: PolicyDocument, etag: string, options: ArmOptions): Promise<void> {
    await this.inTurn(document, async () => {
      const place = await this.place(document, options);
      await this.requireMayWrite(place, document);
      await deletePolicy(place, etag);
    });
  }

  dispose(): void {
    this.changed.dispose();
    this.lookChanged.dispose();
  }

  /** Another version is there. Where it says what was to be saved, as after an answer that was lost, there is nothing left to do. */
  private async settle(document: PolicyDocument, entry: Entry, text: string, there: PolicyVersion): Promise<'saved'> {
    if (there.etag !== '' && samePolicy(there.text, text)) {
      await this.saved(document, entry, text, there);
      return 'saved';
    }
    this.note(document, entry, there.etag);
    throw policyChanged(document.address.title, document.address.instanceTitle, there.etag === '');
  }

  /** The person's text stays as it is while the service only writes it in its own way; what says something else is shown. */
  private async saved(document: PolicyDocument, entry: Entry, text: string, version: PolicyVersion): Promise<void> {
    entry.mtime = this.later(entry);
    entry.lookedAt = this.parts.elapsed();
    await this.base(document, entry, version.etag);
    if (!samePolicy(version.text, text)) this.show(document, entry, version);
  }

  private show(document: PolicyDocument, entry: Entry, version: PolicyVersion): void {
    this.keepFresh(entry, version);
    entry.mtime = this.later(entry);
    this.note(document, entry, undefined);
    this.changed.fire(document.key);
  }

  private note({ key }: PolicyDocument, entry: Entry, moved: string | undefined): void {
    if (entry.moved === moved) return;
    entry.moved = moved;
    this.lookChanged.fire(key);
  }

  private async putBack(document: PolicyDocument, entry: Entry, etag: string, before: string | undefined): Promise<void> {
    // Where it was read anew meanwhile, or saved after all, that holds.
    if (entry.base !== etag || before === etag) return;
    const { moved } = entry;
    await this.base(document, entry, before);
    this.note(document, entry, moved ?? etag);
  }

  private async base({ key }: PolicyDocument, entry: Entry, etag: string | undefined): Promise<void> {
    const before = entry.base;
    entry.base = etag;
    entry.moved = undefined;
    // What was read before is not what is there now.
    entry.fresh = undefined;
    entry.handed = undefined;
    if (before !== etag) await this.bases.set(key, etag);
    this.lookChanged.fire(key);
  }

  private keepFresh(entry: Entry, version: PolicyVersion): void {
    entry.fresh = { version, until: this.parts.elapsed() + freshMs };
  }

  private async readThere(document: PolicyDocument, options: ArmOptions): Promise<PolicyVersion> {
    const version = await readPolicyThere(await this.place(document, options));
    this.entry(document.key).lookedAt = this.parts.elapsed();
    return version;
  }

  private async place({ address: { instanceId, path } }: PolicyDocument, options: ArmOptions): Promise<PolicyPlace> {
    const instance = await this.parts.instance(instanceId);
    return { arm: await this.parts.arms(instance), instance, path, options };
  }

  private async requireMayWrite({ arm, instance, options }: PolicyPlace, { address: { scope } }: PolicyDocument): Promise<void> {
    const action = writeAction(scope);
    const name = `${instance.endpointUrl}${instance.id.toLowerCase()} ${action}`;
    if (this.writable.has(name)) return;
    await requireMayWrite(arm, instance, options.signal, action);
    this.writable.add(name);
  }

  private inTurn<T>({ key }: PolicyDocument, work: (entry: Entry) => Promise<T>): Promise<T> {
    return this.turns.inTurn(key, () => work(this.entry(key)));
  }

  private entry(key: string): Entry {
    const known = this.entries.get(key);
    if (known) return known;
    const made: Entry = { base: this.bases.get(key), mtime: this.parts.now() };
    this.entries.set(key, made);
    return made;
  }

  /** Later than before, whatever the computer's clock says. */
  private later({ mtime }: Entry): number {
    return Math.max(this.parts.now(), mtime + 1);
  }
}
