import type { ErasureDocument } from '../../operator/sessions/index.ts';
import { count } from '../../operator/words/index.ts';
import { findingLines } from './finding-lines.ts';
import type { View } from './view.ts';

/** What is left of a deleted session and what to do, or that nothing is, and where it was looked for. */
export function erasureLines(view: View, document: ErasureDocument): string[] {
  const { colors } = view;
  const { tenant, session, findings, problems, looked, scopes, expiring, deletedAt } = document;
  const where = `in ${count(looked, 'item')} of the table, and in the ${scopes.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}`;
  return [
    ...(findings.length > 0 ? findingLines(view, `${session} of ${tenant}`, findings) : []),
    ...(expiring.items > 0
      ? [`${count(expiring.items, 'item')} without any message expire until ${expiring.until}.`]
      : []),
    problems === 0
      ? colors.green(`Nothing is left of ${session}, deleted at ${deletedAt}: ${where}.`)
      : colors.red(`${count(problems, 'problem')} ${where}.`),
  ];
}
