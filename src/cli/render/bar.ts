// A bar of block characters, as long as its share of the longest.

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

export function bar(value: number, longest: number, width: number): string {
  if (value <= 0 || longest <= 0) return '';
  const filled = Math.max(1, Math.round((8 * width * value) / longest));
  return '█'.repeat(filled >> 3) + eighths[filled & 7];
}
