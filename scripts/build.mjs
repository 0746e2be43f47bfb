// Bundles the faces of clew (CLI, library, import worker) to dist/, and the library's types with them.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '..');
process.chdir(root);
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    cli: 'src/cli/main.ts',
    'status-line': 'src/cli/status-line-main.ts',
    index: 'src/index.ts',
    worker: 'src/ingest/worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  packages: 'bundle',
  // jsonc-parser's main file cannot be bundled; its module can.
  mainFields: ['module', 'main'],
  external: ['better-sqlite3'],
  banner: {
    js: "import { createRequire as __clewRequire } from 'node:module'; const require = __clewRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
cpSync('src/hooks', 'dist/hooks', { recursive: true, filter: (file) => !file.endsWith('.ts') });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  stdio: 'inherit',
});
