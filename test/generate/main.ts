// node test/generate/main.ts --dir D --bytes 1GB [--seed 1] [--session-bytes 100MB | --files N]
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    bytes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'session-bytes': { type: 'string' },
    files: { type: 'string' },
  },
});
if (values.dir === undefined || values.bytes === undefined) {
  console.error(
    'usage: node test/generate/main.ts --dir D --bytes 1GB [--seed 1] [--session-bytes S | --files N]',
  );
  process.exit(2);
}
const bytes = size(values.bytes);
const each = values['session-bytes'];
const sessionBytes = each ? size(each) : values.files ? Math.ceil(bytes / Number(values.files)) : undefined;
const start = performance.now();
const { paths, ...made } = generate({ dir: values.dir, bytes, seed: Number(values.seed), sessionBytes });
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({
    ...made,
    first: paths[0],
    seconds: Number(seconds.toFixed(1)),
    MBps: Math.round(made.bytes / seconds / 1e6),
  }),
);

function size(text: string): number {
  const match = /^([\d.]+)\s*([KMG]?)B?$/i.exec(text);
  if (!match) throw new Error(`not a size: ${text}`);
  const unit = { '': 1, K: 1e3, M: 1e6, G: 1e9 }[match[2]!.toUpperCase()] ?? 1;
  return Math.round(Number(match[1]) * unit);
}
