// clew inside of Gemini CLI: commands, which the user calls as `/clew:resume`. They are TOML.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { settingsFile } from './hooks/index.ts';

export const commandFiles = (context: Context, project?: string): CommandFile[] =>
  ownCommands.map(({ name, description, text }) => ({
    file: path.join(path.dirname(settingsFile(context, project)), 'commands', 'clew', `${name}.toml`),
    text: `description = ${JSON.stringify(description)}\nprompt = '''\n${text('{{args}}')}\n'''\n`,
  }));
