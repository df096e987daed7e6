import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { exportPKCS8, generateKeyPair, importPKCS8, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { unusableData } from '../errors.ts';

const ALGORITHM = 'ES256';

export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** PKCS 8, PEM. */
  readonly signingKey: string;
  /** A token for a user of a tenant; valid for a day unless said otherwise. */
  mint(claims: {
    readonly tenant: string;
    readonly sub: string;
    readonly expiresInSeconds?: number;
  }): Promise<string>;
  /** The claims of a token that this issuer signed for the given audience, and that is valid now; else undefined. */
  verify(
    token: string,
    expected: { readonly issuer: string; readonly audience: readonly string[] },
  ): Promise<JWTPayload | undefined>;
}

/**
 * Signs and verifies the tokens of the embedded stack.
 *
 * @param options.signingKey the key of an issuer that is there already.
 * @param options.keyFile where the key is kept, readable by its owner only; a new key at each start unless given.
 */
export async function makeTokenIssuer(options: {
  readonly issuer: string;
  readonly audience: string;
  readonly signingKey?: string;
  readonly keyFile?: string;
}): Promise<TokenIssuer> {
  const { issuer, audience, keyFile } = options;
  const pem = options.signingKey ?? (await loadOrMakeKey(keyFile));
  const privateKey = await importPKCS8(pem, ALGORITHM);
  const publicKey = createPublicKey(createPrivateKey(pem));
  return {
    issuer,
    audience,
    signingKey: pem,
    mint: ({ tenant, sub, expiresInSeconds = 86_400 }) =>
      new SignJWT({ tenant })
        .setProtectedHeader({ alg: ALGORITHM })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
        .sign(privateKey),
    async verify(token, expected) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          issuer: expected.issuer,
          audience: [...expected.audience],
          requiredClaims: ['exp'],
        });
        return payload;
      } catch (error) {
        if (error instanceof Error && 'code' in error) return undefined;
        throw error;
      }
    },
  };
}

/** @throws DataFolderError for a file that cannot be read or written, or that holds no key. */
async function loadOrMakeKey(keyFile: string | undefined): Promise<string> {
  if (keyFile === undefined) return makeKey();
  try {
    const kept = await readIfThere(keyFile);
    const pem = kept ?? (await makeKey());
    await importPKCS8(pem, ALGORITHM);
    if (kept === undefined) await writeFile(keyFile, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    throw unusableData(keyFile, error);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportPKCS8(privateKey);
}
