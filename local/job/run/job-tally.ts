/** What a run has done so far. */
export interface JobTally {
  /** Messages that this run has added. */
  appended: number;
  /** Messages that are stored, by the word of the API. */
  readonly acknowledgedIds: Set<string>;
  readonly openedSessions: Set<string>;
}
