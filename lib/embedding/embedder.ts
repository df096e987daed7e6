/** The meaning of a text as a direction: of length 1, with as many numbers as the deployment's setting says. */
export type Vector = readonly number[];

/** What a text is embedded for: some models do it differently for a query and for what is to be found by it. */
export type EmbeddingPurpose = 'query' | 'document';

/** A model that turns texts into vectors. Conversation text is data to it, and leaves the account where the model does. */
export interface Embedder {
  /** `<provider>:<model>@<dimensions>`. Vectors of different embedders are never compared. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One vector for each text, in their order; texts that are too long are cut. Ends when the signal aborts, and then throws its
   * reason.
   *
   * @throws EmbeddingUnavailableError when the same call may succeed later; EmbeddingRefusedError when it will not, as when vectors
   * have another length than the setting says.
   */
  embed(
    texts: readonly string[],
    options: { readonly purpose: EmbeddingPurpose; readonly signal: AbortSignal },
  ): Promise<readonly Vector[]>;
}
