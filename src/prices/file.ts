// `$CLEW_HOME/prices.json`: an update of the table, which stands in place of the built-in one as long as it is as new.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import { builtInTable, parseTable } from './table.ts';
import type { PriceTable } from './table.ts';

export const priceFile = (clewHome: string): string => path.join(clewHome, 'prices.json');

export interface TableInUse {
  readonly table: PriceTable;
  readonly isUpdate: boolean;
  /** Why there is an update that does not count. */
  readonly trouble: string | undefined;
}

/** An update that is damaged, or older than the built-in table, is passed over and told. */
export function tableInUse(clewHome: string): TableInUse {
  const file = priceFile(clewHome);
  const builtIn = (trouble?: string): TableInUse => ({ table: builtInTable, isUpdate: false, trouble });
  try {
    const table = parseTable(JSON.parse(readFileSync(file, 'utf8')), file);
    return table.version < builtInTable.version
      ? builtIn(`${file} is of ${table.version}, older than the built-in table of ${builtInTable.version}`)
      : { table, isUpdate: true, trouble: undefined };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? builtIn()
      : builtIn(error instanceof ClewError ? message : `${file}: ${message}`);
  }
}

/** In one step: whoever reads it meanwhile sees the old table or the new. */
export function writeTable(clewHome: string, table: PriceTable): void {
  const file = priceFile(clewHome);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(clewHome, { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify(table, null, 2)}\n`, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    throw new ClewError(
      'UNREADABLE',
      `${file} cannot be written: ${(error as Error).message}`,
      'free some space, or mend its permissions; the prices are as they were',
      { cause: error },
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

/** False where there was none. */
export function removeTable(clewHome: string): boolean {
  try {
    rmSync(priceFile(clewHome));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new ClewError(
      'UNREADABLE',
      `${priceFile(clewHome)} cannot be removed: ${(error as Error).message}`,
      'mend its permissions',
      { cause: error },
    );
  }
}
