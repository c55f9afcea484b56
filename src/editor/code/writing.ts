// The bundle that writes code and the service's page: loaded on first use.

export { besCode, rrsCode } from '../../protocol/code/code';
export { requestShape, requestShapeNote } from '../../protocol/code/shapes';
export { serviceView } from './serviceView';
