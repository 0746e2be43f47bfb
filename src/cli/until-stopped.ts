// For what runs until the user stops it: Ctrl-C and SIGTERM end it cleanly, with exit code 0. A second Ctrl-C kills.

export async function untilStopped(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
    release();
  };
  const release = (): void => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    await work(stop.signal);
  } catch (error) {
    // Being aborted is how it is meant to end.
    if (!stop.signal.aborted) throw error;
  } finally {
    release();
  }
}
