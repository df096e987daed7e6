import type { Statement } from '../../lib/memory/index.ts';

/** What an archive of a session says of a subject, which is the text itself unless it is told. */
export function statementOf(
  text: string,
  {
    session = 'other',
    archive = 1,
    ...more
  }: Partial<Statement> & { readonly session?: string; readonly archive?: number } = {},
): Statement {
  const by = { kind: 'archive', session, archive, messageId: 'm', model: 'test' } as const;
  return { category: 'profile', key: text, text, confidence: 1, saidAtMs: 1, by, ...more };
}
