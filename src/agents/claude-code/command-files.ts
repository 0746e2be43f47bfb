// clew inside of Claude Code: a skill, which the model takes up when its words fit, and slash commands for the user.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { markdownFile } from '../shared/commands/markdown.ts';
import { skillText } from '../shared/commands/skill.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { configDir } from './hooks/index.ts';

export function commandFiles(context: Context, project?: string): CommandFile[] {
  const folder =
    project === undefined ? configDir(context) : path.join(path.resolve(context.cwd, project), '.claude');
  return [
    { file: path.join(folder, 'skills', 'clew', 'SKILL.md'), text: skillText },
    ...ownCommands.map(({ name, description, hint, text }) => ({
      file: path.join(folder, 'commands', `clew-${name}.md`),
      text: markdownFile(
        { description, 'argument-hint': hint, 'allowed-tools': 'Bash(clew:*), Read, mcp__clew' },
        text('$ARGUMENTS'),
      ),
    })),
  ];
}
