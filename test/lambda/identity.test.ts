import { expect, it } from 'vitest';
import { identityOf } from '../../lib/api/identity.ts';

it.each([
  ['null, as text', 'null'],
  ['nothing, as Go writes it', '<nil>'],
  ['a list, as text', '[a b]'],
  ['an object, as text', 'map[a:b]'],
  ['empty', ''],
  ['missing', undefined],
])('a tenant that is %s is none', (_what, tenant) => {
  expect(() => identityOf({ jwt: { claims: { tenant, sub: 'ann' } } })).toThrow(/claim 'tenant'/);
  expect(() => identityOf({ jwt: { claims: { tenant: 'acme', sub: tenant } } })).toThrow(/claim 'sub'/);
});
