import type { ItemSentence, ItemToken, ItsFunction, ItsHelpers, WinkMethods } from 'wink-nlp';
import type { Sentence } from './sentence.ts';

/** Splits English text into sentences, and sentences into words with their part of speech. */
export interface Language {
  read(text: string): Sentence[];
}

/** The dots of `upload.test.ts`, which end no sentence; those of `e.g.` and `2.5` are known to the model. */
const INNER_DOT = /(?<=[\p{L}\p{N}_]{2})\.(?=[\p{Ll}\p{N}_])/gu;
const DOT_LEADER = '\u2024';

/** Loads the language model that is part of this program; it takes about 0.2 s and reads nothing from a network. */
export async function loadLanguage(): Promise<Language> {
  const [{ default: winkNlp }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const { readDoc, its }: WinkMethods = winkNlp(model, ['sbd', 'pos']);
  return {
    read(text) {
      const sentences: Sentence[] = [];
      readDoc(text.replace(INNER_DOT, DOT_LEADER))
        .sentences()
        .each((sentence: ItemSentence) => {
          sentences.push(toSentence(sentence, its));
        });
      return sentences;
    },
  };
}

function toSentence(sentence: ItemSentence, its: ItsHelpers): Sentence {
  const words: Sentence['words'][number][] = [];
  sentence.tokens().each((token: ItemToken) => {
    words.push(toWord(token, its));
  });
  return { text: sentence.out().replaceAll(DOT_LEADER, '.').trim(), words };
}

function toWord(token: ItemToken, its: ItsHelpers): Sentence['words'][number] {
  return {
    text: token.out().replaceAll(DOT_LEADER, '.'),
    partOfSpeech: String(token.out(its.pos)),
    lemma: String(token.out(its.lemma as ItsFunction<string>)),
    isStopWord: token.out(its.stopWordFlag) === true,
    isWord: token.out(its.type) === 'word',
  };
}
