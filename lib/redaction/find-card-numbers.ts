import type { FoundSecret } from './secret-kinds.ts';

/** Digits in the groups that cards and their owners write them in, also full-width; between them spaces or hyphens. */
const CANDIDATE =
  /(?<![A-Za-z0-9_.,+０-９-]|[0-9][ \u00a0])[0-9０-９]{4}(?:[ \u00a0-]?[0-9０-９]){9,15}(?![A-Za-z0-9_０-９]|[.,-][0-9]|-[A-Za-z])/gu;
const GROUPS = new Set(['4-4-4-4', '4-6-5', '4-6-4', '4-4-4-4-3', '4-4-5', '4-4-4-1']);
/** Before numbers of other things; nearer than any word for a card. */
const OTHER =
  /(?:order|invoice|tracking|ticket|reference|booking|parcel|shipment|serial|imei|isbn|ean|sku|phone|tel|fax|mobile|whatsapp|account|transaction|id|uid|bestell\w*|rechnung\w*|pedido|commande|telefon\w*|заказ\w*|телефон\w*|订单号?|電話|电话|注文番号)[\s#:.=№°"'’]{0,4}(?:(?:no|nr|num|number|nummer|номер|is|ist|was|es|est|的|是|は|：)[\s#:.="'’]{0,4}){0,3}$/iu;
const CARD =
  /card|visa|master|amex|american express|discover|diners|jcb|karte|tarjeta|carte|cartão|carta|карт|卡|カード|카드/iu;
const BEFORE = 40;

/**
 * Payment card numbers (ISO/IEC 7812): 13 to 19 digits of a range that is issued, with a true check digit. Numbers after
 * a word such as `order` are none; neither are 13 digits far from a word for a card, which no longer are issued.
 */
export function findCardNumbers(text: string): FoundSecret[] {
  return Array.from(text.matchAll(CANDIDATE))
    .filter(({ index, 0: written }) => isCard(written, text.slice(Math.max(0, index - BEFORE), index)))
    .map(({ index, 0: written }) => ({ kind: 'card-number', start: index, end: index + written.length }));
}

function isCard(written: string, before: string): boolean {
  const plain = written.normalize('NFKC');
  const digits = plain.replace(/[^0-9]/g, '');
  const isGrouped = digits.length !== plain.length;
  if (isGrouped && !GROUPS.has(groupsOf(plain))) return false;
  if (!isIssued(digits) || !hasCheckDigit(digits)) return false;
  return digits.length === 13 ? CARD.test(before) : !OTHER.test(before);
}

function groupsOf(plain: string): string {
  return plain
    .split(/[ -]/)
    .map(({ length }) => length)
    .join('-');
}

/** Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, Mir; with the lengths they have. */
function isIssued(digits: string): boolean {
  const { length } = digits;
  const starts = (first: number, last = first) => {
    const prefix = Number(digits.slice(0, String(first).length));
    return first <= prefix && prefix <= last;
  };
  if (starts(4)) return [13, 16, 19].includes(length);
  if (starts(51, 55) || starts(2221, 2720)) return length === 16;
  if (starts(34) || starts(37)) return length === 15;
  if (starts(300, 305) || starts(3095) || starts(36) || starts(38, 39)) return length >= 14;
  if (length < 16) return false;
  return (
    starts(6011) ||
    starts(644, 659) ||
    starts(3528, 3589) ||
    starts(62) ||
    starts(2200, 2204) ||
    [5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763].some((prefix) => starts(prefix))
  );
}

/** By Luhn's formula (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 1 ? 2 * digit : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
