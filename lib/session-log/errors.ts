import { CommitlaneError } from '../errors/index.ts';

/** The same key came before with other messages: one of the two is a mistake. Nothing was stored. */
export class AppendKeyReusedError extends CommitlaneError {
  override readonly name = 'AppendKeyReusedError';
  readonly code = 'idempotency-key-reused';

  constructor(key: string) {
    super(
      `An append with the idempotency key or message ids '${key}' was stored before with other messages. ` +
        'Use a new key for new messages, and the same messages for a repeat.',
    );
  }
}

/** The same message id came before with another message: one of the two is a mistake. Nothing was stored. */
export class MessageIdReusedError extends CommitlaneError {
  override readonly name = 'MessageIdReusedError';
  readonly code = 'idempotency-key-reused';

  constructor(id: string) {
    super(
      `The message id '${id}' stands for another message, which was stored before or comes with the same append. ` +
        'Use a new id for a new message, and the same message for a repeat.',
    );
  }
}

/**
 * Commits, or appends that overlap it, closed each position that the append was given, or took its messages over. It is
 * not stored, and may be sent again.
 */
export class AppendContendedError extends CommitlaneError {
  override readonly name = 'AppendContendedError';
  readonly code = 'append-contended';

  constructor(attempts: number) {
    super(`Commits or other appends were faster than this append ${attempts} times. Send it again.`, {
      retry: { retryable: true, afterMs: 100 },
    });
  }
}

/** An append of more bytes than fit one item of the database. Nothing was written. */
export class AppendTooLargeError extends CommitlaneError {
  override readonly name = 'AppendTooLargeError';
  readonly code = 'append-too-large';

  constructor(bytes: number, maxBytes: number) {
    super(
      `The messages are ${bytes} bytes as JSON; one append takes at most ${maxBytes}. ` +
        'Send fewer messages at a time, or store large content elsewhere and append a reference to it.',
    );
  }
}

/** Commits overtook every attempt to read the live messages; reading again is right. */
export class ReadContendedError extends CommitlaneError {
  override readonly name = 'ReadContendedError';
  readonly code = 'read-contended';

  constructor(attempts: number) {
    super(`Commits overtook ${attempts} attempts to read the live messages. Read again.`, {
      retry: { retryable: true, afterMs: 100 },
    });
  }
}

/** A commit moved messages while they were read: the read begins again. It stays inside. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/** The session holds no message with this id, live or archived. */
export class MessageNotFoundError extends CommitlaneError {
  override readonly name = 'MessageNotFoundError';
  readonly code = 'message-not-found';

  constructor(session: string, messageId: string) {
    super(
      `Session '${session}' holds no message '${messageId}', live or archived. If an append of it had no answer, send that again.`,
    );
  }
}
