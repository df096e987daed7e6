/** A commit moved messages while they were read: the read begins again. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}
