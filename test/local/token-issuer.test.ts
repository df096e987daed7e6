import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { makeTokenIssuer } from '../../local/tokens/token-issuer.ts';
import { temporaryFolder } from './temporary-folder.ts';

const issuer = 'https://tokens.test';
const audience = 'tests';
const expected = { issuer, audience: [audience] };
const ann = { tenant: 'acme', sub: 'ann' };

describe('a token', () => {
  it('tells who somebody is, and for how long', async () => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    const claims = await tokens.verify(await tokens.mint({ ...ann, expiresInSeconds: 60 }), expected);
    expect(claims).toMatchObject({ iss: issuer, aud: audience, ...ann });
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBeGreaterThanOrEqual(59);
  });

  it('is for any of the audiences that are asked for', async () => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    const token = await tokens.mint(ann);
    expect(await tokens.verify(token, { issuer, audience: ['others', audience] })).toMatchObject(ann);
  });

  it('is good after a restart when the key is kept, which only its owner can read', async () => {
    await using folder = await temporaryFolder();
    const keyFile = path.join(folder.path, 'key.pem');
    const before = await makeTokenIssuer({ issuer, audience, keyFile });
    const after = await makeTokenIssuer({ issuer, audience, keyFile });
    expect(await after.verify(await before.mint(ann), expected)).toMatchObject(ann);
    expect((await stat(keyFile)).mode & 0o077).toBe(0);
  });
});

describe('a token is refused', () => {
  it.each([
    ['when another issuer is asked for', { issuer: 'https://others.test', audience: [audience] }],
    ['when it is for another audience', { issuer, audience: ['others'] }],
    ['when it is for nobody', { issuer, audience: [] }],
  ])('%s', async (_when, other) => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    expect(await tokens.verify(await tokens.mint(ann), other)).toBeUndefined();
  });

  it('when it has expired', async () => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    expect(
      await tokens.verify(await tokens.mint({ ...ann, expiresInSeconds: -1 }), expected),
    ).toBeUndefined();
  });

  it('when somebody else has signed it', async () => {
    const [tokens, others] = await Promise.all([
      makeTokenIssuer({ issuer, audience }),
      makeTokenIssuer({ issuer, audience }),
    ]);
    expect(await tokens.verify(await others.mint(ann), expected)).toBeUndefined();
  });

  it('when it is signed with a secret, or not at all', async () => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    const claims = { ...ann, iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 60 };
    const secret = new TextEncoder().encode('a secret that is long enough for this');
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    expect(await tokens.verify(shared, expected)).toBeUndefined();
    expect(await tokens.verify(new UnsecuredJWT(claims).encode(), expected)).toBeUndefined();
  });

  it('when a claim was changed after it was signed', async () => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    const [header, , signature] = (await tokens.mint(ann)).split('.');
    const [, payload] = (await tokens.mint({ ...ann, tenant: 'others' })).split('.');
    expect(await tokens.verify(`${header}.${payload}.${signature}`, expected)).toBeUndefined();
  });

  it.each(['', 'garbage', 'a.b.c', '....', 'Basic YTpi'])('when it is none: %j', async (token) => {
    const tokens = await makeTokenIssuer({ issuer, audience });
    expect(await tokens.verify(token, expected)).toBeUndefined();
  });
});
