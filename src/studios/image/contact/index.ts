/** Many pictures on one sheet. */
export { contactSheet, type Sheet } from './contact-sheet.ts';
