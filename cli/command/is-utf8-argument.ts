/**
 * Whether an argument of the command line came as UTF-8. Node shows any other bytes as U+FFFD, and so they would be
 * stored; one that is meant is rare enough to go another way.
 */
export function isUtf8Argument(text: string): boolean {
  return !text.includes('\ufffd') && text.isWellFormed();
}
