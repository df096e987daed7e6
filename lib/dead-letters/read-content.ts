import {
  commitMessageSchema,
  followUpMessageSchema,
  InvalidMessageError,
  parseBody,
} from '../queue/index.ts';
import type { DeadLetterContent, DeadLetterKind } from './dead-letter.ts';

/** What a body asks for; never throws, so that a body that nobody understands can be shown and kept. */
export function readContent(kind: DeadLetterKind, body: string): DeadLetterContent {
  try {
    return kind === 'commits'
      ? { type: 'commit', message: parseBody(commitMessageSchema, body) }
      : { type: 'follow-up', message: parseBody(followUpMessageSchema, body) };
  } catch (error) {
    if (!(error instanceof InvalidMessageError)) throw error;
    return { type: 'unreadable', problem: error.message };
  }
}
