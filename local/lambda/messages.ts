/** What the worker thread of a function is told. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly requestId: string;
  readonly deadlineAtMs: number;
}

/** What the worker thread answers. */
export type InvocationAnswer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string };

/** What the worker thread is started with. */
export interface WorkerSettings {
  readonly modulePath: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly memoryMb: number;
}
