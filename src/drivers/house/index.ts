export { createHouseTokenModel, identifyHouseModel } from './house-token-model.ts';
export { createHouseWorkshop, type WorkshopConfig } from './workshop/index.ts';
