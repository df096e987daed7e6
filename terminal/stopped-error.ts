import { CommitlaneError } from '../lib/errors/index.ts';

/** Somebody asked the program to stop: the reason of its aborted signal. */
export class StoppedError extends CommitlaneError {
  override readonly name = 'StoppedError';
  readonly code = 'stopped';

  constructor() {
    super('Stopped as asked.');
  }
}
