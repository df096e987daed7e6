import databases from 'dynalite/db/index.js';
import { vectorErrorOf } from './vector-indexes.ts';

const { validateItem, updateIndexes } = databases;

/**
 * Has dynalite, in all of its databases, refuse vectors that do not fit their index, and tell a store what is about to be
 * written to an item. Its actions ask these two functions for every item that is put, and before anything is written.
 */
export function hookWrites(): void {
  databases.validateItem = (item, table) => validateItem(item, table) ?? vectorErrorOf(item, table);
  databases.updateIndexes = (store, table, before, item, done) => {
    const error = item && vectorErrorOf(item, table);
    if (error) return done(error);
    return updateIndexes(store, table, before, item, (failure) => {
      if (!failure) store.onItemChange?.({ table, before, after: item ?? undefined });
      done(failure);
    });
  };
}
