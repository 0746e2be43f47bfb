// What tokens cost: the table of prices, its updates, the user's own prices and discounts. Pure but for the one file that
// an update is kept in; what computes costs is handed a `Pricing` and knows nothing of this room.
export { loadPricing, priceCheck } from './load.ts';
