import { isStandIn } from './is-stand-in.ts';
import type { Value } from './value-at.ts';

/** Said of passwords, or written where one belongs, and none; in the languages whose words for passwords are known. */
const WORDS = new Set(
  `
  wrong incorrect invalid expired correct right secure insecure safe unsafe weak strong secret private public plain plaintext
  required mandatory optional needed missing empty blank reset change changed lost forgotten forgot stolen leaked known unknown
  set unset unchanged different same identical unique default random case case-sensitive up-to-date one-time not never always also
  only just still too very really quite already here there below above this that these those they them their with without when
  where what which something anything nothing everything someone some none null nil undefined true false yes maybe okay
  fine good great better best bad worse worst easy hard simple complex complicated long longer short shorter stronger weaker
  older newer enough important critical temporary permanent active inactive incorrectly visible hidden shown sent stored kept
  string str text varchar char boolean number object array bytes hash hashes input value field type form label placeholder name
  username user email login policy manager strength rules hint reminder prompt test body req data props args self
  hashed salted encrypted crypto bcrypt argon scrypt plain-text base64 current confirm confirmation help link show hide
  must should would could will shall cannot can't don't isn't doesn't wasn't it's that's what's from into about after before
  between until because than then more most less least many much your ours mine yours his hers being been have having

  falsch richtig ungültig abgelaufen vergessen verloren geändert zurückgesetzt sicher unsicher schwach stark geheim gesperrt nötig
  erforderlich notwendig leer gleich anders neu alt lang kurz immer noch nicht auch sehr bekannt unbekannt gespeichert korrekt
  zurücksetzen ändern kein keine keines eingeben optional verschlüsselt dasselbe derselbe folgendes folgende

  incorrecta incorrecto correcta correcto válida inválida caducada olvidada segura débil fuerte secreta necesaria obligatoria
  cambiada errónea equivocada nueva vieja larga corta igual vacía requerida expirada
  incorrecte invalide expiré oublié perdu faux faible fort secret requis obligatoire changé nouveau ancien vide identique sécurisé
  incorreta correta inválida expirada esquecida fraca forte segura necessária obrigatória errada nova
  sbagliata errata corretta scaduta dimenticata debole sicura segreta obbligatoria nuova
  verkeerd onjuist juist verlopen vergeten zwak sterk veilig geheim nodig verplicht nieuw
  nieprawidłowe błędne zapomniane wygasło
  неверный неправильный верный правильный забыт забыла забыл истёк истек устарел слабый сильный сложный простой обязателен нужен
  изменён изменен сброшен утерян новый старый прежний другой
  yanlış doğru unuttum hatalı fel felaktigt glömt galt feil forkert glemt
  `
    .trim()
    .split(/\s+/),
);
/** Participles, adjectives and adverbs of English. */
const SUFFIX = /(?:ed|ing|able|ible|ful|less|ous|ive|ly|n't)$/;
const TECHNICAL =
  /^(?:sha|md|aes|rsa|base|utf|pbkdf|argon|bcrypt|scrypt|hmac|oauth|ed|iso|nist|field|input|column|step|option|version|form|test|owasp|http|rfc|cve|v|x)-?\d+|^(?:\d+(?:st|nd|rd|th)\b|\d+[\s-]?(?:char|digit|letter|zeich|stell|bit|min|day|tag|hour|month|year|symbol|caract)|\d+fa\b|1password\b|bcrypt|auth0\b|scrypt)/i;
/** A call, a field of an object, a path or an address. */
const CODE =
  /^[\w$.]+\(|^[\w$]+(?:\.[A-Za-z_$]\w*)+$|^[\w$.]+\[|^(?:\.{0,2}\/|~\/|https?:|file:)|=>|^[-!=]?[({]/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/;
const MIN_LENGTH = 4;

/**
 * Whether a value that was given for a password is one: not a word that is said about passwords, nor a piece of code.
 *
 * @param isProse whether a sentence gave it, rather than a setting.
 */
export function isPassword({ text, isQuoted, isLast }: Value, isProse: boolean): boolean {
  const value = text.replace(/^[*_]{1,3}(?=[^*_])/, '').replace(/[!?*_]{1,3}$/, '');
  if ([...text].length < MIN_LENGTH || value === '' || isStandIn(value)) return false;
  const word = value.toLowerCase();
  if (WORDS.has(word) || WORDS.has(word.split(/[-/]/, 1)[0] ?? '')) return false;
  if (TECHNICAL.test(value) || DATE.test(value)) return false;
  if (!isQuoted && CODE.test(value)) return false;
  if (isMixed(value)) return true;
  if (/^[\p{Ll}\p{Lo}][\p{L}\p{M}]*\p{Lu}/u.test(value)) return isProse || isQuoted;
  return isLast && isPlainWord(value) && !SUFFIX.test(word);
}

/** Letters with digits, digits alone, or a sign that no word has inside. */
function isMixed(value: string): boolean {
  if (/^\d+$/.test(value)) return true;
  if (/\p{L}/u.test(value) && /\p{N}/u.test(value)) return true;
  return /[\p{L}\p{N}]/u.test(value) && /[^\p{L}\p{M}\p{N}\s'’\-./,:;@()[\]{}"…]/u.test(value);
}

/** One word, or several that are joined by hyphens; in quotation marks also with spaces. */
function isPlainWord(value: string): boolean {
  return /^\p{L}[\p{L}\p{M}]*$|^\p{L}+(?:[- ]\p{L}+){2,9}$/u.test(value);
}
