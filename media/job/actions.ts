// What can be done with a job: the useful thing first and in colour.

import type { JobAction } from '../../src/features/jobs/messages';
import { actionLabels, type ActionLabels } from '../kit/problem';
import type { Action, ActionsSpec } from '../kit/actions';
import type { IconName } from '../kit/icons';
import type { JobPageContext } from './context';

const words: Readonly<Record<JobAction, { readonly label: string; readonly icon: IconName; readonly title: string }>> = {
  start: { label: 'Start', icon: 'start', title: 'Have the service start this job' },
  carryOn: { label: 'Carry On', icon: 'carryOn', title: 'Go on where the work on this job stopped' },
  stopUpload: { label: 'Stop Upload', icon: 'stop', title: 'Stop uploading; it can be carried on later' },
  stopWaiting: { label: 'Stop Waiting', icon: 'stop', title: 'Do not try again; it can be carried on later' },
  cancel: { label: 'Cancel Job…', icon: 'cancelled', title: 'Have the service cancel this job' },
  delete: { label: 'Delete…', icon: 'remove', title: 'Remove this job from the list' },
  runAgain: { label: 'Run Again', icon: 'repeat', title: 'Make another job with the same input that was uploaded and the same parameters' },
  submitAnew: { label: 'Submit Anew…', icon: 'submit', title: 'Submit the same inputs as another job' },
  checkNow: { label: 'Check Now', icon: 'again', title: 'Ask the service how the job stands' },
  copyId: { label: 'Copy Job ID', icon: 'copy', title: 'Copy the id that the service has given this job' },
  copyStatus: { label: 'Copy Status as JSON', icon: 'copy', title: 'Copy what the service told last, as JSON' },
  download: { label: 'Download All Results…', icon: 'save', title: 'Save all results as files' },
  cleanUp: { label: 'Clean Up Blobs…', icon: 'remove', title: 'Delete the inputs that were uploaded for this job' },
  openBody: { label: 'Open Body', icon: 'open', title: 'Open the body that this job was made from' },
};

/** Those that bring a job forward. */
const forward: readonly JobAction[] = ['start', 'carryOn', 'submitAnew', 'download'];

/** Those that are looked for when they are needed. */
const seldom: readonly JobAction[] = ['copyId', 'copyStatus', 'openBody', 'cleanUp', 'delete'];

/** The words on the buttons of errors on this page. */
export function jobLabels(): ActionLabels {
  return actionLabels('Try Again');
}

/** At most so many stand as icons beside the one with its words. */
const mostIcons = 2;

/** Where each action of a job stands: the useful one first, those that others need seldom in the menu. */
export function drawJobActions(page: JobPageContext, actions: readonly JobAction[]): ActionsSpec {
  const [first, ...others] = actions.map((action): Action => ({
    id: `job-${action}`,
    ...words[action],
    run: () => {
      page.send({ type: 'job', action });
      if (action === 'copyStatus' || action === 'copyId') page.announce('Copied.');
    },
  }));
  const isSeldom = ({ id }: Action): boolean => seldom.some((action) => id === `job-${action}`);
  const icons = others.filter((action) => !isSeldom(action)).slice(0, mostIcons);
  return {
    ...(first ? { primary: first, primaryStandsOut: forward.some((action) => first.id === `job-${action}`) } : {}),
    icons,
    more: others.filter((action) => !icons.includes(action)),
    signal: page.signal,
  };
}
