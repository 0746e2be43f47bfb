// What Gemini CLI needs to be gone on with: see ../going-on/story.ts.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '../going-on/story.ts';
import { runGemini, writeGeminiSettings, type GeminiWorld } from './run.ts';
import type { Stub } from './stub.ts';

/** What the client puts behind a result that a chat ends with. */
const own = 'assistant: [The previous response was interrupted before it completed.]';

/** A chat taken up gives a result once more; twice where that is within the minute that the chat's file is named by. */
const isRepeated = (line: string, before: string | undefined): boolean =>
  line.startsWith('result ') && line === before;

export interface GeminiClient extends Client {
  /** The chat as older versions wrote it, in place of the lines. */
  asDocument(session: string): string;
}

export function geminiClient(world: GeminiWorld, stub: Stub): GeminiClient {
  const { folder, bin } = world;
  const work = path.join(folder, 'work');
  const home = path.join(folder, 'home');
  mkdirSync(work, { recursive: true });
  writeGeminiSettings(world);
  const tmp = path.join(home, '.gemini', 'tmp');
  const filesOf = (session: string): string[] =>
    readdirSync(tmp, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name).startsWith('session-'))
      .map((name) => path.join(tmp, name))
      .filter((file) => readFileSync(file, 'utf8').slice(0, 200).includes(session));
  return {
    work,
    home,
    bin,
    clewHome: path.join(folder, 'clew'),
    hasHooks: true,
    begin: (prompt, env = {}) => runGemini({ ...world, env }, work, prompt),
    goOn: (cwd, [, ...words], prompt) => runGemini(world, cwd, prompt, ...words),
    tag: (scenario) => `[[scenario:${scenario}]]`,
    sent: (scenario) =>
      (stub.served.find((one) => one.scenario === scenario)?.lines ?? []).filter(
        (line, i, lines) => line !== own && !isRepeated(line, lines[i - 1]),
      ),
    record: (session) =>
      filesOf(session)
        .map((file) => readFileSync(file, 'utf8'))
        .join(''),
    forget: (session) => filesOf(session).forEach((file) => rmSync(file)),
    asDocument(session) {
      const [file = ''] = filesOf(session);
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      const [head, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const messages = new Map<unknown, object>();
      for (const line of rest)
        if (line['id'] !== undefined) messages.set(line['id'], { ...messages.get(line['id']), ...line });
      const document = file.replace(/l$/, '');
      rmSync(file);
      writeFileSync(document, JSON.stringify({ ...head, messages: [...messages.values()] }, null, 2));
      return document;
    },
  };
}
