// Reads a table from a file or a URL. The only place of clew that opens a connection, and only when asked to.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';

const mostBytes = 64 << 20;
const patienceMs = 30_000;

export const isUrl = (from: string): boolean => /^https?:\/\//.test(from);

/** Throws UNREADABLE, and BAD_INPUT for what is no JSON. */
export async function readJson(from: string, cwd: string): Promise<unknown> {
  const text = isUrl(from) ? await download(from) : readText(path.resolve(cwd, from));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ClewError(
      'BAD_INPUT',
      `${from} is no JSON: ${(error as Error).message}`,
      'docs/prices.md lists the forms that are understood',
    );
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, (error as Error).message, error);
  }
}

async function download(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    if (!answer.ok) throw new Error(`the server answers ${answer.status} ${answer.statusText}`.trim());
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
      size += part.length;
      if (size > mostBytes) throw new Error(`it is larger than ${mostBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  } catch (error) {
    const { message, cause } = error as Error;
    throw unreadable(url, cause instanceof Error ? `${message}: ${cause.message}` : message, error);
  }
}

const unreadable = (from: string, why: string, cause: unknown): ClewError =>
  new ClewError(
    'UNREADABLE',
    `${from} cannot be read: ${why}`,
    'check the address, or save it to a file first',
    {
      cause,
    },
  );
