// One session of Claude Code as its files: the records that the client of a version writes, for the main agent and for its
// subagents. What the formats are is told in src/agents/claude-code/SOURCES.md.
import path from 'node:path';
import { random } from './random.mjs';

/** US dollars per million tokens: input, output, cache read, cache write of 5 minutes, of an hour. */
const prices = {
  'claude-opus-5': [5, 25, 0.5, 6.25, 10],
  'claude-opus-4-5-20251101': [5, 25, 0.5, 6.25, 10],
  'claude-sonnet-4-6': [3, 15, 0.3, 3.75, 6],
  'claude-haiku-4-5-20251001': [1, 5, 0.1, 1.25, 2],
};

const slugOf = (cwd) => cwd.replaceAll(/[^A-Za-z0-9]/g, '-');
const isLate = (version) => version === '2.1.329';
const tokensIn = (text) => Math.ceil(text.length / 3.6);

export function openSession({ id, version, cwd, branch, model, start, files = {}, from, hourCache = false }) {
  const r = random(from ? `${id}/fork` : id);
  const folder = path.posix.join('projects', slugOf(cwd));
  const session = {
    r, id, version, cwd, branch, model, hourCache, folder,
    mode: 'default',
    now: Date.parse(start),
    started: Date.parse(start),
    /** Contents of the project's files as the session sees them: path from the project's root → text. */
    files: new Map(Object.entries(files)),
    /** Written files: path below the home's `.claude` → lines. */
    output: new Map(),
    usage: new Map(),
    linesAdded: 0,
    linesRemoved: 0,
    lines(file) {
      const known = session.output.get(file);
      if (known) return known;
      const lines = [];
      session.output.set(file, lines);
      return lines;
    },
  };
  const file = `${folder}/${id}.jsonl`;
  const main = conversation(session, { file, model });
  /** A record without a part in the conversation. */
  const note = (type, fields) => session.lines(file).push(JSON.stringify({ type, ...fields, sessionId: id }));
  return Object.assign(main, {
    session,
    file,
    note,
    title: (words) => (isLate(version) || version === '2.1.100' ? note('ai-title', { aiTitle: words }) : session.lines(file).push(JSON.stringify({ type: 'summary', summary: words, leafUuid: main.last }))),
    wait(minutes) {
      session.now += Math.round(minutes * 60_000);
    },
    /** What the client books when its process ends. */
    close() {
      if (!isLate(version)) return;
      const modelUsage = Object.fromEntries([...session.usage].map(([name, u]) => [name, { ...u, webSearchRequests: 0, costUSD: Math.round(u.costUSD * 1e6) / 1e6 }]));
      const totalCostUSD = Math.round(Object.values(modelUsage).reduce((sum, u) => sum + u.costUSD, 0) * 1e6) / 1e6;
      note('cost-state', {
        totalCostUSD, totalAPIDuration: session.apiMs ?? 0, totalToolDuration: session.toolMs ?? 0, totalLinesAdded: session.linesAdded,
        totalLinesRemoved: session.linesRemoved, totalDuration: session.now - session.started, startTime: session.started, modelUsage, hasUnknownModelCost: false,
      });
    },
    /** A session that begins as a copy of this one's records so far. */
    fork({ id: forkId, start: forkStart, branch: forkBranch }) {
      const other = openSession({ id: forkId, version, cwd, branch: forkBranch ?? branch, model, start: forkStart, files: Object.fromEntries(session.files), from: id });
      const copied = session.lines(file).map((line) => JSON.parse(line)).filter((record) => record.uuid !== undefined);
      for (const record of copied) {
        const copy = { ...record, sessionId: forkId, ...(record.type === 'assistant' && { requestSessionId: id }) };
        other.session.lines(other.file).push(JSON.stringify(copy));
      }
      other.continueFrom(main);
      other.session.usage = structuredClone(session.usage);
      return other;
    },
  });
}

/** The records of one agent run. */
export function conversation(session, { file, model, agentId, context = 16_400 }) {
  const { r, version } = session;
  let last = null;
  let held = context;
  let fresh = 0;
  let lastRequest = 0;
  let turnStart = session.now;
  let leaf = null;
  let promptText = '';
  let promptIndex = -1;

  const write = (fields, { parent = last, aside = false } = {}) => {
    const uuid = r.uuid();
    session.now += r.between(3, 40);
    const record = {
      parentUuid: parent, isSidechain: agentId !== undefined, ...(agentId && { agentId }), ...fields, uuid, timestamp: new Date(session.now).toISOString(),
      userType: 'external', entrypoint: 'cli', cwd: session.cwd, sessionId: session.id, version, gitBranch: session.branch,
    };
    session.lines(file).push(JSON.stringify(record));
    if (!aside) {
      last = uuid;
      leaf = uuid;
    }
    return uuid;
  };

  /** Counts one request, with all of the context read from the cache if it is still there. */
  const request = (output) => {
    const lifetime = session.hourCache ? 3_600_000 : 300_000;
    const isWarm = session.now - lastRequest < lifetime;
    const written = Math.ceil(fresh / 3.6) + r.between(8, 60);
    // The first request finds the client's own instructions in the cache; a later one, after a long pause, nothing.
    const read = isWarm ? held : lastRequest === 0 ? 14_208 : 0;
    const write = held - read + written;
    const input = r.between(2, 9);
    held += written + output;
    fresh = 0;
    const ms = 1400 + output * 14 + r.between(0, 900);
    session.now += ms;
    session.apiMs = (session.apiMs ?? 0) + ms;
    lastRequest = session.now;
    const [pi, po, pr, p5, p1] = prices[model];
    const u = session.usage.get(model) ?? { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0, costUSD: 0 };
    session.usage.set(model, {
      inputTokens: u.inputTokens + input,
      outputTokens: u.outputTokens + output,
      cacheReadInputTokens: u.cacheReadInputTokens + read,
      cacheCreationInputTokens: u.cacheCreationInputTokens + write,
      costUSD: u.costUSD + (input * pi + output * po + read * pr + write * (session.hourCache ? p1 : p5)) / 1e6,
    });
    return { id: `msg_01${r.id(22)}`, requestId: `req_011C${r.id(20)}`, usage: { input, output, read, write } };
  };

  const usageOf = (usage, output) => ({
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.write,
    cache_read_input_tokens: usage.read,
    ...(isLate(version) && { output_tokens_details: { thinking_tokens: 0 } }),
    output_tokens: output,
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    service_tier: 'standard',
    cache_creation: session.hourCache
      ? { ephemeral_1h_input_tokens: usage.write, ephemeral_5m_input_tokens: 0 }
      : { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: usage.write },
    ...(isLate(version) && { inference_geo: 'not_available', iterations: [], speed: 'standard' }),
  });

  /** Up to 2.1.97 the first lines of a response hold the count of the stream's start; some never get a better one. */
  const assistant = (told, block, index, count, stop) => {
    const isFinal = version !== '2.0.77' || (index === count - 1 && told.complete);
    return write({
      type: 'assistant',
      message: {
        model, id: told.id, type: 'message', role: 'assistant', content: [block], stop_reason: isFinal ? stop : null, stop_sequence: null,
        usage: usageOf(told.usage, isFinal ? told.usage.output : Math.min(told.usage.output, 3)),
        ...(isLate(version) && { stop_details: null }),
      },
      requestId: told.requestId,
      ...(isLate(version) && { apiBlockIndex: index, requestedModel: model, promptCacheRequested: session.hourCache ? '1h' : '5m', effort: 'medium', madeBy: 'model' }),
    });
  };

  const self = {
    get last() {
      return last;
    },
    get context() {
      return held;
    },
    state: () => ({ last, held, promptIndex }),
    continueFrom(other) {
      ({ last, held, promptIndex } = other.state());
      leaf = last;
    },
    write,
    add: (characters) => {
      fresh += characters;
    },
    grow: (tokens) => {
      held += tokens;
    },

    prompt(text, fields = {}) {
      fresh += text.length;
      turnStart = session.now;
      promptText = text;
      promptIndex++;
      const late = isLate(version) && !agentId && { promptId: r.uuid(), permissionMode: session.mode, promptSource: 'typed', origin: { kind: 'human' }, turnPosition: { promptIndex, turnIndex: promptIndex + 1 } };
      return write({ type: 'user', message: { role: 'user', content: text }, ...late, ...fields });
    },

    /** One response of the API, and the results of the calls in it. */
    step({ think, say, calls = [], complete = true }) {
      const blocks = [];
      if (think) blocks.push({ type: 'thinking', thinking: think, signature: r.base64(r.between(90, 220)) });
      if (say) blocks.push({ type: 'text', text: say });
      const made = calls.map((call) => ({ ...call(session.cwd), id: `toolu_01${r.id(22)}` }));
      for (const { id, name, input } of made) blocks.push({ type: 'tool_use', id, name, input });
      // Thoughts are billed whole and told abridged.
      const unseen = think ? r.between(180, 900) : r.between(4, 40);
      const output = blocks.reduce((sum, block) => sum + tokensIn(JSON.stringify({ ...block, signature: undefined })), unseen);
      const told = { ...request(output), complete };
      const uuids = blocks.map((block, i) => assistant(told, block, i, blocks.length, made.length > 0 ? 'tool_use' : 'end_turn'));
      const callAt = (i) => uuids[blocks.length - made.length + i];
      const began = session.now;
      let ended = began;
      const results = made.map((call, i) => {
        // Calls of one response run side by side.
        session.now = began;
        const result = call.run({ session, self, id: call.id, began });
        session.now = Math.max(session.now, began + (result.ms ?? 40));
        ended = Math.max(ended, session.now);
        session.toolMs = (session.toolMs ?? 0) + session.now - began;
        return { ...result, at: session.now, parent: callAt(i), id: call.id };
      });
      for (const result of results.toSorted((a, b) => a.at - b.at)) {
        session.now = Math.max(session.now, result.at);
        writeResult(result);
      }
      session.now = Math.max(session.now, ended);
    },

    endTurn() {
      if (version !== '2.0.77') write({ type: 'system', subtype: 'turn_duration', durationMs: session.now - turnStart, messageCount: 2, isMeta: false }, { aside: true });
      if (!agentId && version !== '2.0.77') session.lines(file).push(JSON.stringify({ type: 'last-prompt', lastPrompt: promptText.slice(0, 200), leafUuid: leaf, sessionId: session.id }));
    },
  };

  function writeResult({ id, content, result, isError = false, parent, fields = {} }) {
    const words = typeof content === 'string' ? content : JSON.stringify(content);
    fresh += words.length;
    const decision = isLate(version) && !agentId && { permissionDecision: { decision: 'accept', source: 'config', reasonType: 'mode' } };
    write(
      {
        type: 'user',
        message: { role: 'user', content: [{ tool_use_id: id, type: 'tool_result', content, ...(isError && { is_error: true }) }] },
        toolUseResult: result,
        sourceToolAssistantUUID: parent,
        ...decision,
        ...fields,
      },
      { parent },
    );
  }
  return self;
}
