// What a batch counts for, on its way from a worker and in a transaction.
import type { Prepared } from './prepare.ts';

/** A small file makes a batch, too, with its share of overhead. */
const leastBytes = 64 << 10;

/** Source bytes. */
export const weightOf = (batch: Prepared): number => Math.max(batch.bytes, leastBytes);
