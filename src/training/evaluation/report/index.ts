/** One report of an evaluation: as JSON for programs, as one HTML page for people. */
export { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap.ts';
export { formatReportPage, type PageOptions } from './page.ts';
export { formatReportJson, type Name, type Report, type Section } from './report.ts';
