import type { Target } from '../target/index.ts';
import type { CheckResult } from './run-check.ts';

const NOT_ALLOWED = [401, 403];

/** Whether the HTTP API answers, and refuses a caller who has not said who it is. */
export async function checkApi({ outputs }: Target, signal: AbortSignal): Promise<CheckResult> {
  const response = await fetch(new URL('/sessions/doctor', outputs.ApiUrl), { signal });
  await response.body?.cancel();
  const detail = `${outputs.ApiUrl} answers ${response.status} to a caller without a token`;
  if (NOT_ALLOWED.includes(response.status)) return { status: 'ok', detail };
  return {
    status: 'failed',
    detail,
    whatToDo: 'It should answer 401 or 403: look at its authorizer, and deploy again.',
  };
}
