// What every part of the page is handed: the ways out of it.

import type { FromWaysPage } from '../../src/features/apim/ways/messages';
import type { PageOf } from '../kit/context';

/** The page that compares both ways. */
export type WaysContext = PageOf<FromWaysPage>;
