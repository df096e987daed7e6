import type { TokenIssuer } from '../tokens/index.ts';
import type { ServiceClients, ServiceEndpoints } from './start-services.ts';

/** A stack that runs; its disposal ends all of it, and waits for that. */
export interface LocalStack extends AsyncDisposable, ServiceClients {
  readonly apiUrl: string;
  /** The template's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly stackName: string;
  /** Limits that the environments of its functions set, by variable. */
  readonly limitVariables: Readonly<Record<string, string>>;
  /** Where its services are, by the names of the environment variables that point a program at them. */
  readonly endpoints: ServiceEndpoints;
  readonly mintToken: TokenIssuer['mint'];
  /** What its tokens are signed with. */
  readonly tokens: Pick<TokenIssuer, 'issuer' | 'audience' | 'signingKey'>;
  /**
   * Aborts when the stack cannot go on, because something could not be written to the data folder. The reason, a
   * DataFolderError, says what to do; what was acknowledged is kept, and is there at the next start.
   */
  readonly failure: AbortSignal;
  /**
   * Kills the busy execution environments whose name begins so, in the middle of what they do; returns how many. A
   * name is the function's logical id, a dot and a number.
   */
  killBusy(namePrefix: string): Promise<number>;
  /** Runs each schedule now, besides its times, and waits for its end; what fails is told to `onLog`. */
  runSchedules(): Promise<void>;
}
