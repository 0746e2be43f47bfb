// What every command is handed: access to the library, and where results will be shown.
import path from 'node:path';
import type { Clew, Context } from '../index.ts';
import type { View } from './render/view.ts';
import { columns, colours } from './terminal.ts';

export interface Cli {
  /**
   * Opens the library, as if called in `folder`. It is loaded only now: `clew --help` must not wait for SQLite. Closed by
   * `runCli`.
   */
  open: (folder?: string) => Promise<Clew>;
  close: () => void;
  /** Where to look for records in place of all known places; set by `clew demo`. */
  readonly sources: readonly string[] | undefined;
  /** How the user calls clew, for hints: `clew`, or `clew demo`. */
  readonly name: string;
}

export interface CliOptions {
  readonly name?: string;
  readonly sources?: readonly string[];
  readonly context?: (system: Context) => Context;
}

export function createCli({ name = 'clew', sources, context }: CliOptions = {}): Cli {
  const opened: Clew[] = [];
  return {
    name,
    sources,
    async open(folder) {
      const { openClew, systemContext } = await import('../index.ts');
      const here = systemContext();
      const system = folder === undefined ? here : { ...here, cwd: path.resolve(here.cwd, folder) };
      const clew = openClew({ context: context ? context(system) : system });
      opened.push(clew);
      return clew;
    },
    close() {
      for (const clew of opened.splice(0)) clew.close();
    },
  };
}

export const viewOf = ({ context }: Clew): View => ({
  width: columns(),
  colour: colours(),
  home: context.home,
  now: context.now(),
});
