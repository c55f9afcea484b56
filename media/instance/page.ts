// The page of a new instance: says that it is ready, draws the form, and tells the editor each change; what is typed survives a reload.

import type { CreateDraft, CreateField, FromCreatePage, ToCreatePage } from '../../src/features/apim/create/messages';
import { openFrame } from '../kit/frame';
import { drawForm, type InstanceForm } from './form';

const frame = openFrame<FromCreatePage, ToCreatePage>();
const controller = new AbortController();
const touched = new Set<CreateField>();
let form: InstanceForm | undefined;
let turn = 0;
/** The last wish to go on whose first problem was looked at. */
let wanted = 0;

function save(draft: CreateDraft): void {
  frame.save({ draft, touched: [...touched] });
}

function begin(message: ToCreatePage): InstanceForm {
  turn = message.turn;
  wanted = message.wanted;
  const drawn = drawForm(message, controller.signal, {
    change: (draft, field) => {
      touched.add(field);
      save(draft);
      frame.send({ type: 'change', turn: (turn += 1), draft, field });
    },
    submit: (draft) => frame.send({ type: 'submit', turn: (turn += 1), draft }),
    ask: (type) => frame.send({ type }),
  });
  frame.stage.replaceChildren(drawn.element);
  // A field has its inside once it was drawn.
  requestAnimationFrame(() => drawn.focus());
  return drawn;
}

frame.listen((message) => {
  const isNew = form === undefined;
  form ??= begin(message);
  // What was typed since is newer than what the editor knows.
  const isCurrent = isNew || message.turn === turn;
  form.show(message, isCurrent);
  if (isCurrent) save(message.draft);
  if (message.wanted <= wanted) return;
  wanted = message.wanted;
  form.lead();
});
