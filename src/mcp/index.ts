/**
 * The server by which agents record what they do and recall what was done, over stdio. It parses requests and shows results
 * that are bounded in tokens; all that it can do is the library's.
 */
export { serveMcp } from './serve.ts';
