// The page of choices: says that it is ready, draws the form, and tells the editor each change; what is typed survives a reload.

import type { FromChoicesPage, ToChoicesPage } from '../../src/features/apim/choices/messages';
import { openFrame } from '../kit/frame';
import { drawChoices, type ChoicesForm } from './form';
import { drawGone } from './gone';

const frame = openFrame<FromChoicesPage, ToChoicesPage>();
let form: ChoicesForm | undefined;
let controller = new AbortController();
let turn = 0;
let seen = 0;

function show(message: Extract<ToChoicesPage, { readonly type: 'choices' }>): void {
  controller.abort();
  controller = new AbortController();
  const { place } = message;
  const hadFocus = frame.stage.contains(document.activeElement);
  const drawn = drawChoices(message, controller.signal, {
    change: (draft) => {
      frame.save({ place, draft });
      frame.send({ type: 'change', turn: (turn += 1), seen, draft });
    },
    submit: (draft) => frame.send({ type: 'submit', turn: (turn += 1), seen, draft }),
  });
  frame.save({ place, draft: message.draft });
  form = drawn;
  frame.stage.replaceChildren(drawn.element);
  // A field has its inside once it was drawn.
  if (!hadFocus) requestAnimationFrame(() => drawn.focus());
}

frame.listen((message) => {
  switch (message.type) {
    case 'choices':
      return show(message);
    case 'checked':
      // An answer to what was typed before is not drawn.
      if (message.turn !== turn || !form) return;
      seen = turn;
      form.show(message.draft);
      frame.save({ place: form.place, draft: message.draft });
      return form.check(message.check, message.wanted);
    case 'busy':
      return form?.busy(message.busy);
    case 'gone':
      form = undefined;
      controller.abort();
      return frame.stage.replaceChildren(drawGone());
    default:
      return message satisfies never;
  }
});
