// clew inside of Codex: prompts, which the user calls as `/prompts:clew-resume`. A project has none.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { markdownFile } from '../shared/commands/markdown.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { codexHome } from './places.ts';

export const commandFiles = (context: Context, project?: string): CommandFile[] =>
  project === undefined
    ? ownCommands.map(({ name, description, hint, text }) => ({
        file: path.join(codexHome(context), 'prompts', `clew-${name}.md`),
        text: markdownFile({ description, 'argument-hint': hint }, text('$ARGUMENTS')),
      }))
    : [];
