import type { FoundSecret, SecretKind } from './secret-kinds.ts';

interface ContextRule {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  /** What must be near it, or it may as well be a hash or an image. */
  readonly near: RegExp;
  readonly isLike?: (key: string) => boolean;
}

/** In UTF-16 units. */
const BEFORE = 120;
const AFTER = 60;

const rules: readonly ContextRule[] = [
  {
    kind: 'aws-key',
    pattern: /(?<![A-Za-z0-9/+_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/g,
    near: /aws|\b(?:AKIA|ASIA)[A-Z0-9]|secret|access.?key|credential|\[redacted: AWS key\]/i,
    isLike: isRandom,
  },
  {
    kind: 'azure-key',
    pattern: /(?<![A-Za-z0-9/+_-])[A-Za-z0-9/+]{86}==/g,
    near: /azure|account.?key|storage|shared.?access|cosmos|event.?hub|service.?bus/i,
  },
  {
    kind: 'twilio-key',
    pattern: /(?<![A-Za-z0-9])[0-9a-f]{32}(?![A-Za-z0-9])/g,
    near: /twilio.{0,100}(?:token|secret)|auth.?token/i,
  },
  {
    kind: 'api-key',
    pattern: /(?<![A-Za-z0-9-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9-])/g,
    near: /heroku.{0,40}(?:key|token)/i,
  },
];

/** Keys that look like any other random text, and are known by the words around them. */
export function findKeysByContext(text: string): FoundSecret[] {
  return rules.flatMap(({ kind, pattern, near, isLike = () => true }) =>
    Array.from(text.matchAll(pattern))
      .filter(({ index, 0: key }) => isLike(key) && near.test(around(text, index, index + key.length)))
      .map(({ index, 0: key }) => ({ kind, start: index, end: index + key.length })),
  );
}

function around(text: string, start: number, end: number): string {
  return `${text.slice(Math.max(0, start - BEFORE), start)} ${text.slice(end, end + AFTER)}`;
}

/** Of 40 random characters of base64 hardly any have fewer of these, or more slashes; paths and hashes do. */
function isRandom(key: string): boolean {
  const count = (pattern: RegExp) => key.match(pattern)?.length ?? 0;
  return count(/[0-9]/g) >= 2 && count(/[A-Z]/g) >= 4 && count(/[a-z]/g) >= 4 && count(/\//g) <= 4;
}
