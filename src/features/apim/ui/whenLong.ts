// Shows calls on Azure in a message only where they last, with what is waited for, and with a button that stops them.

import { plain, type PlainText } from '../../../ui/plain';
import { inMessage, type ReportProgress } from '../../../ui/progress';
import type { ArmOptions } from '../../../model/arm';
import { waitText } from './apimItems';

/** Most calls are over by then, in milliseconds: a message would only flicker. */
const shortMs = 800;

/** Does the work. Throws what it throws. */
export async function whenLong<T>(title: PlainText, work: (options: ArmOptions) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  let report: ReportProgress | undefined;
  let waitsFor: PlainText | undefined;
  const running = work({
    signal: stopping.signal,
    onWait: (wait) => {
      waitsFor = plain(waitText(wait) ?? '');
      report?.({ message: waitsFor });
    },
  });
  const settled = running.then(() => undefined, () => undefined);
  const timer = setTimeout(() => {
    const shown = inMessage(title, (signal, tell) => {
      signal.addEventListener('abort', () => stopping.abort(), { once: true });
      report = tell;
      if (waitsFor !== undefined) tell({ message: waitsFor });
      return settled;
    });
    // A message that cannot be shown does not end the work.
    shown.catch(() => undefined);
  }, shortMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
