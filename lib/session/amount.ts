/** How much an append adds. */
export interface Amount {
  readonly messages: number;
  /** An estimate, without any model's vocabulary. */
  readonly tokens: number;
}
