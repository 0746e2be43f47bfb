// What a piece of work counts for: source bytes, but a small file has its share of overhead, too.
const leastBytes = 64 << 10;

export const weightOf = (bytes: number): number => Math.max(bytes, leastBytes);
