/** A process: its id, and when it began, which tells it from an earlier one that had the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAtMs: number;
}

export const thisProcess: ProcessIdentity = {
  pid: process.pid,
  startedAtMs: Math.round(performance.timeOrigin),
};

export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.pid === other.pid && one.startedAtMs === other.startedAtMs;
}

/**
 * Whether a process may still run, of whichever user. A container that starts again gives the same ids again: a process
 * with our own id that began at another time has ended. Of another's id only the system knows.
 */
export function mayRun(identity: ProcessIdentity): boolean {
  const { pid } = identity;
  // Numbers below stand for groups of processes.
  if (!Number.isInteger(pid) || pid < 1) return false;
  return pid === process.pid ? isSameProcess(identity, thisProcess) : exists(pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
