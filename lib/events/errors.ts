import { retryOf } from '../aws-errors/index.ts';
import { CommitlaneError } from '../errors/index.ts';

/** The bus did not answer, refused, or took nothing for as long as we asked; what was not taken is delivered again. */
export class EventBusUnavailableError extends CommitlaneError {
  override readonly name = 'EventBusUnavailableError';
  readonly code = 'event-bus-unavailable';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The event bus failed at PutEvents: ${reason}`, { cause, retry: retryOf(cause) });
  }
}

/** An event is larger than the bus takes. It is left out: everything behind it would wait for it in vain. */
export class EventTooLargeError extends CommitlaneError {
  override readonly name = 'EventTooLargeError';
  readonly code = 'event-too-large';

  constructor(id: string, sizes: { readonly bytes: number; readonly maxBytes: number }) {
    super(`The event ${id} has ${sizes.bytes} bytes; the bus takes at most ${sizes.maxBytes}.`);
  }
}
