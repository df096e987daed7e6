import { isStandIn } from './is-stand-in.ts';
import type { FoundSecret, SecretKind } from './secret-kinds.ts';

interface CredentialRule {
  readonly kind: SecretKind;
  readonly hint: string;
  /** Its group `secret` is the secret; the flag `d` says where it is. */
  readonly pattern: RegExp;
}

const rules: readonly CredentialRule[] = [
  // The password of an address or a connection string: `scheme://user:password@host`.
  {
    kind: 'password',
    hint: '://',
    pattern: /:\/\/[^\s/:@"'<>]{0,100}:(?<secret>[^\s/"'<>]{1,200})@/dg,
  },
  {
    kind: 'api-key',
    hint: 'earer',
    pattern: /\bBearer[ \t]{1,4}(?<secret>(?=[A-Za-z._~+/=-]{0,64}[0-9])[A-Za-z0-9._~+/=-]{16,})/dg,
  },
  {
    kind: 'password',
    hint: 'uthorization',
    pattern:
      /\b[Aa]uthorization["']?[ \t]?[:=][ \t]?["']?(?:[Bb]asic|[Tt]oken)[ \t]{1,4}(?<secret>[A-Za-z0-9._~+/=-]{8,})/dg,
  },
  {
    kind: 'password',
    hint: 'curl',
    pattern: /\bcurl\b[^\n]{0,200}?[ \t](?:-u|--user)[ \t]?["']?[^\s:"']{1,64}:(?<secret>[^\s"']{1,128})/dg,
  },
  {
    kind: 'password',
    hint: 'sshpass',
    pattern: /\bsshpass[ \t]{1,4}-p[ \t]?["']?(?<secret>[^\s"']{1,128})/dg,
  },
];

/** What addresses, headers and command lines say to prove who somebody is. */
export function findCredentials(text: string): FoundSecret[] {
  return rules
    .filter(({ hint }) => text.includes(hint))
    .flatMap(({ kind, pattern }) =>
      Array.from(text.matchAll(pattern), ({ groups, indices }) => {
        const [start, end] = indices?.groups?.['secret'] ?? [0, 0];
        return { kind, start, end, secret: groups?.['secret'] ?? '' };
      }),
    )
    .filter(({ secret }) => !isStandIn(secret))
    .map(({ kind, start, end }) => ({ kind, start, end }));
}
