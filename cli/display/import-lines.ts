import { displayText } from '../../lib/text/index.ts';
import type { ImportDocument, ImportPlanDocument } from '../../operator/transfer/index.ts';
import { count } from '../../operator/words/index.ts';
import type { View } from './view.ts';

/** What there is to import, or why nothing can be. */
export function importPlanLines({ colors }: View, document: ImportPlanDocument): string[] {
  const { files, sessions, messages, memories, others, tenant } = document;
  const all = sessions.new + sessions.begun + sessions.stored + others.length;
  const left = messages.total - messages.stored;
  return [
    `${count(files, 'file')} with ${count(all, 'session')} of ${displayText(tenant)} and ${count(messages.total, 'message')}:`,
    `  ${sessions.new} new, ${sessions.begun} in part stored, ${sessions.stored} stored; ${count(left, 'message')} to import`,
    ...(memories > 0
      ? [`  ${count(memories, 'line')} with memories: they are not imported; commits find them again.`]
      : []),
    ...others.map(({ session, reason }) =>
      colors.red(`Session ${displayText(session)}: ${displayText(reason)}.`),
    ),
    ...(others.length > 0
      ? [
          'Nothing was written. Give these messages another session in the file, or delete that session first.',
        ]
      : []),
  ];
}

/** What was imported, and what was not. */
export function importLines({ colors }: View, document: ImportDocument): string[] {
  const { done, total, imported, sessions, commits, stopped } = document;
  return [
    `${count(imported, 'message')} imported; ${count(sessions, 'session')} complete.`,
    ...commitLines(commits),
    ...(commits.failed > 0 ? [colors.red('See why commits failed with dlq list, or commits show.')] : []),
    ...(stopped
      ? [
          `${colors.red('Stopped')} with ${done} of ${total} messages stored: ${displayText(stopped.reason)}`,
          'Nothing is lost: the same command continues with what is left.',
        ]
      : []),
  ];
}

function commitLines({ completed, pending, failed }: ImportDocument['commits']): string[] {
  if (completed + pending + failed === 0) return [];
  return [`Commits: ${completed} completed, ${pending} still under way, ${failed} failed.`];
}
