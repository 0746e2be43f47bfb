// What people type, as a query of SQLite's full-text search: all words must be there; "quoted words" stand together;
// a word that ends in * stands for all that begin so. Nothing typed can be a syntax error.

/** Undefined where there is nothing to search for. */
export function ftsQuery(words: string): string | undefined {
  const terms = [...words.matchAll(/"([^"]*)"?|(\S+)/g)].flatMap(([, phrase, word]) => {
    const text = phrase ?? word ?? '';
    const isPrefix = phrase === undefined && text.endsWith('*');
    const bare = text.replace(/\*$/, '');
    // A term without a letter or digit has no token, and would match nothing.
    if (!/[\p{L}\p{N}\p{Co}]/u.test(bare)) return [];
    return [`"${bare.replaceAll('"', '""')}"${isPrefix ? '*' : ''}`];
  });
  return terms.length > 0 ? terms.join(' ') : undefined;
}
