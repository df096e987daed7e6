import { totalsOf } from './counting/totals.ts';
import type { Usage } from './counting/usage.ts';
import type { Row } from './section.ts';

/** What an operation took, under a name. */
export function row(id: string, label: string, usage: Usage): Row {
  return { id, label, totals: totalsOf(usage), requests: usage };
}
