import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detailOf, entryOf, full, operationOf, session, timelineOf } from './fixture.ts';
import { exportSession } from './index.ts';

/** The lines outside of fenced code, as a Markdown reader sees the document's top level. */
function outside(markdown: string): string[] {
  let fence: string | undefined;
  return markdown.split('\n').filter((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence !== undefined) {
      if (mark && mark[1]?.startsWith(fence) && mark[2]?.trim() === '') fence = undefined;
      return false;
    }
    if (mark && !(mark[1]?.startsWith('`') && mark[2]?.includes('`'))) fence = mark[1];
    return fence === undefined;
  });
}

const nasty = fc
  .array(
    fc.constantFrom(
      '```',
      '````',
      '~~~',
      '`',
      '\\',
      '\n',
      '\n\n',
      '    ',
      '- ',
      '> ',
      '1. ',
      '<script>',
      '<!--',
      '</details>',
      '# ',
      '===',
      '---',
      '[a](javascript:x)',
      '![p](http://x)',
      '[r]: javascript:x',
      '&#x202e;',
      '|',
      'word',
      '\u202E',
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe('the Markdown of a session', () => {
  test('text within a turn cannot swallow the next one', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const timeline = timelineOf(
          entryOf('prompt', 'first'),
          entryOf('answer', text),
          operationOf({ error: text, description: text }),
          entryOf('plan', text),
          entryOf('prompt', 'second'),
        );
        const lines = outside(exportSession(detailOf(), timeline, 'markdown'));
        expect(
          lines.filter((line) => /^#{1,2} /.test(line)).map((line) => line.replace(/ · .*/, '')),
        ).toEqual(['# A title', '## Tokens', '## 1. first', '## 2. second']);
      }),
      { numRuns: 500 },
    );
  });

  test('carries no HTML, image or odd link over', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const markdown = exportSession(...full(text), 'markdown');
        const prose = outside(markdown)
          .filter((line) => !line.trimStart().startsWith('>'))
          // What is escaped, and code spans, are only text.
          .map((line) => line.replaceAll(/\\.|(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, ''))
          .map((line) => line.replaceAll(/<\/?(?:details|summary)>|<https?:[^>]*>/g, ''));
        for (const line of prose) expect(line).not.toMatch(/<|!\[|\]\(\s*javascript/i);
        expect(markdown).not.toMatch(/\u202E/);
      }),
      { numRuns: 300 },
    );
  });

  test('a fence is longer than any run of backticks within', () => {
    const markdown = exportSession(detailOf(), timelineOf(operationOf({ error: 'a\n`````\nb' })), 'markdown');
    expect(markdown).toContain('  ``````\n  a\n  `````\n  b\n  ``````');
  });

  test('a subagent is a quote below the operation that started it', () => {
    const sub = { run: 'a1', depth: 1 };
    const markdown = exportSession(
      detailOf(),
      timelineOf(
        entryOf('prompt', 'go'),
        operationOf({ name: 'Agent', target: 'look', spawned: 'a1' }),
        entryOf('answer', 'main goes on'),
        entryOf('agent_prompt', 'look around', sub),
        entryOf('answer', 'found it', sub),
      ),
      'markdown',
    );
    expect(markdown).toContain(
      '- ✓ **Agent** `look` · 40 ms\n\n> **Subagent ** `a1`\n>\n> > look around\n>\n> found it\n\nmain goes on\n',
    );
  });

  test('a session without anything is still a document', () => {
    const markdown = exportSession(
      detailOf({ title: null, startedAt: null, endedAt: null, turns: 0 }),
      timelineOf(),
      'markdown',
    );
    expect(markdown).toMatch(/^# Session aaaaaaaa\n/);
    expect(markdown).toContain(`\`${session}\``);
    expect(markdown).toContain('**Started:** unknown');
  });
});

test('the JSON of a session is what was read', () => {
  const [detail, timeline] = full('</script>\u202E');
  expect(JSON.parse(exportSession(detail, timeline, 'json'))).toEqual({ session: detail, timeline });
});
