// The page of calls, loaded by the first of them.

import type { Platform } from '../../../ui/platform';
import type { ScoringApi } from '../../scoring';
import { TryItSession } from '../session';
import type { SavedTarget } from '../shape';
import type { CallTarget } from '../target';
import { TryItPanel } from './tryItPanel';

/** What it needs from outside. */
export interface TryItPageParts extends Pick<Platform, 'context' | 'reporter'> {
  readonly scoring: Pick<ScoringApi, 'runs' | 'panel'>;
  readonly find: (saved: SavedTarget) => Promise<CallTarget | undefined>;
}

/** The panel, with what sends its calls. */
export function openTryItPanel({ context, reporter, scoring: { runs, panel: answer }, find }: TryItPageParts): TryItPanel {
  const made: TryItPanel = new TryItPanel({
    extensionUri: context.extensionUri, reporter, find,
    session: (target) => new TryItSession({
      // The page stays in sight: it offers what goes on with the answer.
      runs, showAnswer: () => answer.reveal(false, made.column), describe: (error) => reporter.describe(error),
    }, target),
  });
  return made;
}
