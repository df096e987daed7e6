import { versionIn } from '../../table/index.ts';

/** A memory is as it was at that revision; without one, it is not there. */
export function isStill(revision: string | undefined) {
  if (revision === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const number = versionIn(revision);
  const [attribute, value] = number === undefined ? ['revision', revision] : ['version', number];
  return {
    ConditionExpression: '#attribute = :before',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':before': value },
  };
}
