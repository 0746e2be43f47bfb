// A session as one HTML file that needs nothing else: no script, no font, no request. The policy in its head forbids what
// escaping should already have prevented: it allows this file's own style, by its hash, and nothing more.
import { createHash } from 'node:crypto';
import { totalTokens } from '../../../model/index.ts';
import type { SessionDetail, Timeline } from '../../types.ts';
import { factsOf, titleOf } from '../facts.ts';
import { outlineOf } from '../outline.ts';
import type { OutlineTurn } from '../outline.ts';
import { cacheWrite, clock, count, counted, day, firstLine, lines, short, span, within } from '../words.ts';
import { plusMinus } from './diff.ts';
import { itemBlocks, link } from './entry.ts';
import { style } from './style.ts';
import { escapeLine, prose } from './text.ts';

const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

export function* htmlDocument(detail: SessionDetail, timeline: Timeline): Generator<string> {
  const turns = outlineOf(detail, timeline);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeLine(titleOf(detail))}</title>
<style>${style}</style>
</head>
<body>
`;
  yield masthead(detail);
  yield '<div class="page">\n';
  yield contents(turns);
  yield '<main>\n';
  yield outcome(detail);
  let lastDay = detail.startedAt ? day(detail.startedAt) : '';
  for (const turn of turns) {
    const today = turn.prompt?.at ? day(turn.prompt.at) : lastDay;
    yield turnHead(turn, today === lastDay ? '' : today);
    lastDay = today;
    for (const item of turn.items) yield* itemBlocks(item, detail.workspace);
    yield '</section>\n';
  }
  yield '</main>\n</div>\n</body>\n</html>\n';
}

function masthead(detail: SessionDetail): string {
  const place = [detail.project, detail.branch].filter(Boolean).join(' · ');
  const when = [
    detail.startedAt && `${day(detail.startedAt)}, ${clock(detail.startedAt)} UTC`,
    span(detail.startedAt, detail.endedAt),
  ].filter(Boolean);
  const { added, removed } = lines(detail.changedFiles);
  const figures = [
    [count(detail.turns), detail.turns === 1 ? 'turn' : 'turns'],
    [count(detail.operations), detail.operations === 1 ? 'operation' : 'operations'],
    [plusMinus(added, removed), `lines in ${counted(detail.changedFiles.length, 'file')}`],
    [short(totalTokens(detail.tokens)), 'tokens'],
    ...(detail.errors > 0
      ? [[`<em>${count(detail.errors)}</em>`, detail.errors === 1 ? 'error' : 'errors']]
      : []),
  ];
  return `<header class="masthead">
<p class="place">${escapeLine(place)}</p>
<h1 dir="auto">${escapeLine(titleOf(detail))}</h1>
<p class="when">${escapeLine([...when, detail.agent, ...detail.models].join(' · '))}</p>
<ul class="figures">${figures.map(([value, name]) => `<li><b>${value}</b> ${name}</li>`).join('')}</ul>
</header>
`;
}

function contents(turns: readonly OutlineTurn[]): string {
  const one = ({ number, prompt }: OutlineTurn): string =>
    `<li><a href="#turn-${number}"><span>${number || '·'}</span> <bdi>${escapeLine(firstLine(prompt?.text ?? 'Before the first prompt', 90)) || '(empty)'}</bdi></a></li>`;
  return `<nav aria-label="Turns"><details open><summary>${counted(turns.filter((turn) => turn.prompt).length, 'turn')}</summary><ol>\n${turns.map(one).join('\n')}\n</ol></details></nav>\n`;
}

function turnHead({ number, prompt }: OutlineTurn, newDay: string): string {
  const time = [newDay, clock(prompt?.at ?? null)].filter(Boolean).join(', ');
  const kind = !prompt || prompt.kind === 'prompt' ? '' : `<span class="kind">${prompt.kind}</span>`;
  const head = `<section class="turn" id="turn-${number}"><h2><a href="#turn-${number}">${number || '·'}</a>${kind}<time>${time}</time></h2>\n`;
  return prompt
    ? `${head}<div class="prompt ${prompt.kind}" dir="auto">${prose(prompt.text) || '(empty)'}</div>\n`
    : head;
}

/** What came of the session, and the numbers in full. */
function outcome(detail: SessionDetail): string {
  const rows = (cells: readonly (readonly string[])[]): string =>
    cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  const files = detail.changedFiles.map((file) => [
    `<code dir="ltr">${escapeLine(within(detail.workspace, file.path))}</code>`,
    plusMinus(file.added, file.removed),
    counted(file.changes, 'change'),
  ]);
  const commits = [
    ...detail.commits.map(
      (text) =>
        `<li><code>${escapeLine(text.split(' ')[0]?.slice(0, 12) ?? '')}</code> ${escapeLine(text.split(' ').slice(1).join(' '))}</li>`,
    ),
    ...detail.pullRequests.map((text) => `<li>${link(text)}</li>`),
  ];
  const models = detail.tokensByModel.map(({ model, messages, tokens: t }) => [
    escapeLine(model),
    ...[messages, t.input, t.cacheRead, cacheWrite(t), t.output].map(count),
  ]);
  const facts = factsOf(detail).map(
    ([name, value]) => `<dt>${name}</dt><dd dir="auto">${escapeLine(value)}</dd>`,
  );
  return `<section class="outcome">
${commits.length > 0 ? `<ul class="commits">${commits.join('')}</ul>\n` : ''}${files.length > 0 ? `<details${files.length <= 12 ? ' open' : ''}><summary>Files changed</summary><div class="wide"><table class="files">${rows(files)}</table></div></details>\n` : ''}<details><summary>Facts and tokens</summary>
<dl>${facts.join('\n')}</dl>
<div class="wide"><table class="tokens"><tr><th>Model</th><th>Messages</th><th>Input</th><th>Cache read</th><th>Cache write</th><th>Output</th></tr>
${rows(models)}</table></div>
</details>
</section>
`;
}
