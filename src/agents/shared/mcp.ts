// clew's MCP server among those in an agent's JSON settings: one member named `clew`, put in and taken out without a change
// of any other byte.
import type { AgentMcp, McpServer } from '../../model/agent.ts';
import { ClewError } from '../../model/errors.ts';
import type { Context } from '../../model/context.ts';
import { readSettings } from './hooks/files.ts';
import { applyRemoval, planRemoval, writeSettings } from './hooks/install.ts';
import { append, hasMore, remove } from './hooks/json-edit.ts';
import { settingsOf, split } from './hooks/settings.ts';

interface Place {
  readonly fileOf: (context: Context, project?: string) => string;
  /** The member of the settings that holds the servers. */
  readonly member: string;
  readonly entryOf: (server: McpServer) => unknown;
}

const name = 'clew';

export const mcpIn = ({ fileOf, member, entryOf }: Place): AgentMcp => ({
  plan(context, server, project) {
    const file = fileOf(context, project);
    const before = readSettings(file);
    const entry = entryOf(project === undefined ? server : { ...server, command: ['clew', 'mcp'] });
    const found = serverIn(before ?? '', member, file);
    if (found !== undefined && !isClew(found)) {
      const message = `has another server by the name of ${name}, which is left as it is`;
      return { file, before, after: before, warnings: [{ code: 'taken', file, message }] };
    }
    const same = JSON.stringify(found) === JSON.stringify(entry);
    const after = same ? before : add(without(before ?? '', member, file), member, entry, file);
    return { file, before, after, warnings: project === undefined ? [] : [forAll(file)] };
  },
  planRemoval(context, project) {
    const file = fileOf(context, project);
    return planRemoval(file, context, (text) => without(text, member, file));
  },
  install({ file, before, after }, context) {
    if (after !== undefined)
      writeSettings({ file, before, after }, context, (text) => without(text, member, file));
  },
  uninstall: applyRemoval,
});

const forAll = (file: string) => ({
  code: 'committed',
  file,
  message: 'is for everybody who works on the project: it calls `clew` by its name',
});

/** Any clew's server, also one that was registered by hand or by another version. */
export const isClew = (entry: unknown): boolean =>
  /\bclew\b/.test(JSON.stringify(entry)) && /"mcp"/.test(JSON.stringify(entry));

function serversIn(text: string, member: string, file: string): Readonly<Record<string, unknown>> {
  const servers = settingsOf(text, file)[member] ?? {};
  if (typeof servers === 'object' && !Array.isArray(servers)) return servers as Record<string, unknown>;
  throw new ClewError(
    'BAD_INPUT',
    `${file}: "${member}" must be an object`,
    `Put this right in ${file} by hand, then run the command again.`,
  );
}

const serverIn = (text: string, member: string, file: string): unknown => serversIn(text, member, file)[name];

function add(text: string, member: string, entry: unknown, file: string): string {
  const { mark, body } = split(text);
  const whole = body.trim() ? body : '{}\n';
  const has = settingsOf(whole, file)[member] !== undefined;
  return mark + append(has ? whole : append(whole, [], {}, member), [member], entry, name);
}

function without(text: string, member: string, file: string): string {
  const found = serverIn(text, member, file);
  if (found === undefined || !isClew(found)) return text;
  const { mark, body } = split(text);
  return mark + remove(body, hasMore(body, [member]) ? [member, name] : [member]);
}
