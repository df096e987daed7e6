import type { LocalStackOptions } from '../index.ts';

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

/** Options of the stack: those that the program always gives, and those that it gives when it is told them. */
type StackRequest = Required<
  Pick<
    LocalStackOptions,
    'port' | 'corsOrigins' | 'leaseStore' | 'signal' | 'onStepBegin' | 'onStepEnd' | 'onLog' | 'onWarning'
  >
> &
  Pick<LocalStackOptions, 'model' | 'embedding' | 'dataFolder'> & {
    /** Whether it runs until somebody stops it. */
    readonly staysUp: boolean;
  };
