// The page that compares: says that it is ready, draws the two exchanges that the editor sends, and tells the editor what the person asks
// for.

import * as l10n from '@vscode/l10n';
import type { FromComparePage, ToComparePage } from '../../src/features/history/messages';
import type { PageOf } from '../kit/context';
import { openFrame } from '../kit/frame';
import { redraw } from '../kit/redraw';
import { drawComparison, drawWaiting, type Compared, type ComparisonOnPage } from './compare';
import { readSaved, type Saved } from './saved';

const frame = openFrame<FromComparePage, ToComparePage>();
const { announce, stage } = frame;
let saved = readSaved(frame.saved);
let controller = new AbortController();
let comparison: ComparisonOnPage | undefined;
let said = '';

function keep(changed: Partial<Saved>): void {
  saved = { ...saved, ...changed };
  frame.save(saved);
}

function keepTolerance(tolerance: string): void {
  const { key, output, looks } = saved;
  saved = { key, output, looks, ...(tolerance === '0' ? {} : { tolerance }) };
  frame.save(saved);
}

function show(message: Compared | Extract<ToComparePage, { type: 'comparing' }>): void {
  if (message.type === 'comparing' && !message.problem && comparison) {
    // What is looked at stays until the new one is there.
    comparison.element.setAttribute('aria-busy', 'true');
    return;
  }
  // What was about to be entered for two others, or for these before they were chosen once more, is not for these.
  const goesOn = message.type === 'compare' && comparison !== undefined && comparison.number >= message.first;
  const unfinished = goesOn ? comparison?.unfinished() : undefined;
  controller.abort();
  controller = new AbortController();
  const page: PageOf<FromComparePage> = { send: frame.send, announce, signal: controller.signal };
  // The key is what a reload needs, also when nobody has looked at anything yet.
  if (message.key !== '' && saved.key !== message.key) keep({ key: message.key, output: undefined });
  if (message.type === 'compare' && (saved.tolerance ?? '0') !== message.tolerance) keepTolerance(message.tolerance);
  redraw(stage, stage, () => {
    if (message.type === 'compare') {
      comparison = drawComparison(page, message, saved, keep);
      stage.replaceChildren(comparison.element);
    } else {
      comparison = undefined;
      stage.replaceChildren(drawWaiting(page, message));
    }
  });
  if (unfinished) comparison?.resume(unfinished);
  const sentence = sentenceOf(message);
  if (sentence !== said) announce(sentence);
  said = sentence;
}

/** What is said of it to those who do not see it. */
function sentenceOf(message: Compared | Extract<ToComparePage, { type: 'comparing' }>): string {
  if (message.type === 'comparing') return message.problem?.sentence ?? l10n.t('Comparing.');
  if (message.unknown) return l10n.t('The answers cannot be compared.');
  return message.same ? l10n.t('Everything is the same.') : l10n.t('The two differ.');
}

frame.listen((message) => {
  switch (message.type) {
    case 'compare':
    case 'comparing':
      show(message);
      break;
    case 'table':
    case 'rows':
    case 'cell':
    case 'summary':
    case 'change':
    case 'badTolerance':
      comparison?.take(message);
      break;
    default:
      message satisfies never;
  }
});
