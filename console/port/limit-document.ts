import type { LimitName } from '../../lib/limits/index.ts';

/** One limit of a stack. */
export interface LimitDocument {
  readonly name: LimitName;
  readonly value: string;
  readonly default: string;
  readonly isDefault: boolean;
  /** Where the value is from: a limit without a parameter is at its default. */
  readonly source: 'parameter' | 'default';
  /** In words. */
  readonly allowed: string;
  /** Of a limit that is chosen, not counted. */
  readonly choices?: readonly string[];
  readonly description: string;
}
