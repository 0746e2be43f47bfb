// docs/cli.md lists every command with every flag.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { shownCommands } from './commands.ts';

const docs = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');

test.each(shownCommands)('%s', (name, { flags: own, subcommands = {} }) => {
  const flags = Object.assign({}, own, ...Object.values(subcommands).map((one) => one.flags)) as object;
  const section = docs.split(`\n## clew ${name}\n`)[1]?.split('\n## ')[0] ?? '';
  const missing = Object.keys(flags).filter((flag) => !section.includes(`--${flag}`));
  missing.push(...Object.keys(subcommands).filter((word) => !section.includes(`clew ${name} ${word}`)));
  expect({ documented: section !== '', missing }).toEqual({ documented: true, missing: [] });
});
