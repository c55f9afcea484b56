// The one face of what finds and masks secrets.

export { cleanedJsonInTurns, type Cleaner } from './jsonClean';
export { keyTail, mask } from './mask';
export { maskWords } from './maskWords';
export { fewEnough, withoutSecretParameters, withoutSecretParametersInTurns } from './parameterMask';
export { withoutSecretQuery } from './queryMask';
export { maskedHeader, redactor, shortestWithin, type Redactor } from './redactor';
export { cleanedInSlices } from './slicedMask';
export { looksSecret, maskTokens, secretValues, tokenCleaner } from './tokenMask';
