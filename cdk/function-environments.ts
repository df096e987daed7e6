import type { z } from 'zod';
import type { apiEnvironment } from '../functions/api/environment.ts';
import type { autoCommitEnvironment } from '../functions/auto-commit/environment.ts';
import type { commitEnvironment } from '../functions/commit/environment.ts';
import type { eventsEnvironment } from '../functions/events/environment.ts';
import type { followUpEnvironment } from '../functions/follow-up/environment.ts';

/**
 * What a function is told: text, as its schema takes it. A default is no reason to leave a variable out; it serves
 * functions that were deployed before the variable was.
 */
type Told<Schema extends z.ZodObject> = {
  readonly [Name in keyof z.output<Schema>]: NonNullable<z.input<Schema>[Name & keyof z.input<Schema>]>;
};

/** What each function reads of its environment, by the function's folder under `functions/`. */
export interface FunctionEnvironments {
  readonly api: Told<typeof apiEnvironment>;
  readonly 'auto-commit': Told<typeof autoCommitEnvironment>;
  readonly commit: Told<typeof commitEnvironment>;
  readonly events: Told<typeof eventsEnvironment>;
  readonly 'follow-up': Told<typeof followUpEnvironment>;
}

/** `Given`, where it holds all that the function of a folder needs, and nothing that it does not read. */
export type EnvironmentOf<Folder extends keyof FunctionEnvironments, Given> = Given &
  FunctionEnvironments[Folder] &
  Record<Exclude<keyof Given, keyof FunctionEnvironments[Folder]>, never>;
