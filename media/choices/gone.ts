// What stands in the place of the form when nobody waits for its choices any more.

import * as l10n from '@vscode/l10n';
import { h } from '../kit/elements';
import { drawPlacard } from '../kit/placard';

/** Draws it. */
export function drawGone(): HTMLElement {
  return drawPlacard('file', l10n.t('There is nothing to choose any more'), 'h1',
    h('p', {}, l10n.t('The service was removed, or the sample service, whose address changes with each start, has ended.')),
    h('p', { class: 'muted' }, l10n.t('Start anew from the service in the sidebar.')));
}
