// The command that clew puts into an agent's settings, and how clew knows it again.

/**
 * Runs the hook script, and tells it the agent's process: its own parent is the shell in between. Whatever goes wrong, the
 * command is silent and succeeds: agents take exit status 2 as "block this call", and that is what dash exits with when
 * the script has been deleted.
 */
export const hookCommand = (script: string, spool: string, agent: string, event: string): string =>
  `sh ${quote(script)} ${quote(spool)} ${agent} ${event} $PPID 2>/dev/null || :`;

/** Any clew's command, also that of another $CLEW_HOME or an older version. */
export const isClewCommand =
  (agent: string) =>
  (command: string): boolean =>
    command.includes('/hooks/record.sh') && command.includes(` ${agent}`);

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
