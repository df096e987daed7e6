import type { RedisReply } from './redis-reply.ts';

/** What executes the commands that arrive over REST. */
export interface RedisBackend extends AsyncDisposable {
  /** How it is called when it is shown to people. */
  readonly label: string;
  /** @throws RedisCommandError when the command is refused. */
  call(command: readonly string[]): Promise<RedisReply>;
  /**
   * Executes all the commands with nothing in between; each has its reply or its error.
   *
   * @throws RedisCommandError when one of them is no command: none is executed then.
   */
  transaction(commands: readonly (readonly string[])[]): Promise<(RedisReply | RedisCommandError)[]>;
}

/** Redis refused a command; the message is what Redis says. */
export class RedisCommandError extends Error {
  override readonly name = 'RedisCommandError';
}
