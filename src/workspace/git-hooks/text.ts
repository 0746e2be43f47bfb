// What clew writes into a hook of git's, and how it comes out again. A shell script gets a block behind its first line, and
// stays the file that it is, with its $0, arguments and input. Anything else (another language, a program, a link, a
// file that is switched off) is kept beside, and a script of clew's takes its place and runs it. All texts are bytes, as
// latin1.

/** The hooks that tell of commits, and the one that adds the trailer. */
export const commitHooks = ['post-commit', 'post-merge', 'post-rewrite'] as const;
export const trailerHook = 'commit-msg';
export type HookName = (typeof commitHooks)[number] | typeof trailerHook;

export const allHooks: readonly HookName[] = [...commitHooks, trailerHook];

/** `made`: there was no hook; `block`: in the hook that was there; `moved`: in its place. */
export type Way = 'made' | 'block' | 'moved';

const shebang = '#!/bin/sh\n';
/** A first line after which lines of sh can stand: not of shells that read them otherwise. */
const isShell =
  /^#![ \t]*(?:\S*\/env[ \t]+(?:-\S+[ \t]+)*)?(?:\S*\/)?(?:sh|bash|dash|ash)(?=[ \t\n])[^\r\n]*\n/;
const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
const block = /# >>> clew \((made|block|moved)\)[^\n]*\n(?:(?!# <<< clew\n)[^\n]*\n)*# <<< clew\n/;

/** Where what was in a hook's place is kept: a link in a folder of its own, as those like to be told apart by their names. */
export const keptName = (hook: HookName, isLink: boolean): string =>
  isLink ? `clew-kept/${hook}` : `${hook}.clew-kept`;

function blockOf(hook: HookName, way: Way, home: string, kept: string): string {
  const isTrailer = hook === trailerHook;
  const [script, words] = isTrailer ? ['git-trailer.sh', '"$1"'] : ['git-commit.sh', `${hook} "\${1-}"`];
  const skip = isTrailer ? `[ -z "\${CLEW_SESSION_ID-}" ] || ` : '';
  const call = `( clew_home=${quoted(home)}; set -- ${words}; . "$clew_home/hooks/${script}" )`;
  return [
    `# >>> clew (${way}): tells clew of commits; \`clew uninstall --git\` takes it out`,
    `${skip}${call} < /dev/null > /dev/null 2>&1 || :`,
    ...(way === 'moved' ? [`[ ! -x "\${0%/*}/${kept}" ] || "\${0%/*}/${kept}" "$@" || exit $?`] : []),
    '# <<< clew\n',
  ].join('\n');
}

/** How a hook that is there can be gone along with. Undefined: there is none. */
export function wayFor(
  before: { readonly text: string; readonly isLink: boolean; readonly isExecutable: boolean } | undefined,
): Way {
  if (!before) return 'made';
  return !before.isLink && before.isExecutable && isShell.test(before.text) ? 'block' : 'moved';
}

/** The text of a hook with clew's part in it. `before`: the text that is there, as latin1, where it stays. */
export function withClew(
  hook: HookName,
  way: Way,
  home: string,
  { before = '', isLink = false }: { readonly before?: string; readonly isLink?: boolean } = {},
): string {
  const told = blockOf(hook, way, home, keptName(hook, isLink));
  if (way !== 'block') return shebang + told;
  const first = before.indexOf('\n') + 1;
  return before.slice(0, first) + told + before.slice(first);
}

/** Which way clew's part came into a hook; undefined where it is not in it. */
export const wayOf = (text: string): Way | undefined => block.exec(text)?.[1] as Way | undefined;

/** A hook with clew's part put anew, as by another version or for another home. */
export function renewed(text: string, hook: HookName, home: string): string {
  const way = wayOf(text);
  const isLink = text.includes(`/${keptName(hook, true)}"`);
  return way ? text.replace(block, () => blockOf(hook, way, home, keptName(hook, isLink))) : text;
}

/** A hook without clew's part; undefined where nothing else is left of a hook that clew made. */
export function withoutClew(text: string): string | undefined {
  const rest = text.replace(block, '');
  return wayOf(text) !== 'block' && rest === shebang ? undefined : rest;
}
