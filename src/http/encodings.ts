// Which content encodings an answer may have.

import type { Header } from '../model/wire';

/** The header that asks for what answers can be decoded from. */
export const acceptEncoding: Header = { name: 'Accept-Encoding', value: 'gzip, deflate, br' };
