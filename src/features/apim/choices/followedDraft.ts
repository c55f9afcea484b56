// What of the fields follows another one: ids and names follow the name while nobody has changed them, limits follow the kind of product.

import { apiIdOf, callersNameOf } from '../definition/choices';
import type { ChoicesDraft } from './messages';

/** A change as the page tells it: all fields, and the turn of the last answer that stands in them. */
export interface TypedDraft {
  readonly turn: number;
  readonly seen: number;
  readonly draft: ChoicesDraft;
}

/** The fields of one form. */
export class FollowedDraft {
  private typed: ChoicesDraft;
  private turn = 0;
  /** What was chosen for a product of its own, while one that others use is chosen. */
  private limits: Pick<ChoicesDraft, 'limited' | 'quota'> | undefined;

  constructor(private shown: ChoicesDraft) {
    this.typed = shown;
  }

  /** As they are now. */
  get draft(): ChoicesDraft {
    return this.shown;
  }

  /** The page was given all fields anew. */
  restart(): void {
    this.typed = this.shown;
  }

  /** Takes what the page tells, and gives the fields as they are to be. */
  take({ turn, seen, draft }: TypedDraft): ChoicesDraft {
    // A page that has not shown the last answer yet tells it back as it was before: only what the person changed counts.
    const before = seen === this.turn ? this.shown : this.typed;
    const now = { ...this.shown, ...changedIn(draft, before) };
    this.turn = turn;
    this.typed = draft;
    this.shown = this.withLimits(withNames(now, this.shown), this.shown);
    return this.shown;
  }

  /** Limits of a product that others use are left as they are, until somebody sets some. */
  private withLimits(now: ChoicesDraft, before: ChoicesDraft): ChoicesDraft {
    if (isShared(now) === isShared(before)) return now;
    if (isShared(now)) {
      this.limits = { limited: now.limited, quota: now.quota };
      return { ...now, limited: false, quota: false };
    }
    const { limits } = this;
    return now.limited || now.quota || limits === undefined ? now : { ...now, ...limits };
  }
}

function isShared({ product }: ChoicesDraft): boolean {
  return product.startsWith('existing:');
}

function changedIn(draft: ChoicesDraft, before: ChoicesDraft): Partial<ChoicesDraft> {
  const was = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => was.get(name) !== value));
}

/** What was made of the name before is made of it once more. */
function withNames(now: ChoicesDraft, before: ChoicesDraft): ChoicesDraft {
  const [name, was] = [now.displayName.trim(), before.displayName.trim()];
  const follows = (field: 'apiId' | 'path' | 'productName' | 'callersName', made: string): boolean =>
    now[field] === before[field] && before[field] === made;
  const apiId = name !== was && follows('apiId', apiIdOf(was)) ? apiIdOf(name) : now.apiId;
  return {
    ...now,
    apiId,
    path: apiId !== before.apiId && follows('path', before.apiId) ? apiId : now.path,
    productName: name !== was && follows('productName', was) ? name : now.productName,
    callersName: name !== was && follows('callersName', callersNameOf(was)) ? callersNameOf(name) : now.callersName,
  };
}
