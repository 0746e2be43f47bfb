// The JSON that clew's commands print, as far as this test relies on it.
import type { Usage } from '../stub/scenario.ts';

/** `clew sessions --json`: an array of these. */
export interface SessionRow {
  readonly id: string;
  readonly agent: string;
  readonly agentVersion: string | null;
  readonly workspace: string | null;
  readonly status: string;
  readonly models: readonly string[];
  readonly turns: number;
  readonly operations: number;
  readonly errors: number;
  readonly tokens: Usage;
  readonly parentSessionId: string | null;
}

export interface RunNode {
  readonly id: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly operations: number;
  /** The operation that started it. */
  readonly operation?: string | null;
  readonly children: readonly RunNode[];
}

/** `clew show ID --json`. */
export interface SessionDetail extends SessionRow {
  readonly runs: readonly RunNode[];
  readonly operationsByType: Readonly<Record<string, number>>;
  readonly changedFiles: readonly (string | { readonly path: string })[];
}

/** `clew log ID --json` has them as `entries`; `clew log ID --follow --json` prints one a line. */
export interface Entry {
  readonly key: string;
  readonly kind: string;
  readonly at: number | string;
  readonly run: string;
  readonly text: string;
  readonly operation?: Operation | null;
}

export interface Operation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly target: string;
  readonly status: string;
  readonly durationMs?: number | null;
  readonly error?: string | null;
  readonly changes: readonly { readonly path: string; readonly kind?: string }[];
}

/** `clew doctor --json`. */
export interface Health {
  readonly hooks: readonly { readonly agent: string; readonly installed: boolean; readonly fired: number }[];
}

/** Times are milliseconds or ISO. */
export const millis = (at: number | string) => (typeof at === 'number' ? at : Date.parse(at));
