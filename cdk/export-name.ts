/** The outputs of a stack that say where its parts are; other stacks import them by their export names. */
export const places = [
  'ApiUrl',
  'TableName',
  'LimitsPath',
  'CommitQueueUrl',
  'CommitDeadLetterQueueUrl',
  'FollowUpQueueUrl',
  'FollowUpDeadLetterQueueUrl',
  'EventBusName',
] as const;
export type Place = (typeof places)[number];

/** What a place of a stack is exported as: unique in an account and region, as stacks are. */
export function exportName(stackName: string, place: Place): string {
  return `${stackName}:${place}`;
}
