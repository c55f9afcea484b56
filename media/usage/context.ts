// What every part of the page of usage is handed: the ways out of it.

import type { FromUsagePage } from '../../src/features/apim/usage/messages';
import type { PageOf } from '../kit/context';

/** The page of usage. */
export type UsagePageContext = PageOf<FromUsagePage>;
