// The page of a publishing: says that it is ready, draws what the editor sends, and tells the editor what the person asks for.

import * as l10n from '@vscode/l10n';
import type { FromPublishPage, ToPublishPage } from '../../src/features/apim/publish/messages';
import { openFrame } from '../kit/frame';
import { redraw } from '../kit/redraw';
import { drawPublishing } from './publishing';

const frame = openFrame<FromPublishPage, ToPublishPage>();
const { announce, stage } = frame;
let controller = new AbortController();
let shown: string | undefined;
let before: ToPublishPage | undefined;

/** A Stop that comes sooner was meant for what stood in its place: the second half of a double click. */
const soonestStopMs = 600;
let busySinceMs = -Infinity;
/** True while a button of the mouse or a key is down: what is pressed must still be there when it is let go. */
let pressed = false;
let held: ToPublishPage | undefined;

function show(state: ToPublishPage): void {
  if (pressed) {
    held = state;
    return;
  }
  // News that change nothing leave the reader where they are.
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  // The key is what a reload needs.
  frame.save({ key: state.key });
  if (before !== undefined && before.busy === undefined && state.busy !== undefined) busySinceMs = performance.now();
  controller.abort();
  controller = new AbortController();
  const { signal } = controller;
  const scrolled = stage.querySelector('.publish-body')?.scrollTop ?? 0;
  redraw(stage, stage, () => stage.replaceChildren(drawPublishing({ send, announce, signal }, state)));
  stage.querySelector('.publish-body')?.scrollTo({ top: scrolled });
  tell(state);
  before = state;
}

/** What changes while nobody touches the page is said to those who do not see it. */
function tell(state: ToPublishPage): void {
  if (before === undefined || before.busy === state.busy) return;
  if (state.busy !== undefined || state.problem !== undefined) return;
  if (state.drift !== undefined && before.busy === 'checking')
    announce(state.drift.length === 0 ? l10n.t('Nothing differs.') : l10n.t('Something differs from what was published.'));
  else if (state.phase === 'done') announce(l10n.t('It is published.'));
  else if (state.phase === 'undone') announce(l10n.t('It is undone.'));
}

function send(message: FromPublishPage): void {
  if (message.type !== 'stop' || performance.now() - busySinceMs >= soonestStopMs) frame.send(message);
}

function press(): void {
  pressed = true;
}

/** After the click that follows, what came meanwhile is drawn. */
function letGo(): void {
  setTimeout(() => {
    pressed = false;
    const state = held;
    held = undefined;
    if (state) show(state);
  }, 0);
}

addEventListener('pointerdown', press, true);
addEventListener('keydown', ({ key }) => {
  if (key === ' ') press();
}, true);
for (const end of ['pointerup', 'pointercancel', 'keyup', 'blur']) addEventListener(end, letGo, true);

frame.listen((message) => {
  if (message.type === 'publishing') show(message);
});
