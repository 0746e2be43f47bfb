// clew inside of OpenCode: a skill, which the model takes up when its words fit, and commands, which the user calls as
// `/clew-resume`.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { markdownFile } from '../shared/commands/markdown.ts';
import { skillText } from '../shared/commands/skill.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { configFolder } from './hooks/index.ts';

export function commandFiles(context: Context, project?: string): CommandFile[] {
  const folder =
    project === undefined
      ? configFolder(context)
      : path.join(path.resolve(context.cwd, project), '.opencode');
  return [
    { file: path.join(folder, 'skill', 'clew', 'SKILL.md'), text: skillText },
    ...ownCommands.map(({ name, description, text }) => ({
      file: path.join(folder, 'command', `clew-${name}.md`),
      text: markdownFile({ description }, text('$ARGUMENTS')),
    })),
  ];
}
