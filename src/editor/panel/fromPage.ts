// Parses at the door: what a page sends is checked before anything believes it.

import type { FromPage, MarkedCells } from '../../messages';
import type { ErrorAction } from '../../model/errors';
import { isArray, member } from '../../protocol/shape';

/** All there are: one that is missing here does not compile. */
const actions: Readonly<Record<ErrorAction, ErrorAction>> = {
  setServiceKey: 'setServiceKey', setSubscriptionKey: 'setSubscriptionKey', retry: 'retry', openSettings: 'openSettings', openNetworkSettings: 'openNetworkSettings',
  showLog: 'showLog', changeService: 'changeService', showAnswer: 'showAnswer', startSample: 'startSample',
  addStorage: 'addStorage', openJob: 'openJob',
};

/** The page's wish, or undefined when the message is none that the page can have sent. */
export function readFromPage(message: unknown): FromPage | undefined {
  const type = member(message, 'type');
  const number = (name: string): number | undefined => {
    const value = member(message, name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  switch (type) {
    case 'ready':
    case 'cancel':
    case 'openBody':
    case 'saveBody':
      return { type };
    case 'action': {
      const action = Object.values(actions).find((known) => known === member(message, 'action'));
      return action && { type, action };
    }
    case 'moreRows': {
      const table = number('table');
      const from = number('from');
      return table === undefined || from === undefined ? undefined : { type, table, from };
    }
    case 'select': {
      const entry = number('entry');
      return entry === undefined ? undefined : { type, entry };
    }
    case 'copy': {
      const what = member(message, 'what');
      const table = number('table');
      if (what !== 'url' && what !== 'body' && what !== 'table') return undefined;
      return table === undefined ? { type, what } : { type, what, table };
    }
    case 'copyCells': {
      const table = number('table');
      const lines = member(message, 'lines');
      const marked = isArray(lines) ? lines.map(readMarked) : [];
      return table === undefined || !marked.every((line) => line !== undefined) ? undefined : { type, table, lines: marked };
    }
    default:
      return undefined;
  }
}

function readMarked(line: unknown): MarkedCells | undefined {
  const [row, from, to] = [member(line, 'row'), member(line, 'from'), member(line, 'to')];
  const whole = (value: unknown, least: number): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
  return whole(row, -1) && whole(from, 0) && whole(to, 0) ? { row, from, to } : undefined;
}
