// Commits: seen, linked to the sessions that they came out of, and whose each of their lines is.
export * from './commits/index.ts';
export * from './lines/index.ts';
export * from './report/index.ts';
