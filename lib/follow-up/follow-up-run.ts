import type { Manifest } from '../archive/index.ts';
import type { Message, SessionKey, SessionMeta } from '../session/index.ts';
import type { FollowUpContext } from './follow-up-context.ts';
import type { FollowUpEventDetails } from './follow-up-event.ts';

/** One run of a follow-up. */
export interface FollowUpRun extends FollowUpContext {
  readonly key: SessionKey;
  /** With the categories to extract, whether or not the session restricts them. */
  readonly meta: SessionMeta & Required<Pick<SessionMeta, 'memoryCategories'>>;
  /** As it was read when the run began. */
  readonly manifest: Manifest;
  /** The archive's messages; read once, when a step first asks for them. */
  readonly messages: () => Promise<readonly Message[]>;
  readonly signal: AbortSignal;
  readonly report: (event: FollowUpEventDetails) => void;
}
