import type { Readable } from 'node:stream';
import type { Clock } from '../lib/clock/index.ts';
import type { TerminalStream } from '../terminal/index.ts';

/** Everything outside of the program that it touches, the stack excepted. */
export interface CliEnvironment {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where a stack on this machine says where it is. */
  readonly discoveryFile: string;
  readonly clock: Clock;
  /** Unique at every call, and sortable by time. */
  readonly newId: () => string;
  /** Aborts when somebody wants the program to stop. */
  readonly signal: AbortSignal;
}
