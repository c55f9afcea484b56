// Tells how requests have ended whose answers nobody sees, as their page is out of sight: all of a run at once, when it is over.

import { LocalFailure, type ErrorParts } from '../../../model/errors';
import { DisposableStore, type Disposable, type Event } from '../../../model/lifetime';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import type { Entry, Runs } from '../runs';
import { placeOf } from '../../../ui/whereTold';

/** What the notices need from outside. */
export interface RunNoticeParts {
  readonly runs: Pick<Runs, 'entries' | 'busy' | 'onDidChange'>;
  /** The answer's page: whether it shows the run. */
  readonly page: { readonly showsRun: boolean; readonly onDidChangeSight: Event<unknown> };
  readonly reporter: Pick<ErrorReporter, 'show'>;
}

/** Follows the runs. */
export class RunNotices implements Disposable {
  private readonly lifetime = new DisposableStore();
  /** Entries that have ended, whether that was seen or not. */
  private readonly ended = new WeakSet<Entry>();
  private readonly unseen = new Set<Entry>();

  constructor(private readonly parts: RunNoticeParts) {}

  /** Begins to follow the runs. */
  start(): void {
    const { runs, page } = this.parts;
    this.lifetime.add(runs.onDidChange(() => this.follow()));
    this.lifetime.add(page.onDidChangeSight(() => {
      if (page.showsRun) this.unseen.clear();
    }));
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private follow(): void {
    const { runs, page } = this.parts;
    for (const entry of runs.entries) {
      const { kind } = entry.state;
      if ((kind !== 'answered' && kind !== 'failed') || this.ended.has(entry)) continue;
      this.ended.add(entry);
      if (placeOf(problemOf(entry) ? 'requestFailed' : 'requestAnswered', page.showsRun) !== 'page') this.unseen.add(entry);
    }
    if (runs.busy || this.unseen.size === 0) return;
    const entries = [...this.unseen];
    this.unseen.clear();
    this.tell(entries);
  }

  private tell(entries: readonly Entry[]): void {
    const failed = entries.filter((entry) => problemOf(entry) !== undefined);
    const [first] = failed.length > 0 ? failed : entries;
    if (!first) return;
    const { source, service } = first.item;
    const show = (sentence: string): void => this.parts.reporter.show(new LocalFailure({ sentence, actions: ['showAnswer'] }));
    // The reason first: a message shows one line of it until it is pointed at.
    if (failed.length === 1) return show(`${problemOf(first)?.sentence ?? ''} (${source}, sent to ${service.name})`);
    if (failed.length > 1) return show(`${failed.length} of ${entries.length} requests have failed.`);
    tellBriefly(
      entries.length === 1 ? plain`${source} was answered by ${service.name}.` : plain`${entries.length} requests were answered.`,
    );
  }
}

function problemOf({ state }: Entry): ErrorParts | undefined {
  if (state.kind === 'failed') return state.problem;
  return state.kind === 'answered' ? state.exchange.problem : undefined;
}
