import type { LanguageModelMiddleware } from 'ai';
import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import type { CanonicalMessage } from '../../messages/index.ts';

/** What a language model is called with. */
export type ModelCall = Parameters<NonNullable<LanguageModelMiddleware['wrapGenerate']>>[0]['params'];
export type ModelPrompt = ModelCall['prompt'];
export type ModelAnswer = Awaited<ReturnType<NonNullable<LanguageModelMiddleware['wrapGenerate']>>>;
export type ModelStream = Awaited<ReturnType<NonNullable<LanguageModelMiddleware['wrapStream']>>>['stream'];

/** A call of a model that Commitlane could not serve. */
export interface MemoryFailure {
  readonly error: unknown;
  readonly sessionId: string;
  /** What was said, and may not be stored. */
  readonly unsaved: readonly CanonicalMessage[];
}

export interface CommitlaneMiddlewareOptions {
  readonly client: CommitlaneClient;
  /**
   * The session of a call, or what says it; unless given, each call says it itself, as
   * `providerOptions: { commitlane: { sessionId } }`.
   */
  readonly sessionId?: string | ((call: { readonly params: ModelCall }) => string | Promise<string>);
  /** For memories, summaries and earlier messages together: 1 to 2 000 000 tokens, by default 16 000. */
  readonly tokenBudget?: number;
  /** Of that, for memories: 0 (none) to 0.5, by default 0.2. */
  readonly memoryShare?: number;
  /** What memories are to be near to, in at most 1000 characters; the text of the last user message unless given. */
  readonly query?: (call: { readonly params: ModelCall }) => string | undefined;
  /**
   * True (the default): what is said is appended, and earlier messages of the session are put before the prompt's. False:
   * the caller keeps the conversation; memories and summaries are put into the prompt, and nothing is appended.
   */
  readonly appends?: boolean;
  /** What a session is created with that is not there; committed by the default policy unless given. */
  readonly settings?: SessionSettings;
  /**
   * With it, a call goes on without Commitlane where that fails, and this is told of it. Without it, the call fails: what
   * was said is never lost unnoticed.
   */
  readonly onError?: (failure: MemoryFailure) => void;
}
