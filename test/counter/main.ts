// node test/counter/main.ts DIR...   prints what the counter makes of Claude Code's folders, as JSON.
// DIR is a home, a .claude folder or a projects folder. --overall leaves the single sessions out.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { countClaudeCode } from './claude-code.ts';

const args = process.argv.slice(2);
const dirs = args.filter((arg) => !arg.startsWith('--')).map(projectsIn);
if (dirs.length === 0) {
  console.error('usage: node test/counter/main.ts [--overall] DIR...');
  process.exit(2);
}
const counts = countClaudeCode(dirs);
const { sessions: _, sessionIds, filesEdited, ...overall } = counts;
const short = { sessions: sessionIds.length, ...overall, filesEdited: filesEdited.length };
console.log(JSON.stringify(args.includes('--overall') ? short : counts, null, 2));

function projectsIn(dir: string): string {
  const inside = [path.join(dir, '.claude', 'projects'), path.join(dir, 'projects')];
  return inside.find((candidate) => existsSync(candidate)) ?? dir;
}
