import databases from 'dynalite/db/index.js';
import { vectorErrorOf } from './vector-indexes.ts';

const { validateItem, updateIndexes } = databases;

/**
 * Has dynalite refuse vectors that do not fit their index, in all of its databases. Its actions ask these two functions
 * for every item that is put, and before anything is written.
 */
export function checkVectors(): void {
  databases.validateItem = (item, table) => validateItem(item, table) ?? vectorErrorOf(item, table);
  databases.updateIndexes = (store, table, before, item, done) => {
    const error = item && vectorErrorOf(item, table);
    if (error) done(error);
    else updateIndexes(store, table, before, item, done);
  };
}
