// For the contract: what is wrong with a fact, whatever record it was made of.
import { rank } from '../../../model/index.ts';
import type { Fact, Place } from '../../../model/index.ts';

/** What is wrong with a fact, for people; undefined where nothing is. */
export function faultOf(fact: Fact): string | undefined {
  const fault = [...faults(fact)].find(([isWrong]) => isWrong)?.[1];
  return fault && `${fault}: ${JSON.stringify(fact)}`;
}

const isWhole = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';

function* faults(fact: Fact): Generator<readonly [boolean, string]> {
  if ('place' in fact) yield [!isPlaced(fact.place), 'not placed'];
  if ('key' in fact) yield [!isText(fact.key), 'no key'];
  if (fact.fact === 'message') {
    const counts = [...Object.values(fact.tokens), ...Object.values(fact.charged ?? {})];
    yield [!counts.every(isWhole), 'tokens that are no numbers'];
  }
  if (fact.fact === 'session') yield [fact.session === '' || !isText(fact.value), 'no value of a session'];
  if (fact.fact === 'entry') yield [!isText(fact.text), 'no text'];
  if (fact.fact === 'call') yield [!isText(fact.name) || !isText(fact.target), 'no call'];
  if (fact.fact === 'change') yield [!isWhole(fact.added) || !isWhole(fact.removed), 'no change'];
}

const isPlaced = (place: Place): boolean =>
  place.session !== '' &&
  place.run !== '' &&
  Number.isFinite(place.at) &&
  place.at >= 0 &&
  isWhole(place.pos) &&
  Object.values(rank).includes(place.rank);
