// What every part of the form's page is handed: the ways out of it.

import type { FromLimitsPage } from '../../src/features/apim/limits/messages';
import type { PageOf } from '../kit/context';

/** The page of the form that limits calls. */
export type LimitsPageContext = PageOf<FromLimitsPage>;
