// What the numbers say should be looked at. Each names the number that it comes from; where there is no such number, nothing is
// said.
import type { Recommendation, Stats } from './types.ts';

/** An error is worth a word when it was met this often. */
const oftenFailed = 5;
/** A tool, when this share of at least so many calls failed. */
const shareFailed = 0.2;
const enoughCalls = 20;
/** Sent tokens from which on a cold cache matters, and the share that should have been found. */
const manyTokens = 1_000_000;
const warmCache = 0.7;
const mostOfAKind = 3;

export function recommendations(stats: Omit<Stats, 'recommendations'>): Recommendation[] {
  const found: Recommendation[] = [];
  const say = (about: Recommendation['about'], message: string): void => {
    if (found.filter((one) => one.about === about).length < mostOfAKind) found.push({ about, message });
  };
  for (const error of stats.errors.filter((one) => one.count >= oftenFailed)) {
    const [repair] = error.fixedBy;
    const fixed = repair
      ? `; fixed ${error.fixed === error.count ? 'each time' : many(error.fixed, 'time')}, ${repair.count > 1 ? 'mostly ' : ''}by ${repair.what}`
      : '; never seen to be fixed';
    say(
      'error',
      `${error.tools[0] ?? 'a tool'} failed ${many(error.count, 'time')} in ${many(error.sessions, 'session')} with the same error (${error.example.slice(0, 80)})${fixed}`,
    );
  }
  for (const tool of stats.tools) {
    const failed = tool.successRate === null ? 0 : 1 - tool.successRate;
    if (tool.calls >= enoughCalls && failed >= shareFailed)
      say('tool', `${percent(failed)} of ${many(tool.calls, 'call')} of ${tool.name} failed`);
  }
  for (const file of stats.files.filter((one) => one.failed >= oftenFailed))
    say(
      'file',
      `${many(file.failed, 'attempt')} to change ${file.path} failed, beside ${many(file.changes, 'change')}`,
    );
  for (const model of stats.models) {
    const { input, cacheRead, cacheWrite5m, cacheWrite1h } = model.tokens;
    const sent = input + cacheRead + cacheWrite5m + cacheWrite1h;
    if (sent >= manyTokens && model.cacheHits !== null && cacheRead > 0 && model.cacheHits < warmCache)
      say(
        'cache',
        `of what was sent to ${model.model} only ${percent(model.cacheHits)} was found in the cache`,
      );
    if (model.cost.unpricedTokens > 0)
      say(
        'price',
        `${many(model.cost.unpricedTokens, 'token')} of ${model.model || 'an unnamed model'} are in no cost, for want of a price or of the prompts: \`clew prices ${model.model}\` tells`,
      );
  }
  const { waiting: waits } = stats.sessions;
  if (waits.times >= 10 && waits.total > 3_600_000)
    say(
      'waiting',
      `agents waited ${hours(waits.total)} for the next prompt, ${many(waits.times, 'time')}; half of the waits were longer than ${Math.round((waits.median ?? 0) / 1000)} s`,
    );
  return found;
}

const many = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const hours = (ms: number): string => `${(ms / 3_600_000).toFixed(1)} hours`;
