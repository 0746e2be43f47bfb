// Commands as Markdown files with a head of a few fields, as most agents take them.

/** Field by field; a value is written as JSON, which is YAML too. */
export const markdownFile = (fields: Readonly<Record<string, string>>, text: string): string =>
  [
    '---',
    ...Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    '---',
    '',
    text,
    '',
  ].join('\n');
