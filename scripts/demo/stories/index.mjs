// The stories in the order in which they happened.
import { fixOverlap } from './fix-overlap.mjs';
import { firstLook } from './first-look.mjs';
import { jsonOutput } from './json-output.mjs';
import { onePriceModule } from './one-price-module.mjs';
import { wreckedFile } from './wrecked-file.mjs';

export function stories() {
  const { session, fork } = fixOverlap();
  return [firstLook(), jsonOutput(), session, fork, onePriceModule(), wreckedFile()];
}
