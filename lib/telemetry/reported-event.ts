/** Anything that happens, as the domain reports it: a type, and the numbers and names that belong to it. */
export interface ReportedEvent {
  readonly type: string;
  readonly [detail: string]: unknown;
}
