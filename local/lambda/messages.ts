/** What the thread of an execution environment is told. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly requestId: string;
  readonly deadlineAtMs: number;
}

/** What it answers. */
export type InvocationAnswer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string };

/** What it is started with. */
export interface ThreadSettings {
  readonly modulePath: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly memoryMb: number;
}
