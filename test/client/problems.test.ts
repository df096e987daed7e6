import { describe, expect, it } from 'vitest';
import { CommitlaneApiError, commitlaneClient } from '../../lib/client/index.ts';
import { type ScriptedAnswer, scriptedServer } from './scripted-server.ts';

async function failureOf(answer: ScriptedAnswer): Promise<CommitlaneApiError> {
  await using server = await scriptedServer([answer]);
  const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret', maxRetries: 0 });
  return await client.getSession('s').then(
    () => expect.fail('the call must not succeed'),
    (error) => error,
  );
}

describe('an error answer', () => {
  it('becomes an error with its status, code and problem, which names the fields', async () => {
    const problem = {
      type: 'about:blank',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid-input',
      detail: 'body.messages[0].role: must be one of user, assistant',
      errors: [{ field: 'body.messages[0].role', message: 'must be one of user, assistant' }],
    };
    const error = await failureOf({ status: 400, json: problem });
    expect(error).toBeInstanceOf(CommitlaneApiError);
    expect(error).toMatchObject({ status: 400, code: 'invalid-input', problem });
    expect(error.message).toBe(
      'getSession failed with 400 The request is not valid (invalid-input): body.messages[0].role: must be one of user, assistant',
    );
    expect(error.retry).toEqual({ retryable: false });
  });

  it('of the gateway, which knows no problems, gets a code and advice', async () => {
    const error = await failureOf({ status: 401, json: { message: 'Unauthorized' } });
    expect(error).toMatchObject({ status: 401, code: 'http-401' });
    expect(error.message).toContain('The answer says: Unauthorized Check that the token is valid');
  });

  it('that is not JSON is quoted, but not at length', async () => {
    const error = await failureOf({ status: 502, text: `<html>${'x'.repeat(1_000)}` });
    expect(error).toMatchObject({ status: 502, code: 'http-502' });
    expect(error.problem.detail).toMatch(/^The answer says: <html>x{194}…$/);
  });

  it('without a body is said to give no reason', async () => {
    const error = await failureOf({ status: 500 });
    expect(error.message).toContain('The answer gives no reason. The request may be repeated later.');
  });
});

describe('an answer of 200', () => {
  it('that is not JSON says that baseUrl may be wrong', async () => {
    const error = await failureOf({ status: 200, text: '<html>Welcome!</html>' });
    expect(error).toMatchObject({ name: 'CommitlaneNetworkError', code: 'unreadable-answer' });
    expect(error.message).toContain("Check that baseUrl is the API's address.");
  });
});
