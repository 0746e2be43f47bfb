// What an agent waits for when it starts `clew mcp`: from the start of the process until the list of tools is answered, and
// then until the first call is. Beside it a server of the same library that has no tools.
// Run: node bench/mcp.ts [--rounds 15] [--home HOME]   (without a home: the sample sessions)
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { interleave, machineLine, median, ms, table, tempDir } from './lib.ts';

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    home: { type: 'string', default: path.join(root, 'demo') },
  },
});
const rounds = Number(values.rounds);
const program = process.env['CLEW_PROGRAM'] || path.join(root, 'bin', 'clew.mjs');
const folder = tempDir('mcp');
const bare = path.join(folder, 'bare.mjs');
const library = (name: string): string =>
  JSON.stringify(import.meta.resolve(`@modelcontextprotocol/server${name}`));
writeFileSync(
  bare,
  `import { McpServer } from ${library('')};
   import { serveStdio } from ${library('/stdio')};
   serveStdio(() => new McpServer({ name: 'bare', version: '1' }, { capabilities: { tools: {} } }));`,
);

interface Times {
  readonly listed: number;
  readonly called: number;
}

/** Milliseconds since the start at which the answers came. */
function serve(args: readonly string[], withCall: boolean): Promise<Times> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, HOME: values.home, CLEW_HOME: path.join(folder, 'clew'), CLAUDE_CONFIG_DIR: '' },
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const send = (message: object): boolean =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  return new Promise((resolve, reject) => {
    let listed = Number.NaN;
    const end = (called: number): void => {
      child.stdin.end();
      child.on('exit', () => resolve({ listed, called }));
    };
    child.on('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id } = JSON.parse(line) as { id?: number };
      const now = performance.now() - started;
      if (id === 1) {
        send({ method: 'notifications/initialized' });
        send({ id: 2, method: 'tools/list' });
      } else if (id === 2) {
        listed = now;
        if (withCall)
          send({ id: 3, method: 'tools/call', params: { name: 'search', arguments: { words: 'tide' } } });
        else end(Number.NaN);
      } else if (id === 3) end(now);
    });
    const clientInfo = { name: 'bench', version: '1' };
    send({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
    });
  });
}

await serve([program, 'mcp'], true);
const runs = await interleave<Times>(rounds, {
  'clew mcp': () => serve([program, 'mcp'], true),
  'the same library, no tools': () => serve([bare], false),
});
const of = (name: string, which: keyof Times): string =>
  ms(median((runs[name] ?? []).map((run) => run[which])));
table(
  `From the start, medians of ${rounds}`,
  ['', 'tools/list is answered', 'the first call is'],
  Object.keys(runs).map((name) => [name, of(name, 'listed'), name === 'clew mcp' ? of(name, 'called') : '']),
);
console.log(`\n${machineLine()}`);
