// A call of a tool, and what it is known by.
import type { Json } from '../shared/shapes.ts';

/** A call as a part tells it, or a hook. */
export interface ToolCall {
  readonly key: string;
  readonly name: string;
  readonly input: Json;
  readonly metadata: Json;
  readonly output: string;
  /** `completed`, `error`; else it has not ended. */
  readonly status: string;
  readonly error: string | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** From this length on an id is unique by itself; some models number their calls. */
const uniqueLength = 16;

/** Undefined for ids that may be given again, which only mean something within their message. */
export const keyOfCall = (id: string | undefined): string | undefined =>
  id !== undefined && id.length >= uniqueLength ? id : undefined;
