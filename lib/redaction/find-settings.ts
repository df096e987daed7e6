import { isPassword } from './is-password.ts';
import { isStandIn } from './is-stand-in.ts';
import type { FoundSecret, SecretKind } from './secret-kinds.ts';
import { type Value, valueAt } from './value-at.ts';

const PASSWORD =
  'pass(?:word|wort|wd|phrase|code)|pwd|kennwort|contrase[ñn]a|senha|mot[ _-]?de[ _-]?passe|mdp|wachtwoord|has[łl]o|lösenord|passord|adgangskode|heslo|parola|şifre|пароль|密码|密碼|口令|パスワード|비밀번호';
const KEY =
  '(?:api|access|secret|private|signing|encryption|account|auth|subscription|license|webhook|master|shared)[ _-]?(?:access[ _-]?)?(?:key|token|secret)|secret|token|credentials?';
/** What a name may have behind the word; anything more names something else, such as `token_count`. */
const SUFFIX = '(?:[_-]?(?:[0-9]{1,2}|prod|dev|test|stage|staging|live|old|new|value|string))?';
/** From the name to its value: `=`, `:`, `=>`, with quotation marks and Markdown around the name. */
const TO_VALUE = String.raw`(?:\\?["'${'`'}\])*_]{0,3})[ \t]{0,3}(?:=>|[:=]=?|[：＝]|\|)(?:[*_]{0,2})[ \t]{0,3}(?:[*_]{2})?`;
const PASSWORD_SETTING = new RegExp(`(?:${PASSWORD})${SUFFIX}${TO_VALUE}`, 'giu');
const KEY_SETTING = new RegExp(
  `(?<![:/])(?:${KEY})${SUFFIX}(?:${TO_VALUE}|[ \\t](?:is|was|ist|lautet|es|est)[ \\t]:?)`,
  'giu',
);
const PASSWORD_NAME = new RegExp(`(?:${PASSWORD})${SUFFIX}$`, 'iu');
const KEY_NAME = new RegExp(`(?:${KEY})${SUFFIX}$`, 'iu');
const MIN_KEY = 8;
const LONG_KEY = 20;

/** Passwords and keys that settings give: `DB_PASSWORD=…`, `token: …`, `"apiKey": "…"`. */
export function findSettings(text: string): FoundSecret[] {
  const valuesOf = (pattern: RegExp) =>
    Array.from(text.matchAll(pattern)).flatMap(
      ({ index, 0: head }) => valueAt(text, index + head.length) ?? [],
    );
  return [
    ...valuesOf(PASSWORD_SETTING)
      .filter((value) => isPassword(value, false))
      .map(({ start, end }) => ({ kind: 'password' as const, start, end })),
    ...valuesOf(KEY_SETTING)
      .filter(isKey)
      .map(({ start, end }) => ({ kind: 'api-key' as const, start, end })),
  ];
}

/** What the value of a field of JSON is, by the field's name. */
export function secretOfField(name: string, text: string): SecretKind | undefined {
  const value: Value = { text, start: 0, end: text.length, isQuoted: true, isLast: true };
  if (PASSWORD_NAME.test(name) && isPassword(value, false)) return 'password';
  return KEY_NAME.test(name) && isKey(value) ? 'api-key' : undefined;
}

/** Random, as keys are: a part of it has letters and digits, or it is long and of both cases. */
function isKey({ text }: Value): boolean {
  if (text.length < MIN_KEY || isStandIn(text) || !/^[A-Za-z0-9_+/=.~!@#$%^&*:-]+$/.test(text)) return false;
  if (/^(?:https?:|\.{0,2}\/|[\w$]+(?:\.[A-Za-z_$]\w*)+$)/.test(text)) return false;
  if (text.split(/[-_.:/]/).some((part) => part.length >= 6 && /[0-9]/.test(part) && /[A-Za-z]/.test(part))) {
    return true;
  }
  return text.length >= LONG_KEY && /[a-z][A-Z]+[a-z]+[A-Z]/.test(text) && !/[-_.:/]/.test(text);
}
