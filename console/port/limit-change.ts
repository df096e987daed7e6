import type { LimitName } from '../../lib/limits/index.ts';

/** What a change does to one limit. */
export interface LimitChange {
  readonly name: LimitName;
  /** What is in effect without the change; a default unless there is a parameter. */
  readonly before: string;
  readonly after: string;
}
