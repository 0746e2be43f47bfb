// Shell commands by what they are for, told from their words alone.

/** The line without what only changes the folder, sets variables or cuts the output. */
const core = (command: string): string =>
  command
    .trim()
    .replace(/^(?:(?:cd|export)\s+[^\n;&|]+(?:&&|;|\n)\s*|\w+=\S*\s+)+/, '')
    .replace(/\s*(?:2>&1|\|\s*(?:tail|head)\b[^|;&]*)\s*$/g, '')
    .trim();

const test =
  /(?:^|[\s/;&|(])(?:vitest|jest|mocha|ava|pytest|tox|nox|rspec|phpunit|ctest|bats|(?:playwright|go|dotnet|mix|swift|rake|just|deno|bun) test|cargo (?:nex)?test|node --test|zig build test|mvn[^|;&]* (?:test|verify)|gradlew?[^|;&]* (?:test|check)|(?:npm|pnpm|yarn|bun)(?: run)? test\S*|make (?:test|check)\S*|python3? -m (?:unittest|pytest))(?=$|[\s;&|):])/;
const check =
  /(?:^|[\s/;&|(])(?:tsc|eslint|oxlint|biome|prettier|ruff|mypy|black|flake8|golangci-lint|go (?:build|vet|run)|cargo (?:build|check|clippy|run|fmt)|make|cmake|ninja|mvn|gradlew?|docker(?:-compose)?|terraform|(?:npm|pnpm|yarn|bun) (?:run|install|ci|add|i)|pip3? install|uv |poetry |git (?:commit|push|merge|rebase|checkout|switch|stash|tag|cherry-pick)|gh )/;
const look =
  /^(?:ls|cat|head|tail|grep|rg|find|fd|sed -n|awk|wc|pwd|echo|printf|which|type|sleep|stat|file|tree|jq|diff|du|df|ps|env|date|true|command -v|git (?:status|log|diff|show|branch|blame|rev-parse|remote|ls-files|config|merge-base|grep))(?=$|[\s;&|])/;

export type CommandUse = 'test' | 'check' | 'look' | 'other';

export function useOf(command: string): CommandUse {
  const line = core(command);
  if (test.test(line)) return 'test';
  if (look.test(line)) return 'look';
  return check.test(line) ? 'check' : 'other';
}

/** What makes two runs runs of the same thing. */
export const sameCommand = (command: string): string => core(command).replaceAll(/\s+/g, ' ');

/** The names of failed tests in a runner's output. */
export const failedTests = (output: string): string[] => [
  ...new Set(
    [
      ...output.matchAll(
        /^[ \t]*(?:(?:FAILED|FAIL|not ok|--- FAIL:|✗|✕|×|✘|●)[ \t]+(\S.*)|test (\S+) \.\.\. FAILED)$/gm,
      ),
    ].map(([, named, rust]) => (named ?? rust ?? '').trim()),
  ),
];
