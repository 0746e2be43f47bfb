// A progress bar on stderr for what takes longer than a second, and only on a terminal.
import { bytes } from './render/numbers.ts';
import { fit } from './render/width.ts';
import { columns } from './terminal.ts';

export interface Progress {
  update: (done: number, total: number, detail?: string) => void;
  /** Takes the bar away again. */
  end: () => void;
}

const patience = 1000;
const redrawEvery = 80;

export function progress(what: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined };
  const started = performance.now();
  let drawn = 0;
  return {
    update(done, total, detail = '') {
      const now = performance.now();
      if (now - started < patience || now - drawn < redrawEvery) return;
      drawn = now;
      const share = total === 0 ? 0 : Math.min(1, done / total);
      const seconds = (now - started) / 1000;
      const left = share > 0.02 ? `, ${remaining(seconds / share - seconds)} left` : '';
      process.stderr.write(
        `\r\u001B[K${fit(`${what} ${bar(share, 24)} ${Math.floor(share * 100)}%  ${detail}${left}`, columns() - 1)}`,
      );
    },
    end() {
      if (drawn > 0) process.stderr.write('\r\u001B[K');
    },
  };
}

const bar = (share: number, width: number): string => {
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
};

const remaining = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;

/** The bar of an import. */
export function importProgress(): Progress & {
  onProgress: (p: { bytes: number; totalBytes: number; files: number; totalFiles: number }) => void;
} {
  const shown = progress('importing');
  return {
    ...shown,
    onProgress: (p) =>
      shown.update(
        p.bytes,
        p.totalBytes,
        `${bytes(p.bytes)} of ${bytes(p.totalBytes)}, ${p.files}/${p.totalFiles} files`,
      ),
  };
}
