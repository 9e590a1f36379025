export { createHouseTokenModel, identifyHouseModel } from './house-token-model.ts';
