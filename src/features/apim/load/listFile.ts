// The file in which lists are kept over a reload: names, ids and states, no secret.

import { AtomicFiles } from '../../../base/atomicFiles';
import { filledText, isArray, member, tryParse } from '../../../base/shape';
import type { Disposable } from '../../../model/lifetime';
import { readSavedItem } from '../items';
import type { KeptList } from './lists';

/** More items are not kept; what is in instances goes first, and of that the lists that came longest ago. */
const mostItems = 10_000;

/** Many lists that come at once are written once, after so many milliseconds. */
const pauseMs = 1000;

/** The lists that a text of the file holds; what makes no sense in it is left out. */
export function readLists(text: string): readonly KeptList[] {
  const json = tryParse(text);
  const lists = member(json, 'lists');
  if (member(json, 'version') !== 1 || !isArray(lists)) return [];
  return lists.flatMap((each): KeptList[] => {
    const [key, at, items] = [filledText(member(each, 'key')), member(each, 'at'), member(each, 'items')];
    if (key === undefined || typeof at !== 'number' || !Number.isFinite(at) || !isArray(items)) return [];
    return [{ key, at, complete: member(each, 'complete') === true, items: items.flatMap((item) => readSavedItem(item) ?? []) }];
  });
}

/** The text of the file for these lists. */
export function writeLists(lists: readonly KeptList[]): string {
  let room = mostItems;
  const inOrder = [...lists].sort((one, other) => Number(isDeep(one)) - Number(isDeep(other)) || other.at - one.at);
  return JSON.stringify({ version: 1, lists: inOrder.filter(({ items }) => (room -= items.length) >= 0) });
}

/** True for what is in an instance: without what leads there it would not be seen. */
function isDeep({ items: [first] }: KeptList): boolean {
  return first !== undefined && 'title' in first;
}

/** Reads and writes the file. A disk that fails costs only what is kept. */
export class ListFile implements Disposable {
  private readonly files: AtomicFiles;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest: readonly KeptList[] = [];

  /** @param folder absolute path, made when it is not there. */
  constructor(folder: string, private readonly name: string, private readonly log: (line: string) => void) {
    this.files = new AtomicFiles(folder);
  }

  async read(): Promise<readonly KeptList[]> {
    try {
      return readLists((await this.files.read(this.name)) ?? '');
    } catch {
      this.log('What was known of API Management could not be read from the disk');
      return [];
    }
  }

  /** Writes them soon; the last ones count. */
  write(lists: readonly KeptList[]): void {
    this.latest = lists;
    this.timer ??= setTimeout(() => void this.flush(), pauseMs);
  }

  /** Writes what waits to be written. Never throws. */
  async flush(): Promise<void> {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      await this.files.write(this.name, writeLists(this.latest));
    } catch {
      this.log('What is known of API Management could not be written to the disk');
    }
  }

  dispose(): void {
    void this.flush();
  }
}
