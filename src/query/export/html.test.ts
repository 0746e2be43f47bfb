import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detailOf, entryOf, full, operationOf, timelineOf } from './fixture.ts';
import { exportSession } from './index.ts';

const attributes = /^(?:lang|charset|http-equiv|content|name|aria-label|class|open|dir|href|id|title|rel)$/;

/** Everything in a document that a browser takes for a tag: its name, its attributes with their values. */
function tagsOf(html: string): { name: string; attributes: Map<string, string> }[] {
  return [...html.matchAll(/<\/?([^\s<>/]*)([^<>]*)>/g)].map(([, name = '', rest = '']) => ({
    name,
    attributes: new Map(
      [...rest.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  }));
}

const hostile = [
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<!--',
  ']]>',
  '&lt;script&gt;',
  '</pre></code></details>',
  'javascript:alert(1)',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '\u202Egnp.exe',
  '\u2066\u2069',
  '\u001B[31mred\u001B[0m',
  '\0',
  '\uD800',
  '```',
  '`a`',
  '**b**',
  '# h',
  '- item',
  '| a | b |\n|---|---|\n| c | d |',
  '\u{E0041}',
  '<a href="https://evil.example">',
  '\n',
  'https://ok.example/pull/1',
  '\\`<b>',
];
const bidi = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/;
const texts = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

describe('the HTML of a session', () => {
  test('holds no tag or attribute that a record brought along', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const html = exportSession(...full(text), 'html');
        const tags = tagsOf(html);
        const names = new Set(tags.map((tag) => tag.name));
        for (const name of ['script', 'img', 'iframe', 'object', 'link', 'base', 'form', 'svg', 'input'])
          expect(names).not.toContain(name);
        for (const tag of tags.filter((one) => one.name !== '!doctype'))
          for (const [key, value] of tag.attributes) {
            expect(key).toMatch(attributes);
            expect(key === 'href' ? value : '#turn-1').toMatch(/^(?:#turn-\d+|https?:\/\/)/);
          }
        expect(html.match(/<style/g)).toHaveLength(1);
        expect(html.match(/<\/style/g)).toHaveLength(1);
        expect(html).not.toMatch(bidi);
        expect(html).not.toMatch(/[\0\u001B\uFFFE]/);
        expect(html.isWellFormed()).toBe(true);
        expect(html).toContain('the end of it');
      }),
      { numRuns: 150 },
    );
  });

  test('every element that is opened is closed, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const open: string[] = [];
        const html = exportSession(...full(text), 'html').replace(/<style>[^]*<\/style>/, '');
        for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)[^<>]*>/g))
          if (end && open.at(-1) === name) open.pop();
          else if (end || !['meta', 'hr', 'br'].includes(name)) open.push(`${end}${name}`);
        expect(open).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('its policy allows its own style and nothing else', () => {
    const html = exportSession(detailOf(), timelineOf(entryOf('prompt', 'hello')), 'html');
    const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(style).not.toMatch(/url\(|@import|@font-face/);
    expect(html).not.toMatch(/\sstyle=|\son\w+=|https?:/);
  });

  test('shows what would mislead instead of following it', () => {
    const html = exportSession(
      detailOf(),
      timelineOf(entryOf('prompt', 'run \u202Efdp.exe'), entryOf('answer', 'a\u200Bb')),
      'html',
    );
    expect(html).toContain('run [U+202E]fdp.exe');
    expect(html).toContain('a[U+200B]b');
  });

  test('links pull requests of the web only', () => {
    const [good, bad] = ['https://git.example.com/a/b/pull/1', 'javascript://git.example.com/%0aalert(1)'];
    const html = exportSession(detailOf({ pullRequests: [good, bad] }), timelineOf(), 'html');
    expect(html).toContain(`<a href="${good}" rel="noopener noreferrer">`);
    expect(html.match(/<a href="[^#]/g)).toHaveLength(1);
  });

  test('colours a diff line by line, whatever its line ends', () => {
    const change = {
      path: '/home/u/p/a.ts',
      kind: 'update',
      added: 1,
      removed: 1,
      diff: '@@ -1 +1 @@\n-a < b\r\n+a <= b\r',
      partial: false,
      undoOperationId: null,
    } as const;
    const html = exportSession(detailOf(), timelineOf(operationOf({ changes: [change] })), 'html');
    expect(html).toContain(
      '<span class="hunk">@@ -1 +1 @@</span>\n<span class="minus">-a &lt; b</span>\n<span class="plus">+a &lt;= b',
    );
  });

  test('20,000 entries are written in seconds', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) =>
      i % 20 === 0 ? entryOf('prompt', `prompt ${i}`) : operationOf({ error: 'x'.repeat(500) }),
    );
    const html = exportSession(detailOf(), timelineOf(...entries), 'html');
    expect(html.match(/class="turn"/g)).toHaveLength(1000);
    expect(html.match(/class="op /g)).toHaveLength(19_000);
  });
});
