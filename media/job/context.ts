// What every part of the job page is handed.

import type { FromJobPage } from '../../src/features/jobs/messages';
import type { PageOf } from '../kit/context';

/** The page around a part. */
export interface JobPageContext extends PageOf<FromJobPage> {
  /** Takes the focus when the element that had it is gone. */
  readonly stage: HTMLElement;
}
