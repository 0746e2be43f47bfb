// clew inside of Gemini CLI: a skill, which the model takes up when its words fit, and commands, which the user calls as
// `/clew:resume`. These are TOML.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { skillText } from '../shared/commands/skill.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { settingsFile } from './hooks/index.ts';

export function commandFiles(context: Context, project?: string): CommandFile[] {
  const folder = path.dirname(settingsFile(context, project));
  return [
    { file: path.join(folder, 'skills', 'clew', 'SKILL.md'), text: skillText },
    ...ownCommands.map(({ name, description, text }) => ({
      file: path.join(folder, 'commands', 'clew', `${name}.toml`),
      text: `description = ${JSON.stringify(description)}\nprompt = '''\n${text('{{args}}')}\n'''\n`,
    })),
  ];
}
