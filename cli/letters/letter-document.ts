import type { LetterDocument } from '../../console/index.ts';
import type { ExplainedLetter } from '../../lib/dead-letters/index.ts';
import { iso } from '../display/iso.ts';

/** A dead letter, for programs. */
export function letterDocument({ letter, reason, commit, prospect }: ExplainedLetter): LetterDocument {
  const { id, kind, group, body, content, deadSinceMs } = letter;
  return {
    id,
    queue: kind,
    group,
    ...(content.type !== 'unreadable' && addressOf(content)),
    deadSince: iso(deadSinceMs),
    ...(reason && { reason }),
    ...(commit && { commitState: commit.state }),
    prospect,
    body,
  };
}

function addressOf(content: Exclude<ExplainedLetter['letter']['content'], { type: 'unreadable' }>) {
  const { tenant, session, commitId } = content.message;
  if (content.type === 'follow-up') return { tenant, session, commitId, archive: content.message.archive };
  const { through } = content.message;
  return { tenant, session, commitId, ...(through !== undefined && { through }) };
}
