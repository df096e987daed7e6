import { z } from 'zod';
import type { SessionKey } from '../../session/index.ts';
import { findMessage } from '../../session-log/index.ts';
import { readAllManifests, SessionNotFoundError } from '../../store/index.ts';
import type { ApiContext } from '../api-context.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { SessionDeletedError } from '../errors.ts';
import { MAX_POSITION } from '../page.ts';
import { parseInput } from '../parse-input.ts';
import { integerParameter, messageIdOf, sessionOf } from '../request-parts.ts';
import type { MessageView } from '../views/index.ts';

export const getMessageQuery = z.strictObject({
  before: integerParameter(1, MAX_POSITION)
    .describe('Search on before this position: the `nextBefore` of an answer.')
    .optional(),
});

/** Where a message is: the receipt for whoever has no answer to an append. */
export async function getMessage(context: ApiContext, request: ApiRequest): Promise<ApiResponse> {
  const key = sessionOf(request);
  const messageId = messageIdOf(request);
  const { before } = parseInput('query', getMessageQuery, request.query);
  const { store, lease: patience } = context;
  try {
    const found = await findMessage({ store, key, patience }, messageId, before);
    if (found.state === 'not-found-yet') return answer({ messageId, ...found });
    const { appendedAtMs, ...place } = found;
    const summarised = place.state === 'archived' && (await isSummarised(context, key, place.archive));
    return answer({ messageId, ...place, appendedAt: new Date(appendedAtMs).toISOString(), summarised });
  } catch (error) {
    const isGone = error instanceof SessionNotFoundError && (await store.readDeleted(key));
    throw isGone ? new SessionDeletedError(key.session) : error;
  }
}

async function isSummarised(
  { store, lease }: ApiContext,
  key: SessionKey,
  archive: number,
): Promise<boolean> {
  const [manifest] = await readAllManifests(store, key, [archive], ['summary'], lease);
  return manifest?.followUp.summary?.outcome === 'done';
}

const answer = (body: MessageView): ApiResponse => ({ status: 200, body });
