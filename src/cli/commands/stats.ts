// clew stats: what agents did, how well, and what could be better.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, json, oneOf } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { statsLines, topics } from '../render/stats/index.ts';
import { UsageError } from '../usage-error.ts';
import { figureRequest, figureTopics, isFigureTopic, showFigures } from './figures.ts';

const { project, agent, model, since, until } = filterFlags;

export const stats = defineCommand({
  summary: 'Show how well agents did: tools, errors, files, models, and what could be better',
  group: 'Look',
  positionals: [{ name: 'topic', complete: [...topics, ...figureTopics] }, { name: 'name' }],
  flags: { project, agent, model, since, until, json },
  about: `Of the last 30 days, if nothing else is asked for. Topics: ${topics.join(', ')}; without one, the most important of each. \`agent NAME\`, \`issue ID\`, \`skill NAME\`, \`overall\` and \`durations\` (of one --agent) are figures of all time, or since --since.`,
  examples: [
    ['clew stats', 'the most important'],
    ['clew stats errors --since 7d', 'errors that came again, and what fixed them'],
    ['clew stats tools --project api', 'success, durations and cost of each tool'],
    ['clew stats issue bd-42', 'who worked on an issue, and for how long'],
    ['clew stats durations --agent codex', 'how long sessions took'],
    ['clew stats --json | jq .recommendations', 'for scripts'],
  ],
  async run(cli, { json: asJson, ...filter }, [word, name]) {
    const topic = word === undefined ? undefined : oneOf([...topics, ...figureTopics], word, 'topic');
    if (isFigureTopic(topic)) {
      const asked = figureRequest(topic, name, filter);
      return showFigures(await openFresh(cli), topic, { ...asked, asJson });
    }
    if (name !== undefined)
      throw new UsageError(`"${name}" is one word too many`, '`clew stats --help` shows what it takes');
    const clew = await openFresh(cli);
    const found = clew.stats(filter);
    if (asJson) printJson(topic === undefined ? found : found[topic]);
    else await show(statsLines(harmless(found), topic, viewOf(clew)));
    return undefined;
  },
});
