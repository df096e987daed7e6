const KIBIBYTE = 1024;

/** Bounds of one append: they keep a record, with its keys, well under DynamoDB's 400 KB item limit. */
export const appendBounds = {
  /** All messages of one append together, as UTF-8 JSON. */
  maxBytes: 256 * KIBIBYTE,
  maxMessages: 100,
} as const;
