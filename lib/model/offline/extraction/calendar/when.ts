/** When something happens, said so that it stays true on any later day. */
export interface When {
  /** `on 7 May 2023`, `in August 2023`, `in the week before 9 June 2023` */
  readonly words: string;
  /** The same for keys: `2023-05-07`, `2023-08`, `before-2023-06-09`. */
  readonly slug: string;
}
