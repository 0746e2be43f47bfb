// Contents by id, out of a repository or clew's object store: many with one call of git, and what is gone is passed over.
import { git } from '../../workspace/index.ts';

/** `where`: what tells git the store, such as `-C folder`. */
export function readBlobs(where: readonly string[], oids: readonly string[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (oids.length === 0) return found;
  const out = git([...where, '--no-replace-objects', 'cat-file', '--batch'], {
    input: Buffer.from(`${oids.join('\n')}\n`),
  });
  let at = 0;
  for (const oid of oids) {
    const end = out.indexOf(0x0a, at);
    const [, type, size] = out.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type === 'missing' || size === undefined) continue;
    found.set(oid, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** How many bytes each has; what is gone is left out. */
export function blobSizes(where: readonly string[], oids: readonly string[]): Map<string, number> {
  if (oids.length === 0) return new Map();
  const out = git([...where, '--no-replace-objects', 'cat-file', '--batch-check'], {
    input: Buffer.from(`${oids.join('\n')}\n`),
  });
  return new Map(
    out
      .toString('latin1')
      .split('\n')
      .flatMap((line) => {
        const [oid = '', type, size] = line.split(' ');
        return type === 'blob' ? [[oid, Number(size)] as const] : [];
      }),
  );
}
