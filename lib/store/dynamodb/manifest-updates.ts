import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** A manifest is there, and not what closes its place. */
export const IS_OPEN = 'attribute_exists(followUpState)';

/** An extraction of this id is neither there nor merged; one that gave nothing does not count. */
const IS_NEW =
  '(attribute_not_exists(again) OR again.id <> :id OR again.extraction.outcome = :skipped) AND ' +
  '(attribute_not_exists(extraction.againId) OR extraction.againId <> :id)';

type Update = Required<
  Pick<UpdateCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>
> & { readonly UpdateExpression: string };

/** Records a step's result unless the step has one. */
export function stepUpdate(step: string, result: object): Update {
  return {
    UpdateExpression: 'SET #step = :result',
    ConditionExpression: `${IS_OPEN} AND attribute_not_exists(#step)`,
    ExpressionAttributeNames: { '#step': step },
    ExpressionAttributeValues: { ':result': result },
  };
}

/** Keeps what was extracted once more of an archive that is merged, once for each id. */
export function againUpdate(again: { readonly id?: string }): Update {
  return {
    UpdateExpression: 'SET again = :again',
    ConditionExpression: `${IS_OPEN} AND attribute_exists(#merge) AND ${IS_NEW}`,
    ExpressionAttributeNames: { '#merge': 'merge' },
    ExpressionAttributeValues: { ':again': again, ':id': again.id, ':skipped': 'skipped' },
  };
}
