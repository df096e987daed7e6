/** What the program needs of the stack that it runs on. */
export interface RunningStack extends AsyncDisposable {
  readonly apiUrl: string;
  /** Who is meant where nobody else is named. */
  readonly caller: { readonly tenant: string; readonly sub: string };
  /** Aborts when the stack cannot go on; the reason says what to do. */
  readonly failure: AbortSignal;
  /** A bearer token that the API takes. */
  mintToken(): Promise<string>;
}

/** @throws an error whose message says, in one paragraph, what is in the way. */
export type StartStack = (request: StackRequest) => Promise<RunningStack>;

/** A model behind the chat completions protocol. */
export interface ChosenModel {
  /** `openai-compatible:<model>`. */
  readonly name: string;
  /** The server's base URL, without `/chat/completions`. */
  readonly url: string;
  /** What the server wants to be shown, if anything. */
  readonly key?: string;
}

interface StackRequest {
  /** 0: any free one. */
  readonly port: number;
  /** Origins whose pages may call the API, besides those of this machine. */
  readonly corsOrigins: readonly string[];
  /** Whether it runs until somebody stops it. */
  readonly staysUp: boolean;
  /** Where leases are kept. */
  readonly leaseStore: 'dynamodb' | 'upstash';
  /** The offline model unless given. */
  readonly model?: ChosenModel;
  /** In memory unless given. */
  readonly dataFolder?: string;
  readonly signal: AbortSignal;
  readonly onStepBegin: (label: string, more?: { readonly isSlow: boolean }) => void;
  readonly onStepEnd: (label: string, durationMs: number) => void;
  /** What a function logs, line by line. */
  readonly onLog: (line: string) => void;
  /** What this stack does otherwise than the deployed one, a sentence each. */
  readonly onWarning: (warning: string) => void;
}
