import * as z from 'zod';
import { defineTool } from '../tool.ts';

export const checkpoint = defineTool({
  name: 'checkpoint',
  title: 'Take a checkpoint',
  description:
    "Keeps the state of the project's files as they are now, so that it can be compared with and gone back to. Nothing of the project or of git is touched. Call it before something risky, and when asked to save or checkpoint progress.",
  records: true,
  input: { message: z.string().optional().describe('What this state is') },
  async run({ clew }, { message }) {
    const point = await clew.takeCheckpoint({ message });
    return `checkpoint ${point.id} of ${point.root}: ${point.changed} files differ from the one before. \`clew restore ${point.id}\` brings its files back.`;
  },
});
