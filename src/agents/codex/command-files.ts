// clew inside of Codex: a skill, which the model takes up when its words fit, and prompts, which users of older versions call
// as `/prompts:clew-resume`. clew puts none of them into projects.
import path from 'node:path';
import type { CommandFile, Context } from '../../model/index.ts';
import { markdownFile } from '../shared/commands/markdown.ts';
import { skillText } from '../shared/commands/skill.ts';
import { ownCommands } from '../shared/commands/texts.ts';
import { codexHome } from './places.ts';

export function commandFiles(context: Context, project?: string): CommandFile[] {
  if (project !== undefined) return [];
  const folder = codexHome(context);
  return [
    { file: path.join(folder, 'skills', 'clew', 'SKILL.md'), text: skillText },
    ...ownCommands.map(({ name, description, hint, text }) => ({
      file: path.join(folder, 'prompts', `clew-${name}.md`),
      text: markdownFile({ description, 'argument-hint': hint }, text('$ARGUMENTS')),
    })),
  ];
}
