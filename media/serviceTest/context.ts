// What every part of the page of a test is handed: the ways out of it.

import type { FromTestPage } from '../../src/features/tryIt/test/messages';
import type { PageOf } from '../kit/context';

/** The page of a test. */
export type TestContext = PageOf<FromTestPage>;
