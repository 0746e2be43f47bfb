// For the contract: records that an agent did not write, made of those that it did.
import type { AgentAdapter, Fact, SourceFile } from '../../../model/index.ts';
import { faultOf } from './faults.ts';
import type { Json } from './reading.ts';

/** The same record of other things: with other ids, names and keys. */
export function renamed(value: unknown, round: number): unknown {
  if (typeof value === 'string')
    return /^[\w:.|-]{8,80}$/.test(value) && /\d/.test(value) && !/^\d{4}-\d\d-\d\dT/.test(value)
      ? `${value}${round}`
      : value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, round));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, round)]));
}

const wrongShapes = [null, true, -1.5, 1e300, '{', [null, 7, 'x', {}], {}];

/**
 * What is wrong with the facts of records with a field replaced by what should not be there, one record of each shape,
 * and with those of the record itself behind it. What throws is a fault too.
 */
export function faultsOfDisfigured(
  adapter: AgentAdapter,
  source: SourceFile,
  records: readonly Json[],
): string[] {
  const faults: string[] = [];
  const shapes = new Set<string>();
  const reader = adapter.reader(source, undefined);
  for (const [i, value] of records.entries()) {
    const shape = shapeOf(value, 3);
    const state = JSON.stringify(reader.state());
    for (const other of shapes.has(shape) ? [] : disfigured(value)) {
      const emit = (fact: Fact): void => {
        const fault = faultOf(fact);
        if (fault !== undefined) faults.push(fault);
      };
      try {
        const again = adapter.reader(source, JSON.parse(state));
        for (const one of [other as Json, value]) again.read({ value: one, pos: i, line: i + 1 }, emit);
        adapter.contents(other as Json);
      } catch (error) {
        faults.push(`${(error as Error).stack}\n${JSON.stringify(other)}`);
      }
    }
    shapes.add(shape);
    reader.read({ value, pos: i, line: i + 1 }, () => {});
  }
  return faults.slice(0, 10);
}

/** What a record looks like, without its words. */
function shapeOf(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth === 0) return typeof value;
  const type: unknown = (value as Json)['type'];
  const fields = Array.isArray(value) ? value.slice(0, 1) : Object.entries(value);
  return `${typeof type === 'string' ? type : ''}{${fields.map((one) => shapeOf(one, depth - 1) + String(Array.isArray(one) ? one[0] : '')).join()}}`;
}

function* disfigured(value: unknown, depth = 6): Generator {
  if (typeof value !== 'object' || value === null || depth === 0) return;
  // The first of a list stands for the others.
  for (const [name, field] of Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined)) {
    const withOther = (other: unknown): unknown =>
      Array.isArray(value)
        ? value.map((one, i) => (String(i) === name ? other : one))
        : { ...value, [name]: other };
    for (const wrong of wrongShapes) yield withOther(wrong);
    for (const inner of disfigured(field, depth - 1)) yield withOther(inner);
  }
}
