export { createHouseSoundModel, identifySoundModel, isSoundFolder } from './house-sound-model.ts';
export { createHouseTokenModel, identifyHouseModel } from './house-token-model.ts';
export { createHousePictureModel, identifyPictureModel, isPictureFolder } from './picture-models/index.ts';
export { identifyWordVectors, isWordFolder } from './word-vectors.ts';
export { createHouseWorkshop, type WorkshopConfig } from './workshop/index.ts';
