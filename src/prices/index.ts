// What tokens cost: the table of prices, its updates, the user's own prices and discounts. Pure but for the one file that
// an update is kept in, and the reading of updates; what computes costs is handed a `Pricing` and knows nothing of this
// room.
export { removeTable, tableInUse } from './file.ts';
export { loadPricing, priceCheck, priceSources } from './load.ts';
export { rowsFor } from './rows.ts';
export type { PriceRow } from './rows.ts';
export { updateTable } from './update/update.ts';
export type { PriceChange, PriceUpdate, UpdateOptions } from './update/update.ts';
