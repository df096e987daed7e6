/** What happens in a search, for logs: its query could not be embedded or looked up, so that it was answered by words. */
export type SearchEvent = {
  readonly type: 'search.by-words-alone';
  readonly tenant: string;
  readonly error: unknown;
  readonly durationMs: number;
};
