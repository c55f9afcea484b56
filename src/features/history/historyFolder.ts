// The folder of the history: which files belong to what, and its entries as they were read last.

import * as l10n from '@vscode/l10n';
import { LocalFailure } from '../../model/errors';
import type { HistoryEntry } from '../../model/history';
import type { Disposable } from '../../model/lifetime';
import { faultText, readEntryText } from './historyShape';
import { diskMessages, type UnreadableFile } from '../../base/troubles';

/** The files of the history, in one folder that several windows share. Throws what the disk throws. */
export interface HistoryFiles {
  /** Names of what is there, without files that are still being written; empty when there is no such folder. */
  list(): Promise<readonly string[]>;
  /** A text that changes when the file does, or without a name when a file is added, replaced or removed; undefined: not there. */
  stamp(name?: string): Promise<string | undefined>;
  /** Size and the time of the last write, in milliseconds since 1970; undefined: not there. */
  facts(name: string): Promise<{ readonly bytes: number; readonly writtenAt: number } | undefined>;
  /** Undefined: not there. */
  read(name: string): Promise<string | undefined>;
  /** Replaces a text as a whole. */
  write(name: string, text: string): Promise<void>;
  /** Undefined: not there. Throws LocalFailure when it is damaged, or has more than `most` bytes, and else what the disk throws. */
  readBody(name: string, most: number): Promise<Uint8Array | undefined>;
  /** Writes a body as a whole and gives the room that it takes, in bytes. */
  writeBody(name: string, body: Uint8Array): Promise<number>;
  /** No error when it is gone already. */
  remove(name: string): Promise<void>;
  /** Tells that something may have changed. Not to be relied on. */
  watch(listener: () => void): Disposable;
}

/** What reading the folder needs. */
export interface FolderParts {
  readonly files: HistoryFiles;
  /** Lets others run. */
  readonly pause: () => Promise<void>;
  /** One line for the log. */
  readonly log: (line: string) => void;
}

/** So many files are read at a time. */
const atOnce = 32;

/** Bodies that belong to nothing are removed when they are this old, in milliseconds: by then nobody is about to write the rest. */
const orphanAgeMs = 60 * 60 * 1000;

/** What a newer version wrote this lately, in milliseconds, is another window's, which is at work. */
const newerStaysMs = 24 * 60 * 60 * 1000;

/** Endings of the bodies' files. */
export const bodyEndings = ['.request.gz', '.answer.gz'];

/**
 * Ending of the file that pins an entry. It is no part of the entry's text: a text that is written anew could bring back what another
 * window deletes.
 */
export const pinEnding = '.pin';

/** A file as it was read last; without an entry it cannot be read. */
interface Known {
  readonly stamp: string;
  readonly entry?: HistoryEntry;
  /** Why there is none, for a person; absent where a newer version of the extension has one. */
  readonly problem?: UnreadableFile;
  /** Room of the file and its bodies, in bytes. */
  readonly room: number;
  /** From when on it may be removed to make room, in milliseconds since 1970. */
  readonly mayGoAt: number;
}

/** An entry that cannot be read. */
export interface Unreadable {
  readonly id: string;
  /** False while it has to stay: it is of a newer version's window, or cannot be read only for the moment. */
  readonly mayGo: boolean;
}

/** Reads the entries of a folder, each file once for as long as it does not change. */
export class HistoryFolder {
  private readonly known = new Map<string, Known>();
  private pins: ReadonlySet<string> = new Set();
  /** The folder's stamp when `known` was made. */
  private seen: string | undefined;
  /** How often a new look was asked for. */
  private asked = 0;
  private reading: Promise<void> | undefined;
  private readonly reported = new Set<string>();

  constructor(private readonly parts: FolderParts) {}

  /** Has the next look compare every file, whatever the folder's stamp says: clocks of disks are coarse. */
  lookAnew(): void {
    this.seen = undefined;
    this.asked += 1;
  }

  /** All entries, newest first. */
  async list(): Promise<readonly HistoryEntry[]> {
    // Somebody may write while it is read; a few times are enough, as they tell of it.
    try {
      for (let tries = 0; tries < 3; tries += 1) {
        const stamp = await this.parts.files.stamp();
        if (stamp !== undefined && stamp === this.seen) break;
        await (this.reading ??= this.readAll(stamp).finally(() => (this.reading = undefined)));
        if (stamp === undefined) break;
      }
    } catch (error) {
      const { reason, advice } = diskMessages(error);
      throw new LocalFailure({
        sentence: l10n.t('The folder of the history cannot be read.'),
        advice: [reason, advice ?? l10n.t('Move it away or delete it.')].join(' '),
        actions: ['showLog'],
      });
    }
    return [...this.known.values()]
      .flatMap(({ entry }) => (entry ? { ...entry, pinned: this.pins.has(entry.id) } : []))
      .sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** What could not be read by the last `list`, oldest first. `now` in milliseconds since 1970. */
  unreadable(now: number): readonly Unreadable[] {
    return [...this.known]
      .filter(([, { entry }]) => !entry)
      .map(([id, { mayGoAt }]) => ({ id, mayGo: now >= mayGoAt }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** Files that were no entry when they were read last. */
  problems(): readonly UnreadableFile[] {
    return [...this.known.values()].flatMap(({ problem }) => problem ?? []);
  }

  /** Room that an entry took with its bodies when it was looked at last, in bytes. */
  room(id: string): number {
    return this.known.get(id)?.room ?? 0;
  }

  /** True when the entry is pinned on the disk now. A pin that cannot be looked at holds: what is pinned is not to be lost. */
  async isPinned(id: string): Promise<boolean> {
    const name = `${id}${pinEnding}`;
    try {
      return (await this.parts.files.stamp(name)) !== undefined;
    } catch (error) {
      this.report(name, diskMessages(error).reason);
      return true;
    }
  }

  /** Ids of bodies that a crash has left without their text. `now` in milliseconds since 1970. */
  async orphans(now: number): Promise<readonly string[]> {
    const names = await this.parts.files.list();
    const whole = new Set(names.filter((name) => name.endsWith('.json')).map(idOf));
    const alone = new Set(names.flatMap((name) => idOf(name) ?? []).filter((id) => !whole.has(id)));
    const old: string[] = [];
    for (const id of alone) {
      // Not by the time in its name: what is being put back is old by that.
      // One that cannot be looked at stays.
      const { writtenAt } = await this.measure(id).catch(() => ({ writtenAt: now }));
      if (now - writtenAt > orphanAgeMs) old.push(id);
    }
    return old;
  }

  private async readAll(stamp: string | undefined): Promise<void> {
    const { asked } = this;
    const names = stamp === undefined ? [] : await this.parts.files.list();
    const idsOf = (ending: string): string[] => names.flatMap((name) => (name.endsWith(ending) ? idOf(name) ?? [] : []));
    const ids = idsOf('.json');
    const there = new Set(ids);
    this.pins = new Set(idsOf(pinEnding));
    for (const id of [...this.known.keys()]) if (!there.has(id)) this.known.delete(id);
    for (let from = 0; from < ids.length; from += atOnce) {
      await Promise.all(ids.slice(from, from + atOnce).map((id) => this.readOne(id)));
      await this.parts.pause();
    }
    if (asked === this.asked) this.seen = stamp;
  }

  private async readOne(id: string): Promise<void> {
    const { files } = this.parts;
    const name = `${id}.json`;
    try {
      const stamp = await files.stamp(name);
      if (stamp !== undefined && this.known.get(id)?.stamp === stamp) return;
      const text = await files.read(name);
      if (stamp === undefined || text === undefined) return void this.known.delete(id);
      const read = readEntryText(text, id);
      if (read.ok)
        return void this.known.set(id, { stamp, entry: read.entry, room: Buffer.byteLength(text) + read.entry.keptBytes, mayGoAt: 0 });
      const { room, writtenAt } = await this.measure(id);
      this.known.set(
        id,
        {
          stamp, room, mayGoAt: read.newer ? writtenAt + newerStaysMs : 0,
          ...(read.newer ? {} : { problem: { name, reason: faultText(read.reason) } }),
        },
      );
      this.report(name, read.reason);
    } catch (error) {
      // Too many files may be open, or a share away: that is not damage, and the next look tries again.
      const words = diskMessages(error);
      this.known.set(
        id,
        {
          stamp: '', room: await this.measure(id).then(({ room }) => room, () => 0), mayGoAt: Number.POSITIVE_INFINITY,
          problem: { name, ...words },
        },
      );
      this.report(name, words.reason);
    }
  }

  /** Room of an entry by its files, and when the last of them was written: for what does not tell so itself. */
  private async measure(id: string): Promise<{ readonly room: number; readonly writtenAt: number }> {
    const all = await Promise.all(['.json', ...bodyEndings, pinEnding].map((ending) => this.parts.files.facts(`${id}${ending}`)));
    return {
      room: all.reduce((sum, each) => sum + (each?.bytes ?? 0), 0),
      writtenAt: Math.max(0, ...all.map((each) => each?.writtenAt ?? 0)),
    };
  }

  /** Logs once what is wrong with a file. */
  report(name: string, reason: string, what: 'read' | 'removed' = 'read'): void {
    const known = `${what} ${name}`;
    if (this.reported.has(known)) return;
    this.reported.add(known);
    this.parts.log(`A file of the history cannot be ${what}: ${name}. ${reason}`);
  }
}

const idForm = /^[0-9a-z]{9}-[0-9a-z]{12}$/;

/** True for an id, which is fit for a file name. */
export function isId(text: string): boolean {
  return idForm.test(text);
}

/** The id in a file's name, or undefined when it is not one of ours. */
export function idOf(name: string): string | undefined {
  const id = name.replace(/\.(?:json|request\.gz|answer\.gz|pin)$/, '');
  return id !== name && isId(id) ? id : undefined;
}
