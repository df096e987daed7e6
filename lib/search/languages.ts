import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as armenian } from '@orama/stemmers/armenian';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as indian } from '@orama/stemmers/indian';
import { stemmer as indonesian } from '@orama/stemmers/indonesian';
import { stemmer as irish } from '@orama/stemmers/irish';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as lithuanian } from '@orama/stemmers/lithuanian';
import { stemmer as nepali } from '@orama/stemmers/nepali';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as serbian } from '@orama/stemmers/serbian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as tamil } from '@orama/stemmers/tamil';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { stopwords as arabicStops } from '@orama/stopwords/arabic';
import { stopwords as armenianStops } from '@orama/stopwords/armenian';
import { stopwords as bulgarianStops } from '@orama/stopwords/bulgarian';
import { stopwords as danishStops } from '@orama/stopwords/danish';
import { stopwords as dutchStops } from '@orama/stopwords/dutch';
import { stopwords as englishStops } from '@orama/stopwords/english';
import { stopwords as finnishStops } from '@orama/stopwords/finnish';
import { stopwords as frenchStops } from '@orama/stopwords/french';
import { stopwords as germanStops } from '@orama/stopwords/german';
import { stopwords as greekStops } from '@orama/stopwords/greek';
import { stopwords as hungarianStops } from '@orama/stopwords/hungarian';
import { stopwords as indianStops } from '@orama/stopwords/indian';
import { stopwords as indonesianStops } from '@orama/stopwords/indonesian';
import { stopwords as irishStops } from '@orama/stopwords/irish';
import { stopwords as italianStops } from '@orama/stopwords/italian';
import { stopwords as japaneseStops } from '@orama/stopwords/japanese';
import { stopwords as lithuanianStops } from '@orama/stopwords/lithuanian';
import { stopwords as mandarinStops } from '@orama/stopwords/mandarin';
import { stopwords as nepaliStops } from '@orama/stopwords/nepali';
import { stopwords as norwegianStops } from '@orama/stopwords/norwegian';
import { stopwords as portugueseStops } from '@orama/stopwords/portuguese';
import { stopwords as romanianStops } from '@orama/stopwords/romanian';
import { stopwords as russianStops } from '@orama/stopwords/russian';
import { stopwords as serbianStops } from '@orama/stopwords/serbian';
import { stopwords as spanishStops } from '@orama/stopwords/spanish';
import { stopwords as swedishStops } from '@orama/stopwords/swedish';
import { stopwords as tamilStops } from '@orama/stopwords/tamil';
import { stopwords as turkishStops } from '@orama/stopwords/turkish';
import { stopwords as ukrainianStops } from '@orama/stopwords/ukrainian';

/** A language whose words can be told by the most common of them. */
export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** What forms of one word have in common; the word itself where nothing is known of the language's endings. */
  readonly stem: (word: string) => string;
  /** Its most common words, as they are written. */
  readonly commonWords: readonly string[];
}

const asItIs = (word: string) => word;

/** Snowball's stemmers (https://snowballstem.org) and its lists of common words, with others of the same form. */
export const languages: readonly Language[] = [
  { tag: 'ar', stem: arabic, commonWords: arabicStops },
  // The stemmer of this language (3.1.18) throws on words such as `равен`.
  { tag: 'bg', stem: asItIs, commonWords: bulgarianStops },
  { tag: 'da', stem: danish, commonWords: danishStops },
  { tag: 'de', stem: german, commonWords: germanStops },
  { tag: 'el', stem: greek, commonWords: greekStops },
  { tag: 'en', stem: english, commonWords: englishStops },
  { tag: 'es', stem: spanish, commonWords: spanishStops },
  { tag: 'fi', stem: finnish, commonWords: finnishStops },
  { tag: 'fr', stem: french, commonWords: frenchStops },
  { tag: 'ga', stem: irish, commonWords: irishStops },
  { tag: 'hi', stem: indian, commonWords: indianStops },
  { tag: 'hu', stem: hungarian, commonWords: hungarianStops },
  { tag: 'hy', stem: armenian, commonWords: armenianStops },
  { tag: 'id', stem: indonesian, commonWords: indonesianStops },
  { tag: 'it', stem: italian, commonWords: italianStops },
  { tag: 'ja', stem: asItIs, commonWords: japaneseStops },
  { tag: 'lt', stem: lithuanian, commonWords: lithuanianStops },
  { tag: 'ne', stem: nepali, commonWords: nepaliStops },
  { tag: 'nl', stem: dutch, commonWords: dutchStops },
  { tag: 'no', stem: norwegian, commonWords: norwegianStops },
  { tag: 'pt', stem: portuguese, commonWords: portugueseStops },
  { tag: 'ro', stem: romanian, commonWords: romanianStops },
  { tag: 'ru', stem: russian, commonWords: russianStops },
  { tag: 'sr', stem: serbian, commonWords: serbianStops },
  { tag: 'sv', stem: swedish, commonWords: swedishStops },
  { tag: 'ta', stem: tamil, commonWords: tamilStops },
  { tag: 'tr', stem: turkish, commonWords: turkishStops },
  { tag: 'uk', stem: ukrainian, commonWords: ukrainianStops },
  { tag: 'zh', stem: asItIs, commonWords: mandarinStops },
];
