// Who may work on a job: files that one of several windows makes, and that another may follow when that window is dead.

import { LocalFailure } from '../../../model/errors';
import type { Disposable } from '../../../model/lifetime';
import { isObject, member, tryParse } from '../../../base/shape';
import type { JobFiles } from '../../../base/ports';
import { diskMessages, isNoFile, Troubles } from '../../../base/troubles';

/**
 * The right to work on one job, until it is released or its window is taken for dead. Claiming is exclusive within a window as well.
 *
 * `claims/KEY` names the window that claimed the job and an id of that claim. A window that finds the holder dead adds `claims/KEY~ID`,
 * with the id of the dead claim: of several that do, one succeeds, and nobody ever takes away or replaces a file that another may just have
 * made. The end of this chain holds the claim.
 */
export interface Claim extends Disposable {
  readonly key: string;
  /** False when others took this window for dead in the meantime, say because the computer slept. Ask before what cannot be undone. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

interface Link {
  readonly id: string;
  readonly window: string;
}

const folder = 'claims';
const baseForm = /^[0-9a-z-]+$/;

/** The claims of all windows. */
export class Claims {
  /** Claims of this window by job, and those that are being made or released. */
  private readonly own = new Map<string, Claim | undefined>();
  private heldKeys: ReadonlySet<string> = new Set();

  /** @param isLiving tells whether a window, by its name, is alive; `troubles` takes what the disk says of single claims. */
  constructor(
    private readonly files: JobFiles,
    private readonly window: string,
    private readonly newId: () => string,
    private readonly isLiving: (window: string) => Promise<boolean>,
    private readonly troubles: Troubles = new Troubles(() => undefined),
  ) {}

  /** Claims a job; undefined when somebody alive has claimed it. Throws LocalFailure when its claim cannot be read, or written. */
  async claim(key: string): Promise<Claim | undefined> {
    if (!baseForm.test(key) || this.own.has(key)) return undefined;
    this.own.set(key, undefined);
    let claim: Claim | undefined;
    try {
      const id = this.newId();
      claim = (await this.take(key, id)) ? this.toClaim(key, id) : undefined;
    } catch (error) {
      const { reason, advice } = diskMessages(error);
      throw new LocalFailure({
        sentence: `The claim of this job cannot be used, so nothing is done with the job ("${folder}/${key}"). ${reason}`, advice,
        actions: ['showLog'],
      });
    } finally {
      if (claim) this.own.set(key, claim);
      else this.own.delete(key);
    }
    return claim;
  }

  /** True while this window works on the job. */
  isOwn(key: string): boolean {
    return this.own.has(key);
  }

  /** True when a living window held the claim when it was last looked at, or this one does now. */
  isHeld(key: string): boolean {
    return this.own.has(key) || this.heldKeys.has(key);
  }

  /** Looks at all claims again. One that cannot be read just now counts as held; while the folder cannot be read, all stays as it was. */
  async look(): Promise<void> {
    const names = await this.troubles.attempt(folder, () => this.files.list(folder), undefined);
    if (!names) return;
    this.troubles.keepOnly(folder, names);
    const held = new Set<string>();
    for (const name of names) {
      if (!baseForm.test(name)) continue;
      const end = await this.endOf(name).catch(() => 'notKnown' as const);
      if (end === 'notKnown' || (end && (await this.isLiving(end.window)))) held.add(name);
    }
    this.heldKeys = held;
  }

  /** Removes what dead windows left behind of jobs that `matters` says no to. What cannot be removed stays, and is told of. */
  async sweep(matters: (key: string) => boolean): Promise<void> {
    for (const name of await this.troubles.attempt(folder, () => this.files.list(folder), [])) {
      try {
        await this.sweepOne(name, matters);
      } catch (error) {
        this.troubles.note(`${folder}/${name}`, error);
      }
    }
  }

  private async sweepOne(name: string, matters: (key: string) => boolean): Promise<void> {
    const [key = '', id] = name.split('~');
    if (id === undefined) {
      const end = matters(key) ? undefined : await this.endOf(key);
      if (end && !(await this.isLiving(end.window))) await this.removeChain(key);
    } else if (!(await this.chain(key)).some((link) => link.id === id)) {
      // Its holder ended while it released the claim. Nobody can reach this file any more.
      await this.files.remove(`${folder}/${name}`);
    }
  }

  /** Releases all claims of this window. One that cannot be released does not keep the others. */
  async releaseAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const claim of [...this.own.values()]) await claim?.release().catch((error: unknown) => void failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async take(key: string, id: string): Promise<boolean> {
    const text = JSON.stringify({ id, window: this.window });
    if (await this.files.create(`${folder}/${key}`, text)) return true;
    const end = await this.endOf(key);
    // Released just now: whoever wants it may ask again.
    if (!end || (await this.isLiving(end.window))) return false;
    const next = `${folder}/${key}~${end.id}`;
    if (!(await this.files.create(next, text))) return false;
    if ((await this.endOf(key))?.id === id) return true;
    // Somebody else took the dead claim, worked and released it while we were looking: our file hangs on nothing.
    await this.files.remove(next);
    return false;
  }

  private toClaim(key: string, id: string): Claim {
    let released: Promise<void> | undefined;
    const held = async (): Promise<boolean> => released === undefined && (await this.endOf(key))?.id === id;
    const release = (): Promise<void> => {
      released ??= this.release(key, id);
      return released;
    };
    return { key, held, release, dispose: () => void release().catch(() => undefined) };
  }

  private async release(key: string, id: string): Promise<void> {
    try {
      if ((await this.endOf(key))?.id === id) await this.removeChain(key);
    } catch (error) {
      // What was in the way before it was claimed may be so still; the claim is released when the chain no longer ends with it.
      if ((await this.endOf(key).catch(() => ({ id })))?.id === id) throw error;
    } finally {
      this.own.delete(key);
    }
  }

  /**
   * The first file goes first: without it the rest means nothing, so nobody takes an older claim for the last one. Where it cannot be taken
   * away, as a folder in its place cannot, the last one goes first: then the chain ends with a claim of the dead, which anybody may follow.
   */
  private async removeChain(key: string): Promise<void> {
    const later = (await this.chain(key)).slice(0, -1).map(({ id }) => `${folder}/${key}~${id}`);
    let failure: { readonly error: unknown } | undefined;
    await this.files.remove(`${folder}/${key}`).catch((error: unknown) => void (failure = { error }));
    for (const path of failure ? later.reverse() : later) await this.files.remove(path).catch(
      (error: unknown) => void (failure ??= { error }),
    );
    if (failure) throw failure.error;
  }

  private async endOf(key: string): Promise<Link | undefined> {
    return (await this.chain(key)).at(-1);
  }

  private async chain(key: string): Promise<Link[]> {
    const links: Link[] = [];
    const ids = new Set<string>();
    for (let link = await this.link(key); link; link = await this.link(`${key}~${links.at(-1)?.id ?? ''}`)) {
      // Each id once: files that name each other in a circle, or are all broken, would be followed for ever.
      const { id, window } = link === 'broken' || ids.has(link.id) ? { id: brokenId(ids), window: '' } : link;
      ids.add(id);
      links.push({ id, window });
    }
    return links;
  }

  private async link(name: string): Promise<Link | 'broken' | undefined> {
    const path = `${folder}/${name}`;
    let text: string | undefined;
    try {
      text = await this.files.read(path);
      this.troubles.forget(path);
    } catch (error) {
      this.troubles.note(path, error);
      // What is no file was written by no window. What only cannot be read just now may be the claim of a living one.
      if (isNoFile(error)) return 'broken';
      throw error;
    }
    if (text === undefined) return undefined;
    const value = tryParse(text);
    const id = member(value, 'id');
    const window = member(value, 'window');
    // Half a file, as a crash can leave it on a file system without links, is the claim of a window that is no more.
    return isObject(value) && typeof id === 'string' && /^[0-9a-z]+$/.test(id) && typeof window === 'string' ? { id, window } : 'broken';
  }
}

/** Stands for the id of a claim that tells none. The first goes by the name that earlier versions gave it. */
function brokenId(taken: ReadonlySet<string>): string {
  let id = 'unreadable';
  for (let count = 2; taken.has(id); count += 1) id = `unreadable${count}`;
  return id;
}
