// What every part of the page of a call is handed: the ways out of it.

import type { FromTryItPage } from '../../src/features/tryIt/messages';
import type { PageOf } from '../kit/context';

/** The page of a call. */
export type TryItContext = PageOf<FromTryItPage>;
