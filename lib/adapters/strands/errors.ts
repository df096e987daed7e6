import { CommitlaneError } from '../../errors/index.ts';

/** Something was asked of the storage that a history cannot do. Nothing was done. */
export class StrandsStorageError extends CommitlaneError {
  override readonly name = 'StrandsStorageError';
  readonly code = 'strands-not-supported';
}

/** The state of an agent has changed, and there is no new message to keep it with. Nothing was stored. */
export class StateNotStoredError extends CommitlaneError {
  override readonly name = 'StateNotStoredError';
  readonly code = 'strands-state-not-stored';

  /** @param fields of the snapshot, such as `state`. */
  constructor(sessionId: string, fields: readonly string[]) {
    super(
      `Session '${sessionId}' has no new message to keep changes of ${fields.join(', ')} with: state is stored with the messages of the turn that changed it. Save when the agent has said something; until then, the changes are kept by the agent alone.`,
    );
  }
}
