// The pages of calls, loaded by the first of them.

import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';
import type { ScoringApi } from '../../scoring';
import { TryItSession } from '../session';
import type { SavedTarget, TargetKind } from '../shape';
import type { CallTarget } from '../target';
import { TryItPanel } from './tryItPanel';

/** What they need from outside. */
export interface TryItPanelsParts extends Pick<Platform, 'context' | 'reporter'> {
  readonly scoring: Pick<ScoringApi, 'runs' | 'panel'>;
  readonly find: (saved: SavedTarget) => Promise<CallTarget | undefined>;
}

/** The panels by what they call. */
export class TryItPanels implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly panels = new Map<TargetKind, TryItPanel>();

  constructor(private readonly parts: TryItPanelsParts) {}

  /** The panel for targets of a kind. */
  of(kind: TargetKind): TryItPanel {
    const { context: { extensionUri }, reporter, scoring: { runs, panel: answer }, find } = this.parts;
    const there = this.panels.get(kind);
    if (there) return there;
    const made: TryItPanel = this.lifetime.add(new TryItPanel({
      extensionUri, reporter, find,
      session: (target) => new TryItSession({
        // The page stays in sight: it offers what goes on with the answer.
        runs, showAnswer: () => answer.reveal(false, made.column), describe: (error) => reporter.describe(error),
      }, target),
    }));
    this.panels.set(kind, made);
    return made;
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
