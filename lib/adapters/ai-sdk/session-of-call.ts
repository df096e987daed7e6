import { CommitlaneUsageError } from '../../client/index.ts';
import type { CommitlaneMiddlewareOptions, ModelCall } from './middleware-options.ts';

/** @throws CommitlaneUsageError where nothing says which session a call belongs to. */
export async function sessionOfCall(
  sessionId: CommitlaneMiddlewareOptions['sessionId'],
  params: ModelCall,
): Promise<string> {
  const found =
    typeof sessionId === 'function'
      ? await sessionId({ params })
      : (sessionId ?? params.providerOptions?.['commitlane']?.['sessionId']);
  if (typeof found === 'string' && found !== '') return found;
  throw new CommitlaneUsageError(
    'The call does not say which session it belongs to. Give commitlaneMiddleware a sessionId, or each call ' +
      "providerOptions: { commitlane: { sessionId: '…' } }.",
  );
}
