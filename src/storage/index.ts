export { openSqliteStorage } from './sqlite/storage.ts';
