// Parses at the door of the job page: what it sends is checked before anything believes it.

import type { FromJobPage, JobAction } from '../../messages';
import { member } from '../../base/shape';
import { readFromSharedPart, readNumber } from '../../ui/tables/tablesFromPage';

/** All there are: one that is missing here does not compile. */
const jobActions: Readonly<Record<JobAction, JobAction>> = {
  start: 'start', carryOn: 'carryOn', stopUpload: 'stopUpload', stopWaiting: 'stopWaiting', cancel: 'cancel', delete: 'delete', runAgain: 'runAgain', submitAnew: 'submitAnew',
  checkNow: 'checkNow', copyId: 'copyId', copyStatus: 'copyStatus', download: 'download', cleanUp: 'cleanUp', openBody: 'openBody',
};

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromJobPage(message: unknown): FromJobPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
      return { type };
    case 'job': {
      const action = Object.values(jobActions).find((known) => known === member(message, 'action'));
      return action && { type, action };
    }
    case 'openResult':
    case 'saveResult': {
      const result = readNumber(message, 'result');
      return result === undefined ? undefined : { type, result };
    }
    default:
      return readFromSharedPart(message);
  }
}
