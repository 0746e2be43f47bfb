// Makes demo/.claude: the sessions that `clew demo` shows, as Claude Code would have written them. They are made up, their
// projects and their people too. Run it after changing a story; `--check` only compares.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stories } from './demo/stories/index.mjs';

const target = path.join(import.meta.dirname, '..', 'demo', '.claude');

/** Path below demo/.claude → text. */
export function demoFiles() {
  const files = new Map();
  for (const session of stories())
    for (const [file, lines] of session.output)
      files.set(file, file.endsWith('.json') ? lines.join('') : `${lines.join('\n')}\n`);
  return files;
}

function textOf(file) {
  try {
    return readFileSync(path.join(target, file), 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === import.meta.filename) {
  const files = demoFiles();
  const stale = [...files].filter(([file, text]) => textOf(file) !== text).map(([file]) => file);
  if (process.argv.includes('--check')) {
    if (stale.length > 0) console.error(`not as made: ${stale.join(', ')}`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    rmSync(path.join(target, 'projects'), { recursive: true, force: true });
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
      writeFileSync(path.join(target, file), text);
    }
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    console.log(`${files.size} files, ${Math.round(bytes / 1024)} KB, ${stale.length} changed`);
  }
}
