// What an import took in, and where it looked.
import type { IngestReport } from '../../index.ts';
import { bytes, many } from './numbers.ts';
import { tilde } from './path.ts';
import { duration } from './time.ts';
import type { View } from './view.ts';

export function importLines(report: IngestReport, view: View): string[] {
  if (!report.ran) return ['Another clew is importing; nothing was done here.'];
  if (report.found === 0 && report.hookCalls === 0 && report.failures.length === 0)
    return ['No records of agents were found. clew looked here:', ...rootLines(report, view)];
  return [summary(report), ...failureLines(report, view)];
}

function summary(report: IngestReport): string {
  const calls = report.hookCalls > 0 ? `${many(report.hookCalls, 'hook call')}, ` : '';
  if (report.lines === 0 && calls === '') return `Nothing new in ${many(report.found, 'source')}.`;
  return `Took in ${calls}${many(report.lines, 'record')} (${bytes(report.bytes)}) of ${many(report.files, 'source')} in ${duration(report.seconds * 1000)}.`;
}

/** For a first start: what to do where there is nothing to show. */
export const nothingFound = (report: IngestReport, name: string, view: View): string[] => [
  'Nothing is recorded yet, and no records of agents were found. clew looked here:',
  ...rootLines(report, view),
  ...failureLines(report, view),
  '',
  `If yours lie elsewhere: ${name} import <folder>, or name the folder in config.json.`,
  `To see what clew does, on sample sessions: ${name} demo (in a checkout: npm run demo).`,
];

/** Each place once, though several agents may look there. */
function rootLines({ roots }: IngestReport, view: View): string[] {
  const seen = new Set<string>();
  return roots.flatMap((root) => {
    if (seen.has(root.path)) return [];
    seen.add(root.path);
    return [
      `  ${tilde(root.path, view)}  ${view.colour.dim(`${root.agent}, ${root.origin}${root.exists ? '' : ', not there'}`)}`,
    ];
  });
}

const failureLines = ({ failures }: IngestReport, view: View): string[] =>
  failures.map((one) => `${view.colour.red('✗')} ${tilde(one.path, view)}: ${one.message}`);
