// How the sample service is started, for the features that come before the one that runs it.

import { SampleFailed } from '../../model/errors';
import type { Disposable } from '../../model/lifetime';
import type { Service } from '../../model/service';

/** Starts the sample as soon as somebody has said how. */
export class SampleStart {
  private work: (() => Promise<Service>) | undefined;

  /** Says how it is started. */
  register(work: () => Promise<Service>): Disposable {
    this.work = work;
    return { dispose: () => void (this.work === work && (this.work = undefined)) };
  }

  /** Starts the sample, or finds it running, and gives its service. Throws SampleFailed. */
  readonly start = async (): Promise<Service> => {
    if (!this.work) throw new SampleFailed({ sentence: 'There is no sample service in this window.', actions: ['showLog'] });
    return this.work();
  };
}
