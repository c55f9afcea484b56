// One event is told in one place, and this decides in which, by what can be seen at that moment. The tree shows states by icons and tells
// of no event.

/** What happens by itself, or while the person may be busy with something else. */
export type TellableEvent =
  /** A request is under way, or waits for a busy service. */
  | 'requestUnderWay'
  | 'requestAnswered'
  | 'requestFailed'
  /** A job is uploaded or submitted, or waits for a busy service. */
  | 'jobUnderWay'
  /** A job is at the service. */
  | 'jobLaunched'
  /** A job could not be taken to the service. */
  | 'jobStopped'
  | 'jobEnded';

/** The page of the thing itself, the status bar, or a message in the corner of the window. */
export type Place = 'page' | 'statusBar' | 'message';

/**
 * Where an event is told, and nowhere else. `pageVisible` says that the page of the very thing can be seen, the answer of this run or
 * the page of this job, which then tells of the event by itself. Numbers of jobs in the status bar are a sum and tell of no single event.
 */
export function placeOf(event: TellableEvent, pageVisible: boolean): Place {
  if (pageVisible) return 'page';
  switch (event) {
    // A click there brings the page, which has the button that cancels.
    case 'requestUnderWay':
    case 'requestAnswered':
    case 'jobLaunched':
      return 'statusBar';
    // These need the person, or a button that goes on from there, such as the one that stops an upload.
    case 'requestFailed':
    case 'jobUnderWay':
    case 'jobStopped':
    case 'jobEnded':
      return 'message';
    default:
      return event satisfies never;
  }
}
