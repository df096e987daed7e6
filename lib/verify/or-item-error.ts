import { type ItemError, isItemError } from '../table/index.ts';

/** What was read, or what kept it from being understood: damage is a finding, and no reason to stop. */
export async function orItemError<T>(reading: Promise<T>): Promise<T | ItemError> {
  try {
    return await reading;
  } catch (error) {
    if (isItemError(error)) return error;
    throw error;
  }
}
