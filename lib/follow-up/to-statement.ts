import type { FollowUpProgress } from '../archive/index.ts';
import type { EvidencedMemory, Statement } from '../memory/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

type Extraction = Extract<FollowUpProgress['extraction'], { outcome: 'done' }>;

/** What an archive says of one subject, with where it comes from. */
export function toStatement(
  { key: { session }, manifest: { archive } }: Pick<FollowUpRun, 'key' | 'manifest'>,
  { by: model, promptVersion, extractionVersion }: Extraction,
  { messageId, seenAtMs: saidAtMs, ...said }: EvidencedMemory,
): Statement {
  return {
    ...said,
    saidAtMs: Math.max(0, saidAtMs),
    by: {
      kind: 'archive',
      session,
      archive,
      messageId,
      model,
      ...(promptVersion !== undefined && { promptVersion }),
      ...(extractionVersion !== undefined && { extractionVersion }),
    },
  };
}
