// What Codex needs to be gone on with: see ../going-on/story.ts.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '../going-on/story.ts';
import { configOf, runCodex, type CodexWorld } from './run.ts';
import type { Stub } from './stub.ts';

export function codexClient(world: CodexWorld, stub: Stub): Client {
  const { folder, version, bin } = world;
  const isOld = version === '0.47.0';
  const work = path.join(folder, 'work');
  const home = path.join(folder, 'home');
  const config = path.join(home, '.codex');
  for (const place of [work, config]) mkdirSync(place, { recursive: true });
  writeFileSync(path.join(config, 'config.toml'), configOf(stub.url));
  const nameOf = (scenario: string): string => `${scenario}_${isOld ? 'old' : 'new'}`;
  const filesOf = (session: string): string[] =>
    readdirSync(path.join(config, 'sessions'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(`${session}.jsonl`))
      .map((name) => path.join(config, 'sessions', name));
  return {
    work,
    home,
    bin,
    clewHome: path.join(folder, 'clew'),
    hasHooks: !isOld,
    begin: (prompt) => runCodex(world, work, prompt),
    // `codex resume` has a screen, `codex exec resume` has none.
    goOn: (cwd, [, ...words], prompt) => runCodex(world, cwd, prompt, ...words),
    tag: (scenario) => `[[scenario:${nameOf(scenario)}]]`,
    sent: (scenario) => stub.served.find((one) => one.scenario === nameOf(scenario))?.lines ?? [],
    record: (session) =>
      filesOf(session)
        .map((file) => readFileSync(file, 'utf8'))
        .join(''),
    forget: (session) => filesOf(session).forEach((file) => rmSync(file)),
  };
}
