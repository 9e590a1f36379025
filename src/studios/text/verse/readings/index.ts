export { describeReadings, type Place, placeOf, readAs, soundOf } from './resolve.ts';
