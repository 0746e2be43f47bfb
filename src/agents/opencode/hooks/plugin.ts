// The plugin that clew puts into OpenCode's folder: OpenCode has no hooks that are commands. It needs nothing but what
// OpenCode's own runtime brings. It hands each event to the hook script under the names that the script knows, waits for
// it, so that a checkpoint is of before or after the call, and lets nothing that fails be felt.

/** How clew knows the file again. */
export const mark = '// clew: tells clew what happens in OpenCode.';

/** `only`: a folder outside of which it does nothing. */
export const pluginText = (script: string, spool: string, only: string | undefined): string => `${mark}
// \`clew init\` wrote this file, \`clew uninstall\` removes it.
import { spawn } from 'node:child_process';

const script = ${JSON.stringify(script)};
const spool = ${JSON.stringify(spool)};
const only = ${JSON.stringify(only ?? null)};
${body}`;

const body = `const names = {
  bash: 'Bash', edit: 'Edit', glob: 'Glob', grep: 'Grep', list: 'LS', question: 'AskUserQuestion', read: 'Read',
  todoread: 'TodoRead', todowrite: 'TodoWrite', webfetch: 'WebFetch', websearch: 'WebSearch', write: 'Write',
};
const isWithin = (folder) => only === null || folder === only || folder.startsWith(only + '/');

export const Clew = async ({ client, directory }) => {
  const told = (globalThis[Symbol.for('clew')] ??= new Set());
  if (!isWithin(directory) || told.has(directory)) return {};
  told.add(directory);
  const parents = new Map();
  const calls = new Map();
  const sessions = new Set();

  const send = (event, payload) =>
    new Promise((done) => {
      try {
        const child = spawn('sh', [script, spool, 'opencode', event, String(process.pid)], {
          cwd: directory,
          stdio: ['pipe', 'ignore', 'ignore'],
        });
        child.on('error', done);
        child.on('close', done);
        child.stdin.on('error', () => {});
        child.stdin.end(JSON.stringify({ hook_event_name: event, ...payload }));
      } catch {
        done();
      }
    });

  const parentOf = async (id) => {
    if (!parents.has(id)) {
      parents.set(id, null);
      const late = new Promise((done) => setTimeout(done, 500));
      const found = await Promise.race([client.session.get({ path: { id } }).catch(() => {}), late]);
      parents.set(id, found?.data?.parentID ?? null);
    }
    return parents.get(id);
  };

  // A session that another one started is an agent of the one that it all began with.
  const who = async (id) => {
    let root = id;
    for (let depth = 0, parent; depth < 16 && (parent = await parentOf(root)); depth++) root = parent;
    sessions.add(root);
    return { session_id: root, ...(root !== id && { agent_id: id }), cwd: directory };
  };

  const about = async (id, call, tool, input) => ({
    ...(await who(id)),
    tool_name: names[tool] ?? tool,
    tool,
    tool_input: input,
    // Some models number their calls.
    [call?.length >= 16 ? 'tool_use_id' : 'call_id']: call,
  });

  const safely = (handle) => async (...args) => {
    try {
      await handle(...args);
    } catch {}
  };

  const events = {
    'session.created': async ({ info }) => {
      parents.set(info.id, info.parentID ?? null);
      if (info.parentID)
        await send('SubagentStart', { ...(await who(info.id)), parent_id: info.parentID, agent_type: info.agent });
      else await send('SessionStart', await who(info.id));
    },
    'session.idle': async ({ sessionID }) => {
      const of = await who(sessionID);
      await send(of.agent_id ? 'SubagentStop' : 'Stop', of);
    },
    // A call that fails has no end but this.
    'message.part.updated': async ({ part }) => {
      if (part.type !== 'tool' || part.state.status !== 'error' || !calls.delete(part.callID)) return;
      const { error, input } = part.state;
      await send('PostToolUseFailure', { ...(await about(part.sessionID, part.callID, part.tool, input)), error });
    },
    'permission.asked': async ({ id, tool }) => void calls.set(id, tool?.callID),
    'permission.updated': async ({ id, callID }) => void calls.set(id, callID),
    'permission.replied': async ({ sessionID, requestID, permissionID, reply, response }) => {
      const call = calls.get(requestID ?? permissionID);
      calls.delete(requestID ?? permissionID);
      if (call?.length >= 16)
        await send('PermissionReply', { ...(await who(sessionID)), reply: reply ?? response, tool_use_id: call });
    },
  };

  return {
    dispose: safely(async () => {
      told.delete(directory);
      await Promise.all([...sessions].map((id) => send('SessionEnd', { session_id: id, cwd: directory })));
      sessions.clear();
    }),
    event: safely(async ({ event }) => events[event.type]?.(event.properties)),
    'chat.message': safely(async ({ sessionID }, { parts }) => {
      const of = await who(sessionID);
      if (of.agent_id) return;
      const prompt = parts.find((part) => part.type === 'text' && !part.synthetic)?.text;
      await send('UserPromptSubmit', { ...of, prompt });
    }),
    'tool.execute.before': safely(async ({ tool, sessionID, callID }, { args }) => {
      calls.set(callID, callID);
      await send('PreToolUse', await about(sessionID, callID, tool, args));
    }),
    'tool.execute.after': safely(async ({ tool, sessionID, callID, args }, result) => {
      calls.delete(callID);
      const { output: _, preview: __, diagnostics: ___, ...metadata } = result?.metadata ?? {};
      const response = { metadata, output: String(result?.output ?? '').slice(0, 8192) };
      const { tool_use_id, call_id, ...rest } = await about(sessionID, callID, tool, args);
      await send('PostToolUse', { ...rest, tool_response: response, ...(call_id ? { call_id } : { tool_use_id }) });
    }),
  };
};
`;
