// What every part of a publishing's page is handed: the ways out of it.

import type { FromPublishPage } from '../../src/features/apim/publish/messages';
import type { PageOf } from '../kit/context';

/** The page of a publishing. */
export type PublishPageContext = PageOf<FromPublishPage>;
