import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Target } from '../target/index.ts';
import type { CheckResult } from './run-check.ts';

/** Whether the table is there and takes requests. */
export async function checkTable(
  { dynamodb, outputs }: Target,
  abortSignal: AbortSignal,
): Promise<CheckResult> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: outputs.TableName }), {
    abortSignal,
  });
  const { TableStatus = 'unknown', ItemCount = 0 } = Table ?? {};
  const detail = `${outputs.TableName} is ${TableStatus}, with about ${ItemCount} items`;
  if (TableStatus === 'ACTIVE' || TableStatus === 'UPDATING') return { status: 'ok', detail };
  return {
    status: 'failed',
    detail,
    whatToDo: 'Look at the table in the AWS console; wait until it is ACTIVE.',
  };
}
