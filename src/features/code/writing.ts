// The bundle that writes code and the service's page: loaded on first use.

export { besCode, rrsCode } from './writers/code';
export { requestShape, requestShapeNote } from './writers/shapes';
export { serviceView } from './serviceView';
