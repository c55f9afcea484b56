// What can be done with a job: a row of buttons, the useful one first and in colour.

import type { JobAction } from '../../src/features/jobs/messages';
import { actionLabels, type ActionLabels } from '../kit/problem';
import { button } from '../kit/elements';
import type { IconName } from '../kit/icons';
import type { JobPageContext } from './context';

const words: Readonly<Record<JobAction, { readonly label: string; readonly icon: IconName; readonly title: string }>> = {
  start: { label: 'Start', icon: 'start', title: 'Have the service start this job' },
  carryOn: { label: 'Carry On', icon: 'carryOn', title: 'Go on where the work on this job stopped' },
  stopUpload: { label: 'Stop Upload', icon: 'stop', title: 'Stop uploading; it can be carried on later' },
  stopWaiting: { label: 'Stop Waiting', icon: 'stop', title: 'Do not try again; it can be carried on later' },
  cancel: { label: 'Cancel Job…', icon: 'cancelled', title: 'Have the service cancel this job' },
  delete: { label: 'Delete…', icon: 'remove', title: 'Remove this job from the list' },
  runAgain: { label: 'Run Again', icon: 'repeat', title: 'Make another job from the same inputs and parameters' },
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

/** The words on the buttons of errors on this page. */
export function jobLabels(): ActionLabels {
  return actionLabels('Try Again');
}

/** Draws the buttons; that of the id stands beside the id. */
export function drawActions(page: JobPageContext, actions: readonly JobAction[]): readonly HTMLElement[] {
  return actions.filter((action) => action !== 'copyId').map((action, index) => {
    const { label, icon, title } = words[action];
    return button({
      label,
      icon,
      title,
      look: index === 0 && forward.includes(action) ? 'primary' : 'secondary',
      focusKey: `job-${action}`,
      run: () => {
        page.send({ type: 'job', action });
        if (action === 'copyStatus') page.announce('Copied.');
      },
    });
  });
}
