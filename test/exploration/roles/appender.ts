import { appendMessages } from '../../../lib/session-log/index.ts';
import type { Program } from '../actor/program.ts';
import { session } from './session.ts';

/** One append of one message. */
export interface PlannedAppend {
  readonly content: string;
  /** Carries a message id, so that the frontend may repeat it, and does. */
  readonly repeatable: boolean;
}

const MAX_ATTEMPTS = 3;

/** A frontend that appends messages one after the other, and repeats those that it may. */
export function appender(appends: readonly PlannedAppend[]): Program {
  return async ({ store, clock, newId, note }) => {
    for (const { content, repeatable } of appends) {
      note({ type: 'append-began', content });
      const message = { role: 'user', content, ...(repeatable && { id: content }) } as const;
      for (let attempt = 1; attempt <= (repeatable ? MAX_ATTEMPTS : 1); attempt += 1) {
        try {
          const { position } = await appendMessages({ store, clock, newId }, session, [message]);
          note({ type: 'append-acknowledged', content, position });
          break;
        } catch (error) {
          note({ type: 'gave-up', error: error as Error });
        }
      }
    }
  };
}
