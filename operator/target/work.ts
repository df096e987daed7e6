/** What comes with an operation that may take long. */
export interface Work<Report = Progress> {
  /** Stops it. */
  readonly signal: AbortSignal;
  /** Told again and again how far it is. */
  readonly report?: ((report: Report) => void) | undefined;
}

/** How far an operation is. */
export interface Progress {
  /** In words, such as `commits are replayed`. */
  readonly text: string;
  /** How many of them, where that can be said: `3 of 10 commits are replayed`. */
  readonly counted?: { readonly done: number; readonly total: number };
}
