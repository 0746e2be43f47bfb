// What was asked for when an operation did what it did: the prompt of its turn, shortened to a line.
import type { Db } from '../../store/index.ts';

export function promptReader(db: Db): (operation: string) => string | null {
  const find = db.prepare<[string], { text: string }>(
    'SELECT e.text FROM operation o JOIN entry e ON e.key = o.turn WHERE o.id = ?',
  );
  const known = new Map<string, string | null>();
  return (operation) => {
    const there = known.get(operation);
    if (there !== undefined) return there;
    const prompt =
      find
        .get(operation)
        ?.text.split('\n')
        .find((line) => line.trim() !== '')
        ?.trim() ?? null;
    known.set(operation, prompt);
    return prompt;
  };
}
