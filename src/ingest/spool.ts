// Takes in the hook calls that wait in the spool: they become lines of one stream per agent. Exactly once: the files
// are deleted after the commit, and those that a dead process left behind are known by the stream's last frame.
import { adapters } from '../agents/index.ts';
import { sourceId } from '../model/index.ts';
import type { AgentName, Context, RecordOwner, SourceFile } from '../model/index.ts';
import type { Redactor } from '../redact/index.ts';
import { dropSpooled, listSpool, readFrameAt, readSpooled } from '../stream/index.ts';
import type { SpooledCall } from '../stream/index.ts';
import { catchUp } from './catch-up.ts';
import type { Committer } from './commit.ts';
import { streamFile } from './commit.ts';
import { explainFull } from './full-disk.ts';
import { batchWriter } from './batch-writer.ts';
import { checkpointId, parseCheckpoint } from './spooled-checkpoint.ts';

/** Bounds of one batch, so that a spool that was left for weeks is taken in with flat memory. */
const maxBytes = 8 << 20;
const maxCalls = 1000;

/** The source that an agent's hook calls on this machine are. */
export function hookSource(agent: AgentName, machine: string): SourceFile {
  return { agent, kind: 'hooks', machine, path: 'hooks', session: undefined, run: undefined };
}

/** What clew itself recorded on this machine: checkpoints taken by hooks and commands, undos and restores. */
export function ownSource(machine: string): SourceFile {
  return { agent: 'clew', kind: 'own', machine, path: 'own', session: undefined, run: undefined };
}

/** Whose source a spooled file belongs to, by the first part of its name. */
const ownerOf = (call: SpooledCall): RecordOwner | undefined =>
  call.agent === 'checkpoint' || call.agent === 'clew'
    ? 'clew'
    : adapters.find((adapter) => adapter.name === call.agent)?.name;

/** Takes in what waits; returns how many calls. */
export function takeSpool(context: Context, committer: Committer, redactor: () => Redactor): number {
  const waiting = listSpool(context.clewHome);
  let taken = 0;
  for (const owner of [...adapters.map((adapter) => adapter.name), 'clew']) {
    let calls = waiting.filter((call) => ownerOf(call) === owner);
    if (calls.length === 0) continue;
    const source = owner === 'clew' ? ownSource(context.machine) : hookSource(owner, context.machine);
    catchUp(context, committer, source);
    const last = lastTaken(context, committer, source);
    const again = calls.filter((call) => last.has(`${call.name} ${call.time}`));
    dropSpooled(
      context.clewHome,
      again.map((call) => call.name),
    );
    calls = calls.filter((call) => !again.includes(call));
    while (calls.length > 0) {
      const batch = firstBatch(calls);
      calls = calls.slice(batch.length);
      takeBatch(context, committer, redactor(), source, batch);
      dropSpooled(
        context.clewHome,
        batch.map((call) => call.name),
      );
      taken += batch.length;
    }
  }
  return taken;
}

function firstBatch(calls: readonly SpooledCall[]): SpooledCall[] {
  const batch: SpooledCall[] = [];
  let bytes = 0;
  for (const call of calls) {
    if (batch.length > 0 && (bytes + call.size > maxBytes || batch.length === maxCalls)) break;
    batch.push(call);
    bytes += call.size;
  }
  return batch;
}

function takeBatch(
  context: Context,
  committer: Committer,
  redactor: Redactor,
  source: SourceFile,
  calls: readonly SpooledCall[],
): void {
  const id = sourceId(source);
  const known = committer.sources.get(id);
  const lines = calls.map((call) => `${lineOf(call, readSpooled(context.clewHome, call))}\n`);
  const { bytes } = redactor.redact(Buffer.from(lines.join('')));
  const job = {
    source,
    known,
    waiting: bytes.length,
    streamFile: streamFile(context.clewHome, source.agent, id),
    now: context.now(),
    durable: true,
  };
  const identity = { ino: 0, size: 0, mtime: 0, head: '', tail: '' };
  try {
    committer.durably(() => committer.take(batchWriter(job, 0).batch({ bytes, from: 0, to: 0 }, identity)));
  } catch (error) {
    throw explainFull(error, context);
  }
}

/** A call as a line of the stream; see docs/format.md. */
function lineOf(call: SpooledCall, payload: Buffer): string {
  const head = {
    hook: call.name,
    time: call.time,
    ppid: call.ppid,
    ...(call.within !== undefined && { within: call.within }),
  };
  const text = payload.toString();
  if (call.agent === 'checkpoint')
    return JSON.stringify({
      ...head,
      id: checkpointId(call.name, call.time),
      checkpoint: parseCheckpoint(text),
    });
  try {
    return JSON.stringify({ ...head, payload: JSON.parse(text) as unknown });
  } catch {
    return JSON.stringify({ ...head, raw: text });
  }
}

function lastTaken(context: Context, committer: Committer, source: SourceFile): Set<string> {
  const id = sourceId(source);
  const known = committer.sources.get(id);
  const frame = known && committer.sources.frameOf(id, known.content);
  if (!frame) return new Set();
  const content =
    readFrameAt(streamFile(context.clewHome, source.agent, id), frame.start)?.content.toString() ?? '';
  const names = content.split('\n').flatMap((line) => {
    const match = /^\{"hook":"([^"]+)","time":(\d+)/.exec(line);
    return match ? [`${match[1]} ${match[2]}`] : [];
  });
  return new Set(names);
}
