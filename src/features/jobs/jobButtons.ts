// Which command a button of a job's page runs.

import type { JobAction } from './messages';
import { command } from '../../ui/ids';

/** Commands of the page's buttons; undefined for what only the page has. */
export const commandOf: Readonly<Record<JobAction, string | undefined>> = {
  start: command.startJob,
  carryOn: command.carryOnJob,
  stopUpload: command.stopUpload,
  cancel: command.cancelJob,
  delete: command.deleteJob,
  runAgain: command.runJobAgain,
  submitAnew: command.submitJobAnew,
  checkNow: command.checkJob,
  copyId: command.copyJobId,
  copyStatus: command.copyJobStatus,
  download: command.downloadResults,
  cleanUp: command.cleanUpBlobs,
  openBody: undefined,
  stopWaiting: undefined,
};
