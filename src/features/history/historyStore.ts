// Exchanges that were kept, a small file for each and its bodies beside it: added, listed, pinned, removed, and held to a size.

import * as l10n from '@vscode/l10n';
import { HumanError, LocalFailure, messageOf } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import type { HistoryEntry } from '../../model/history';
import { Emitter, type Disposable } from '../../model/lifetime';
import { maskTokens, redactor } from '../../redaction';
import { entryOf, exchangeOf, type EntryBodies } from './historyExchange';
import { HistoryFolder, idOf, isId, pinEnding, type HistoryFiles } from './historyFolder';
import { removeEntries, throwStuck, type Stuck } from './historyRemoval';
import { safeExchange } from './historySafe';
import { entryText, readEntryText } from './historyShape';
import { newJobKey } from '../../base/fileKeys';
import { diskMessages, type UnreadableFile } from '../../base/troubles';

/** The outside that the history needs. */
export interface HistoryParts {
  readonly files: HistoryFiles;
  /** The most room that the history takes, in bytes; 0 keeps nothing. Asked anew each time. */
  readonly limitBytes: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
  /** One line for the log. */
  readonly log: (line: string) => void;
}

/** Where an exchange came from, beyond what it says itself. */
export interface Origin {
  /** The file's URI, where it was one. */
  readonly file?: string | undefined;
  readonly sample: boolean;
  /** Keys of the service, to be looked for once more. */
  readonly secrets: readonly (string | undefined)[];
}

/** An entry that was removed, with all that is needed to put it back. */
export interface TakenEntry extends EntryBodies {
  readonly entry: HistoryEntry;
}

/** A body may have so many bytes whatever its entry tells of it. */
const harmlessBytes = 64 * 1024 * 1024;

/** The most entries there are, whatever their size. */
export const mostEntries = 2000;

/** The history of one folder. What changes it throws LocalFailure when the disk does not let it. */
export class History {
  private readonly changed = new Emitter<void>();
  private readonly folder: HistoryFolder;
  /** Writes one after another. */
  private lastEdit: Promise<void> = Promise.resolve();

  /** Raised when `list` may give something else, as far as this window knows. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: HistoryParts) {
    this.folder = new HistoryFolder(parts);
  }

  /** Begins to tell of what other windows do; stop with the returned disposable. Makes the folder. */
  watch(): Disposable {
    return this.parts.files.watch(() => {
      this.folder.lookAnew();
      this.changed.fire();
    });
  }

  /** An id for an exchange that is to be kept, in the order of time. */
  newId(startedAt: number): string {
    return newJobKey(startedAt, this.parts.random);
  }

  /** Keeps an exchange, masked once more, and makes room for it. False when nothing is to be kept. */
  add(id: string, exchange: Exchange, origin: Origin): Promise<boolean> {
    return this.edit(async () => {
      const limit = this.parts.limitBytes();
      if (limit > 0) await this.write(id, exchange, origin, limit);
      // What was kept is kept, also where something older cannot be removed.
      for (const { name, error } of await this.makeRoom(limit, id)) this.folder.report(name, diskMessages(error).reason, 'removed');
      return limit > 0;
    });
  }

  /** Removes what is beyond the limit, as after the limit was changed. */
  trim(): Promise<void> {
    return this.edit(async () => throwStuck(await this.makeRoom(this.parts.limitBytes())));
  }

  /** Files that were no entry when the list was made. */
  problems(): readonly UnreadableFile[] {
    return this.folder.problems();
  }

  /**
   * All entries, newest first, after what is being written is. Read in slices; what has not changed since the last time is not read again.
   */
  async list(): Promise<readonly HistoryEntry[]> {
    await this.lastEdit;
    return this.folder.list();
  }

  /** How many entries there are that no list shows: damaged ones, those of another version, and what a crash has left. */
  async unreadable(): Promise<number> {
    const listed = new Set((await this.list()).map(({ id }) => id));
    return [...(await this.all())].filter((id) => !listed.has(id)).length;
  }

  /** An entry as it is on disk now, or undefined when it is gone or damaged. */
  async find(id: string): Promise<HistoryEntry | undefined> {
    if (!isId(id)) return undefined;
    const text = await this.parts.files.read(`${id}.json`);
    const read = text === undefined ? undefined : readEntryText(text, id, await this.folder.isPinned(id));
    return read?.ok ? read.entry : undefined;
  }

  /** The exchange as it was kept, without its tables; undefined when it is gone. Throws LocalFailure when a body is damaged. */
  async exchange(id: string): Promise<Exchange | undefined> {
    const entry = await this.find(id);
    if (!entry) return undefined;
    return exchangeOf(entry, await this.bodies(entry));
  }

  /** The bodies of an entry as far as they are there. Throws LocalFailure when one is damaged, or cannot be read. */
  async bodies({ id, kept, requestBytes, answer }: HistoryEntry): Promise<EntryBodies> {
    const read = (name: string, bytes: number): Promise<Uint8Array | undefined> => this.parts.files.readBody(
      name, largestKept(bytes),
    ).catch((error: unknown) => {
      if (error instanceof HumanError) throw error;
      const { reason, advice } = diskMessages(error);
      throw new LocalFailure({
        sentence: l10n.t('The file "{0}" of the history cannot be read. {1}', name, reason),
        advice: advice ?? l10n.t('Delete the entry; the others are not touched by it.'),
      });
    });
    return {
      request: kept.request ? await read(`${id}.request.gz`, requestBytes) : undefined,
      answer: kept.answer ? await read(`${id}.answer.gz`, answer?.bytes ?? 0) : undefined,
    };
  }

  /** Pins entries, or lets them go. Those that are gone are passed over. */
  pin(ids: readonly string[], pinned: boolean): Promise<void> {
    return this.edit(async () => {
      for (const id of ids) {
        if ((await this.find(id))?.pinned !== !pinned) continue;
        const { files } = this.parts;
        const name = `${id}${pinEnding}`;
        if (pinned) await files.write(name, '');
        // Another window may have deleted the entry just now: a pin without one goes too.
        if (!pinned || (await files.stamp(`${id}.json`)) === undefined) await files.remove(name);
      }
    });
  }

  /** Removes entries. */
  remove(ids: readonly string[]): Promise<void> {
    return this.edit(async () => throwStuck(await this.removeFiles(ids.filter((id) => isId(id)))));
  }

  /**
   * Removes one entry and gives what is needed to put it back with `putBack`; undefined when it was gone, as when another window took it at
   * the same time.
   */
  take(id: string): Promise<TakenEntry | undefined> {
    return this.edit(async () => {
      const entry = await this.find(id);
      if (!entry) return undefined;
      // A damaged body is gone for good.
      const bodies = await this.bodies(entry).catch(() => ({ request: undefined, answer: undefined }));
      const there = (await this.parts.files.stamp(`${id}.json`)) !== undefined;
      throwStuck(await this.removeFiles([id]));
      return there ? { entry, ...bodies } : undefined;
    });
  }

  /** Puts back what `take` has removed. */
  putBack({ entry, request, answer }: TakenEntry): Promise<void> {
    return this.edit(() => this.writeFiles(entry, request, answer));
  }

  /** Removes everything, what is damaged as well; pinned entries stay when they are to be kept. */
  removeAll(keepPinned: boolean): Promise<void> {
    return this.edit(async () => {
      const all = [...(await this.all())];
      const stay = keepPinned ? await Promise.all(all.map((id) => this.folder.isPinned(id))) : [];
      throwStuck(await this.removeFiles(all.filter((_id, index) => stay[index] !== true)));
    });
  }

  private async write(id: string, exchange: Exchange, { file, sample, secrets }: Origin, limit: number): Promise<void> {
    const { answer } = exchange;
    const requestSize = Buffer.byteLength(exchange.requestBody);
    const kept = { request: requestSize <= limit / 4, answer: answer !== undefined && answer.body.byteLength <= limit / 4 };
    // What is not kept need not be searched for secrets either.
    const light: Exchange = {
      ...exchange,
      requestBody: kept.request ? exchange.requestBody : '',
      ...(answer ? { answer: kept.answer ? answer : { ...answer, body: new Uint8Array() } } : {}),
    };
    const safe = await safeExchange(light, secrets, this.parts.pause);
    const entry = entryOf(safe, exchange, {
      id,
      sample,
      ...(file === undefined ? {} : { file: maskTokens(redactor(secrets).text(file)) }),
      kept,
    });
    await this.writeFiles(
      entry,
      kept.request ? Buffer.from(safe.requestBody, 'utf8') : undefined,
      kept.answer ? safe.answer?.body : undefined,
    );
  }

  /** Ids of all that is there, whether it can be read or not. */
  private async all(): Promise<ReadonlySet<string>> {
    return new Set((await this.parts.files.list()).flatMap((name) => idOf(name) ?? []));
  }

  /**
   * The small text comes last: what it tells of is there. When another window has removed that meanwhile, as with all, the text goes too.
   */
  private async writeFiles(entry: HistoryEntry, request: Uint8Array | undefined, answer: Uint8Array | undefined): Promise<void> {
    const { files } = this.parts;
    const { id } = entry;
    try {
      const room = [
        request && (await files.writeBody(`${id}.request.gz`, request)),
        answer && (await files.writeBody(`${id}.answer.gz`, answer)),
      ];
      if (entry.pinned) await files.write(`${id}${pinEnding}`, '');
      await files.write(`${id}.json`, entryText({ ...entry, keptBytes: room.reduce<number>((sum, each) => sum + (each ?? 0), 0) }));
    } catch (error) {
      // Another window may have put the same entry back: then these are its bodies too.
      if ((await files.stamp(`${id}.json`).catch(() => undefined)) === undefined) await this.removeFiles([id]);
      throw error;
    }
    const whole = (ending: string, body: Uint8Array | undefined): Promise<boolean> =>
      body ? files.facts(`${id}${ending}`).then((there) => there !== undefined) : Promise.resolve(true);
    if (!(await whole('.request.gz', request)) || !(await whole('.answer.gz', answer))) await this.removeFiles([id]);
  }

  private removeFiles(ids: readonly string[]): Promise<readonly Stuck[]> {
    return removeEntries(this.parts.files, ids);
  }

  /**
   * Removes what cannot be read, then the oldest that are not pinned, until all fits, and gives what cannot be removed; `newest` stays,
   * or nothing new could come beside many pinned ones.
   */
  private async makeRoom(limit: number, newest?: string): Promise<readonly Stuck[]> {
    this.folder.lookAnew();
    const entries = (await this.folder.list()).toReversed();
    const unreadable = this.folder.unreadable(this.parts.now());
    let count = entries.length + unreadable.length;
    let room = [...entries, ...unreadable].reduce((sum, { id }) => sum + this.folder.room(id), 0);
    const mayGo = [
      ...unreadable.filter((each) => each.mayGo),
      ...entries.filter(({ id, pinned }) => !pinned && (limit === 0 || id !== newest)),
    ];
    const gone: string[] = [];
    for (const { id } of mayGo) {
      if (limit > 0 && room <= limit && count <= mostEntries) break;
      // Another window may have pinned it since the list was read.
      if (await this.folder.isPinned(id)) continue;
      room -= this.folder.room(id);
      count -= 1;
      gone.push(id);
    }
    return this.removeFiles([...gone, ...(await this.folder.orphans(this.parts.now()))]);
  }

  private edit<T>(work: () => Promise<T>): Promise<T> {
    const done = this.lastEdit.then(work).catch((error: unknown) => {
      throw error instanceof HumanError ? error : new LocalFailure({
        sentence: l10n.t('The history cannot be changed on the disk: {0}.', messageOf(error)),
        advice: l10n.t('Look whether the disk is full, or may only be read.'),
      });
    }).finally(() => {
      this.folder.lookAnew();
      this.changed.fire();
    });
    this.lastEdit = done.then(() => undefined, () => undefined);
    return done;
  }
}

/**
 * A body of so many bytes has no more than this when it was kept: what masks a secret is longer than the shortest secret. What is larger
 * was not written by us. Small ones are not counted: they do no harm.
 */
function largestKept(bytes: number): number {
  return Math.max(bytes * 8, harmlessBytes);
}
