// Reports of use and cost, and what is behind their numbers. docs/usage.md says how they come about.
export { explainUsage } from './explain.ts';
export { usageReport } from './report.ts';
export { statusFigures } from './status.ts';
export type { StatusFigures } from './status.ts';
export type * from './types.ts';
