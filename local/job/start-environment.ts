import type { Clock } from '../../lib/clock/index.ts';
import type { TerminalStream } from '../../terminal/index.ts';
import type { StartStack } from './running-stack.ts';

/** Everything outside of the program that it touches. */
export interface StartEnvironment {
  /** What people call to start the program, such as `npm start --`. */
  readonly name: string;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The command that starts the example of a chat page. */
  readonly chat: string;
  /** What relative paths are relative to. */
  readonly folder: string;
  /** Where the sample conversations are. */
  readonly samples: string;
  readonly startStack: StartStack;
  readonly clock: Clock;
  /** Unique at every call. */
  readonly newId: () => string;
  /** Aborts, with a StoppedError, when somebody wants the program to stop. */
  readonly signal: AbortSignal;
}
