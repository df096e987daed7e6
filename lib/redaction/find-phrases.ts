import { isPassword } from './is-password.ts';
import type { FoundSecret } from './secret-kinds.ts';
import { valueAt } from './value-at.ts';

const NOUNS =
  'pass[ -]?(?:word|code|phrase)|passwd|pw|pwd|passwort|kennwort|zugangscode|contrase[ñn]a|senha|palavra-passe|mot de passe|code secret|mdp|wachtwoord|has[łl]o|lösenord(?:et)?|passord(?:et)?|adgangskoden?|heslo|salasanani?|parolam?|şifrem?|jelszavam|mật khẩu|kata sandi|пароль|пароля';
const ENGLISH = 'password|passcode|passphrase|pwd|pw';
/** "the password for the router is". */
const FOR = String.raw`(?:[ \t]{1,3}(?:for|of|to|on|at|in|from|für|von|vom|zum|zur|am|im|para|de|del|do|da|di|du|des|pour|per|voor|van|do|för|för|till|для|от|к|на)(?:[ \t]{1,2}[^\s.,;:!?=]{1,30}){1,8}?)?(?:[ \t]\([^()\n]{1,40}\))?`;
const IS =
  "is|was|will be|should be|ist|lautet|war|wird|es|era|será|sea|est|c'est|c’est|était|sera|é|è|sarà|to|jest|brzmi|är|er|je|on|là|adalah|это|был|будет";
const NOW = String.raw`(?:[ \t]{1,3}(?:now|still|currently|simply|just|jetzt|nun|einfach|ahora|maintenant|agora|ora|nu|теперь))?`;
const SIGN = String.raw`[ \t]{0,3}(?:[—–→:=]|->|=>)[ \t]{0,3}|[ \t]{1,3}-[ \t]{1,3}`;

/** "my password is hunter2", "Mein Passwort lautet …", "пароль — …". */
const SENTENCE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${NOUNS})(?![\p{L}\p{N}_])${FOR}(?:[ \t]{1,3}(?:${IS})${NOW}(?:[ \t]{0,3}:)?[ \t]{1,3}|${SIGN})(?:\*\*)?`,
  'giu',
);
/** "I changed my password to …". */
const CHANGE = new RegExp(
  String.raw`\b(?:chang|set|reset|updat|switch|rotat)\p{L}{0,4}[ \t]{1,3}(?:[\p{L}'’-]{1,15}[ \t]{1,3}){0,4}?(?:${ENGLISH})${FOR}[ \t]{1,3}(?:back[ \t]{1,3})?to[ \t]{1,3}(?:be[ \t]{1,3})?(?:\*\*)?`,
  'giu',
);
/** "log in as ann with password hunter2". */
const ADJACENT = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${NOUNS})[ \t]{1,3}`, 'giu');
/** "user: ann, pass: hunter2"; `pass` alone is also what tests do. */
const LOGIN = /\b(?:user(?:name)?|login)\b[^\n]{1,60}?[\s,;/]pass[ \t]?[:=][ \t]?/gi;
/** Scripts that put no space before a verb, or none at all: the password is what is ASCII. */
const OTHER_SCRIPTS =
  /(?:密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|รหัสผ่าน|पासवर्ड|كلمة (?:المرور|السر)|סיסמה|סיסמא)[ \t]{0,2}(?:改成|改为|改為|就是|是|为|為|は|が|는|은|가|คือ|है|هي|:|：|=|＝)?[ \t]{0,2}["「『“'`*]{0,2}(?<secret>[!-~]{4,64})/dgu;
/** Four words or more; seed phrases have 12 to 24. */
const WORDS =
  /(?:pass ?phrase|seed phrase|recovery phrase|recovery words|mnemonic(?: phrase)?|secret phrase)(?:[ \t]+(?:is|was|are)[ \t]*:?|[ \t]*[:=])[ \t]+["'“]?(?<secret>[a-z]{3,12}(?:[ -][a-z]{3,12}){3,23})/dgi;
const FUNCTION_WORD =
  /\b(?:the|and|was|are|for|with|that|this|from|not|too|than|when|you|your|our|can|has|have|had|been|must|should|will|into|only|all|any|its|same|stored|kept|written|used|which|who|where|because)\b/i;
const GIVES = String.raw`(?:[ \t]{0,3}[:=][ \t]{0,3}|[ \t]{1,3}(?:is|was|ist|lautet|es|est)[ \t]{1,3})`;
/** A PIN with whose it is, or in capitals: an Indian postal code has the same name, and 6 digits. */
const OWN_PIN = new RegExp(
  `\\b(?:my|our|the|his|her|card|bank|phone|sim|door) pin(?: code| number)?${GIVES}(?<secret>[0-9]{4,8})(?![0-9])`,
  'dgi',
);
const PIN = new RegExp(
  `\\bPIN(?:[ -]?(?:[Cc]ode|[Nn]umber))?(?:[ \\t]\\p{L}{1,12}){0,3}${GIVES}(?<secret>[0-9]{4,5})(?![0-9])`,
  'dgu',
);
/** The check value on the back of a card. */
const CARD_CODE = new RegExp(`\\bCV[VC]2?(?:${GIVES}|[ \\t]{1,3})(?<secret>[0-9]{3,4})(?![0-9])`, 'dg');

/** Passwords, passphrases and PINs in so many words. */
export function findPhrases(text: string): FoundSecret[] {
  return [
    ...[SENTENCE, CHANGE, LOGIN].flatMap((pattern) =>
      said(text, pattern, (value) => isPassword(value, true)),
    ),
    ...said(
      text,
      ADJACENT,
      (value) => /\p{L}/u.test(value.text) && /\d/.test(value.text) && isPassword(value, true),
    ),
    ...inGroups(text, OTHER_SCRIPTS).filter(({ start, end }) => {
      const secret = text.slice(start, end);
      return isPassword({ text: secret, start, end, isQuoted: false, isLast: true }, true);
    }),
    ...inGroups(text, WORDS).filter(({ start, end }) => !FUNCTION_WORD.test(text.slice(start, end))),
    ...[OWN_PIN, PIN, CARD_CODE].flatMap((pattern) => inGroups(text, pattern)),
  ];
}

function said(
  text: string,
  pattern: RegExp,
  isSecret: (value: NonNullable<ReturnType<typeof valueAt>>) => boolean,
): FoundSecret[] {
  return Array.from(text.matchAll(pattern)).flatMap(({ index, 0: head }) => {
    const value = valueAt(text, index + head.length);
    return value && isSecret(value)
      ? [{ kind: 'password' as const, start: value.start, end: value.end }]
      : [];
  });
}

/** What a group of a pattern matched; its flag `d` says where. */
function inGroups(text: string, pattern: RegExp): FoundSecret[] {
  return Array.from(text.matchAll(pattern)).flatMap(({ indices }) =>
    Object.values(indices?.groups ?? {})
      .filter((range) => range !== undefined)
      .map(([start, end]) => ({ kind: 'password' as const, start, end })),
  );
}
