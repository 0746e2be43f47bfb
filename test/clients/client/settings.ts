// The settings that the user has before clew comes: some keys of their own, a permission rule, and hooks that note down
// what the client tells them. Clew must leave all of it in force.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from './world.ts';

export interface Settings {
  readonly hooks?: Record<string, unknown>;
  readonly [key: string]: unknown;
}

/** What a hook of the user's was told of one tool call. */
export interface SeenCall {
  readonly hook_event_name: string;
  readonly session_id: string;
  readonly tool_name: string;
  readonly tool_use_id?: string;
  readonly duration_ms?: number;
}

export const settingsFile = (world: World) => path.join(world.home, '.claude', 'settings.json');

export function writeUserSettings(world: World): Settings {
  const command = 'cat > "$SEEN/$$.json"';
  const note = [{ matcher: '*', hooks: [{ type: 'command', command }] }];
  // Versions up to 2.1.100 drop the whole file for one event that they do not know.
  const failures = world.version.startsWith('1.') ? {} : { PostToolUseFailure: note };
  const settings = {
    cleanupPeriodDays: 365,
    env: { MARK_OF_THE_USER: '1' },
    permissions: { deny: ['Bash(echo forbidden:*)'] },
    hooks: { PostToolUse: note, ...failures },
  };
  mkdirSync(path.dirname(settingsFile(world)), { recursive: true });
  writeFileSync(settingsFile(world), JSON.stringify(settings, null, 2));
  return settings;
}

export const readSettings = (world: World) =>
  JSON.parse(readFileSync(settingsFile(world), 'utf8')) as Settings;

export function seenCalls(world: World): SeenCall[] {
  return readdirSync(world.seen).map(
    (name) => JSON.parse(readFileSync(path.join(world.seen, name), 'utf8')) as SeenCall,
  );
}
