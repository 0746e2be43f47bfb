// clew completion: what a shell needs to complete clew's command lines. The scripts ask `clew complete`, which knows the
// commands and the sessions; so they never grow old.
import { defineCommand } from '../command.ts';
import { oneOf } from '../flags.ts';
import { print } from '../terminal.ts';

const scripts = {
  bash: `_clew() {
  local IFS=$'\\n'
  COMPREPLY=($(clew complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _clew clew`,
  zsh: `#compdef clew
_clew() {
  local -a found
  local line
  for line in "\${(@f)$(clew complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe clew found; else _files; fi
}
compdef _clew clew`,
  fish: `function __clew_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (clew complete -- $words[2..] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c clew -f -a '(__clew_complete)'`,
} as const;

const shells = Object.keys(scripts) as (keyof typeof scripts)[];

export const completion = defineCommand({
  summary: 'Print the completion script of a shell',
  group: 'Set up',
  positionals: [{ name: 'shell', required: true, complete: shells }],
  flags: {},
  about: 'Completes commands, flags, their values, and the ids of sessions.',
  examples: [
    ['source <(clew completion bash)', 'in ~/.bashrc'],
    ['source <(clew completion zsh)', 'in ~/.zshrc, behind compinit'],
    ['clew completion fish > ~/.config/fish/completions/clew.fish', 'once'],
  ],
  async run(_, __, [shell = '']) {
    print([scripts[oneOf(shells, shell, 'the shell')]]);
  },
});
