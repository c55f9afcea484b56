// Who may work on a job: files that one of several windows makes, and that another may follow when that window is dead.

import type { Disposable } from '../model/lifetime';
import { isObject, member, tryParse } from '../protocol/shape';
import type { JobFiles } from './ports';

/**
 * The right to work on one job, until it is released or its window is taken for dead. Claiming is exclusive within a window as well.
 *
 * `claims/KEY` names the window that claimed the job and an id of that claim. A window that finds the holder dead adds `claims/KEY~ID`, with the
 * id of the dead claim: of several that do, one succeeds, and nobody ever takes away or replaces a file that another may just have made. The
 * end of this chain holds the claim.
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

  /** @param isLiving tells whether a window, by its name, is alive. */
  constructor(
    private readonly files: JobFiles,
    private readonly window: string,
    private readonly newId: () => string,
    private readonly isLiving: (window: string) => Promise<boolean>,
  ) {}

  /** Claims a job; undefined when somebody alive has claimed it. */
  async claim(key: string): Promise<Claim | undefined> {
    if (!baseForm.test(key) || this.own.has(key)) return undefined;
    this.own.set(key, undefined);
    let claim: Claim | undefined;
    try {
      const id = this.newId();
      claim = (await this.take(key, id)) ? this.toClaim(key, id) : undefined;
    } finally {
      if (claim) this.own.set(key, claim);
      else this.own.delete(key);
    }
    return claim;
  }

  /** True when a living window held the claim when it was last looked at, or this one does now. */
  isHeld(key: string): boolean {
    return this.own.has(key) || this.heldKeys.has(key);
  }

  /** Looks at all claims again. */
  async look(): Promise<void> {
    const held = new Set<string>();
    for (const name of await this.files.list(folder)) {
      if (!baseForm.test(name)) continue;
      const end = await this.endOf(name);
      if (end && (await this.isLiving(end.window))) held.add(name);
    }
    this.heldKeys = held;
  }

  /** Removes what dead windows left behind of jobs that `matters` says no to. */
  async sweep(matters: (key: string) => boolean): Promise<void> {
    for (const name of await this.files.list(folder)) {
      const [key = '', id] = name.split('~');
      if (id === undefined) {
        const end = matters(key) ? undefined : await this.endOf(key);
        if (end && !(await this.isLiving(end.window))) await this.removeChain(key);
      } else if (!(await this.chain(key)).some((link) => link.id === id)) {
        // Its holder ended while it released the claim. Nobody can reach this file any more.
        await this.files.remove(`${folder}/${name}`);
      }
    }
  }

  /** Releases all claims of this window. */
  async releaseAll(): Promise<void> {
    for (const claim of [...this.own.values()]) await claim?.release();
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
    } finally {
      this.own.delete(key);
    }
  }

  /** The first file goes first: without it the rest means nothing, so nobody takes an older claim for the last one. */
  private async removeChain(key: string): Promise<void> {
    const links = await this.chain(key);
    await this.files.remove(`${folder}/${key}`);
    for (const { id } of links.slice(0, -1)) await this.files.remove(`${folder}/${key}~${id}`);
  }

  private async endOf(key: string): Promise<Link | undefined> {
    return (await this.chain(key)).at(-1);
  }

  private async chain(key: string): Promise<Link[]> {
    const links: Link[] = [];
    for (let link = await this.link(key); link; link = await this.link(`${key}~${link.id}`)) links.push(link);
    return links;
  }

  private async link(name: string): Promise<Link | undefined> {
    const text = await this.files.read(`${folder}/${name}`);
    if (text === undefined) return undefined;
    const value = tryParse(text);
    const id = member(value, 'id');
    const window = member(value, 'window');
    // Half a file, as a crash can leave it on a file system without links, is the claim of a window that is no more.
    return isObject(value) && typeof id === 'string' && /^[0-9a-z]+$/.test(id) && typeof window === 'string' ? { id, window } : { id: 'unreadable', window: '' };
  }
}
