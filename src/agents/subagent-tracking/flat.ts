// Brings lines of the three vocabularies into one: the seventeen types, flat. Those of the event bus are in bus.ts.
import { isEventType } from '../../model/events/index.ts';
import type { EventType } from '../../model/events/index.ts';
import { isObject, list, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** The name that a line gives its event; some writers call it `type`. */
export const nameOf = (line: Json): string | undefined => text(line['event_type']) ?? text(line['type']);

/** A line of the writers who say `type`; they give a confidence in words, which is no number. */
export function ofVariant({ type, ...line }: Json): Json {
  const { confidence, ...rest } = line;
  const isWord = typeof confidence === 'string' && !Number.isFinite(Number(confidence));
  return { event_type: type, ...(isWord ? { ...rest, confidence_in_words: confidence } : line) };
}

/** Below which names nested lines have their details. */
const nests: Partial<Record<EventType, readonly string[]>> = {
  agent_invocation: ['agent'],
  tool_usage: ['tool', 'execution'],
  file_operation: ['operation'],
  decision: ['decision'],
  error: ['error'],
  context_snapshot: ['snapshot'],
  validation: ['validation'],
};

export const isNested = (line: Json): boolean => {
  const name = line['event_type'];
  return isEventType(name) && (nests[name]?.some((nest) => isObject(line[nest])) ?? false);
};

/** What a nested line says, flat. What has no place there is kept under the name that it had. */
export function flattened(line: Json): Json {
  const flatten = flatteners[line['event_type'] as EventType];
  const { agent } = line;
  const told = flatten?.(line) ?? {};
  return withoutAbsent({ ...line, agent: text(agent) ?? text(object(agent)?.['name']) ?? unknown, ...told });
}

/** Who did it, where a vocabulary does not tell. */
export const unknown = 'unknown';

const part = (line: Json, name: string): Json => object(line[name]) ?? {};

export const withoutAbsent = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null));

const flatteners: Partial<Record<EventType, (line: Json) => Json>> = {
  agent_invocation(line) {
    const { name, invoked_by, reason, ...rest } = part(line, 'agent');
    const { tokens_consumed } = part(line, 'context');
    return { agent: name ?? unknown, invoked_by, reason, tokens_consumed, ...rest };
  },
  tool_usage(line) {
    const { name, parameters, ...rest } = part(line, 'tool');
    const { duration_ms, success, error, ...execution } = part(line, 'execution');
    const { summary, ...result } = part(line, 'result');
    return {
      tool: name ?? text(line['tool']),
      operation: rest['description'],
      parameters,
      success,
      duration_ms,
      error_message: error,
      result_summary: summary,
      details: withoutAbsent({ ...rest, ...execution, ...result }),
      execution: undefined,
      result: undefined,
    };
  },
  file_operation(line) {
    const { type, file_path, size_bytes, hash_before, hash_after, diff_summary, ...rest } = part(
      line,
      'operation',
    );
    return {
      // It says "write" where it does not know whether the file was there.
      operation: type === 'write' ? 'modify' : type,
      file_path,
      file_size_bytes: size_bytes,
      git_hash_before: hash_before,
      git_hash_after: hash_after,
      diff_summary,
      ...rest,
    };
  },
  decision(line) {
    const { question, options, selected, rationale, confidence, ...rest } = part(line, 'decision');
    const choices = list(options);
    const chosen = objects(choices).find((one) => one['choice'] === selected);
    return {
      ...rest,
      decision: undefined,
      question,
      selected,
      rationale,
      options: choices.map((one) => (isObject(one) ? one['choice'] : one)),
      option_details: choices.some(isObject) ? choices : undefined,
      confidence: confidence ?? chosen?.['confidence'],
    };
  },
  error(line) {
    const { type, message, severity, context, ...rest } = part(line, 'error');
    const given = severity === 'warning' ? { severity: 'medium', severity_given: severity } : { severity };
    return {
      ...rest,
      ...given,
      error: undefined,
      error_type: type,
      error_message: message,
      context: context ?? line['context'] ?? {},
    };
  },
  context_snapshot(line) {
    const { tokens_remaining, ...rest } = part(line, 'snapshot');
    return { tokens_remaining, files_in_context: line['files_in_context'] ?? [], snapshot: rest };
  },
  validation(line) {
    const { type, target, result, checks, ...rest } = part(line, 'validation');
    return {
      ...rest,
      validation: undefined,
      validation_type: type,
      task: target,
      result,
      checks: checks ?? {},
    };
  },
};
