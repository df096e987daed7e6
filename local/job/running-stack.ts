/** What the program needs of the stack that it runs on. */
export interface RunningStack extends AsyncDisposable {
  readonly apiUrl: string;
  /** A bearer token that the API takes. */
  mintToken(): Promise<string>;
}

/** @throws an error whose message says, in one paragraph, what is in the way. */
export type StartStack = (request: StackRequest) => Promise<RunningStack>;

interface StackRequest {
  /** 0: any free one. */
  readonly port: number;
  /** Where leases are kept. */
  readonly leaseStore: 'dynamodb' | 'upstash';
  /** In memory unless given. */
  readonly dataFolder?: string;
  readonly signal: AbortSignal;
  readonly onStepBegin: (label: string) => void;
  readonly onStepEnd: (label: string, durationMs: number) => void;
  /** What a function logs, line by line. */
  readonly onLog: (line: string) => void;
  /** What this stack does otherwise than the deployed one, a sentence each. */
  readonly onWarning: (warning: string) => void;
}
