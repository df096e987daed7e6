import type { CliEnvironment } from './cli-environment.ts';
import type { Outcome } from './outcome.ts';

/** What a command has to work with. */
export interface Cli extends CliEnvironment {
  /** Shows an outcome as the options ask for it, and remembers whether all was well. May be called more than once. */
  show(options: { readonly json?: true | undefined }, outcome: Outcome): Promise<void>;
}
