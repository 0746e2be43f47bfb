// What Codex needs to be gone on with: see ../going-on/story.ts.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runClew, type Client, type Plan } from '../going-on/story.ts';
import type { Report } from '../report.ts';
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
    begin: (prompt, env = {}) => runCodex({ ...world, env }, work, prompt),
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

/** A fork has its beginning in the original's rollout alone: clew's copy of it must have all of it. */
export async function goOnWithFork(world: CodexWorld, stub: Stub, report: Report): Promise<void> {
  const client = codexClient(world, stub);
  const prompt = (scenario: Parameters<Client['tag']>[0]): string =>
    `Please go ahead. ${client.tag(scenario)}`;
  const { session: original = '' } = await client.begin(prompt('one'));
  const { session: fork = '' } = await runCodex(world, client.work, prompt('two'), 'fork', original);
  runClew(client, ['import']);
  await client.goOn(client.work, ['codex', 'resume', fork], prompt('left'));
  client.forget(original);
  const without = JSON.parse(runClew(client, ['resume', fork, '--json'])) as Plan;
  report.holds('is told what is missing', without.why.includes('which it was forked from'), without);
  client.forget(fork);
  const plan = JSON.parse(runClew(client, ['resume', fork, '--print', '--json'])) as Plan;
  const ran = await client.goOn(client.work, plan.argv, prompt('gone'));
  report.holds("goes on from clew's copy", ran.code === 0 && plan.way === 'cut', [ran, plan]);
  // Of which the client had said all but the last answer's words to the server.
  const before = client.sent('left');
  report.equal('was given exactly the conversation', client.sent('gone').slice(0, before.length), before);
}
