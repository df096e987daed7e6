import { describe, expect, it } from 'vitest';
import { identityOf } from '../../lib/api/index.ts';
import { nameSchema } from '../../lib/session/index.ts';

const ACCOUNT = '123456789012';
const subjectOf = (userId: string) => identityOf({ iam: { accountId: ACCOUNT, userId } }).subject;

describe('the identity of a signed request', () => {
  it.each([
    ['a user', 'AIDACKCEVSQ6C2EXAMPLE', 'AIDACKCEVSQ6C2EXAMPLE'],
    ['the root user', ACCOUNT, ACCOUNT],
    ['a role', 'AROAEXAMPLE:deploy', 'AROAEXAMPLE'],
    ['a role, assumed by an instance', 'AROAEXAMPLE:i-0123456789abcdef0', 'AROAEXAMPLE'],
    ['a role, assumed through an identity provider', 'AROAEXAMPLE:ann@example.com', 'AROAEXAMPLE'],
    ['a role, with every mark that a session name may have', 'AROAEXAMPLE:a=b,c.d@e-f_g+h', 'AROAEXAMPLE'],
    ['a role, with the longest session name', `AROAEXAMPLE:${'s'.repeat(64)}`, 'AROAEXAMPLE'],
    ['a federated user', `${ACCOUNT}:ann`, `${ACCOUNT}:ann`],
    ['a federated user, with marks', `${ACCOUNT}:a=b,c@d`, `${ACCOUNT}:a|3db|2cc@d`],
  ])('is the account and %s', (_what, userId, subject) => {
    expect(identityOf({ iam: { accountId: ACCOUNT, userId } })).toEqual({ tenant: ACCOUNT, subject });
    expect(nameSchema.safeParse(subject).success).toBe(true);
  });

  it('is the same in all sessions of a role, and another for each federated user', () => {
    expect(subjectOf('AROAEXAMPLE:one')).toBe(subjectOf('AROAEXAMPLE:two=2'));
    expect(subjectOf(`${ACCOUNT}:a=b`)).not.toBe(subjectOf(`${ACCOUNT}:a,b`));
    expect(subjectOf('AROAEXAMPLE:one')).not.toBe(subjectOf('AROAOTHER:one'));
  });

  it.each([undefined, null, '', ':session', 7])('is incomplete without a user id: %j', (userId) => {
    expect(() => identityOf({ iam: { accountId: ACCOUNT, userId } })).toThrow(/'sub'/);
  });
});
