// Errors that came again, each with what is known of it.
import type { ErrorPattern } from '../../../index.ts';
import { many } from '../numbers.ts';
import type { View } from '../view.ts';
import { fit } from '../width.ts';

export function errorLines(patterns: readonly ErrorPattern[], view: View): string[] {
  const { dim, bold } = view.colour;
  return patterns.flatMap((one) => {
    const where = one.files.length > 0 ? `in ${one.files.slice(0, 3).join(', ')}` : undefined;
    const fixes = one.fixedBy
      .map(({ what, count }) => `${what}${count > 1 ? ` (${count}×)` : ''}`)
      .join('; ');
    const fixed = one.fixed > 0 ? `fixed ${many(one.fixed, 'time')}: ${fixes}` : 'not seen to be fixed';
    return [
      `${bold(`${one.count}×`)} ${fit(one.example, Math.max(20, view.width - 6))}`,
      dim(`   ${[one.tools.join(', '), many(one.sessions, 'session'), fixed].join(' · ')}`),
      ...(where === undefined ? [] : [dim(`   ${fit(where, view.width - 3)}`)]),
    ];
  });
}
