/** An event as EventBridge gives it to its targets. */
export interface BusEvent {
  readonly version: '0';
  /** Of this entry; one that is put again has another. */
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** In whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
