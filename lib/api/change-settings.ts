import { MAX_FORMER_SCOPES, type SessionKey } from '../session/index.ts';
import { type MetaStore, SessionNotFoundError } from '../store/index.ts';
import { ScopeContendedError, TooManyScopesError } from './errors.ts';

const MAX_ATTEMPTS = 5;

type Change = Omit<Parameters<MetaStore['updateSettings']>[1], 'scope'> & {
  readonly scope?: string | undefined;
};

/**
 * Changes settings of a session. The scope that it leaves is kept among its former ones, because what it said may stay
 * there.
 *
 * @throws SessionNotFoundError; TooManyScopesError for the 51st scope; ScopeContendedError when others kept moving it.
 */
export async function changeSettings(
  store: MetaStore,
  key: SessionKey,
  { scope, ...others }: Change,
): Promise<void> {
  if (scope === undefined) {
    await store.updateSettings(key, others);
    return;
  }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const meta = await store.readMeta(key);
    if (!meta) throw new SessionNotFoundError(key);
    const formerScopes = [...new Set([...(meta.formerScopes ?? []), meta.scope])].filter(
      (name) => name !== scope,
    );
    if (formerScopes.length > MAX_FORMER_SCOPES) throw new TooManyScopesError(key, MAX_FORMER_SCOPES);
    const isSame = scope === meta.scope;
    const moved = isSame ? {} : { scope: { from: meta.scope, to: scope, formerScopes } };
    if (isSame && Object.keys(others).length === 0) return;
    if (await store.updateSettings(key, { ...others, ...moved })) return;
  }
  throw new ScopeContendedError(key, MAX_ATTEMPTS);
}
