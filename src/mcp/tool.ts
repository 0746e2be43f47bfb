// What a tool is: its words for the model, its arguments, and what it answers.
import * as z from 'zod';
import type { Clew } from '../index.ts';
import type { Entries } from './bounded.ts';

/** What a tool is handed beside its arguments. */
export interface Call {
  readonly clew: Clew;
  /** The program that calls, as it named itself. */
  readonly client: string | undefined;
}

/** A text is bounded as a whole, entries at whole ones. */
export type Answer = string | Entries;

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** It writes a record; left out where the server only reads. */
  readonly records: boolean;
  readonly input: z.ZodObject;
  readonly run: (call: Call, given: unknown) => Answer | Promise<Answer>;
}

/** Gives a tool's `run` the types of its arguments. */
export const defineTool = <Shape extends z.ZodRawShape>(
  tool: Omit<Tool, 'input' | 'run'> & {
    readonly input: Shape;
    readonly run: (call: Call, given: z.infer<z.ZodObject<Shape>>) => Answer | Promise<Answer>;
  },
): Tool => ({ ...tool, input: z.strictObject(tool.input), run: tool.run as Tool['run'] });

export const defaultTokens = 2000;

/** Every tool that answers with more than a line takes it. */
export const maxTokens = z
  .int()
  .min(200)
  .max(50_000)
  .default(defaultTokens)
  .describe('The most tokens that the answer may take');

export const offset = z.int().min(0).default(0).describe('Pass over so many entries');

export const session = z.string().min(1).describe("A session's id, or its beginning");
