import { LANGUAGE } from '../languages.ts';
import { NAME } from '../names.ts';
import type { Rule } from '../rule.ts';
import { fromPattern } from './from-pattern.ts';

/** Where the speaker lives and comes from. */
export const placeRules: readonly Rule[] = [
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^(?:I|[Ww]e)(?: currently| now| still)? (?:live|am based|are based|reside|have been living) in (?:an? [\\p{Ll} ]{3,20} in )?(?<place>${NAME}(?:, ${NAME})?)`,
      'u',
    ),
    subject: () => 'home',
    text: (speaker, { place }) => `${speaker} lives in ${place}`,
    confidence: 0.95,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^(?:I|[Ww]e)(?: just| recently| finally)? (?:have )?moved to (?<place>${NAME}(?:, ${NAME})?)`,
      'u',
    ),
    subject: () => 'home',
    text: (speaker, { place }) => `${speaker} moved to ${place}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^(?:I|[Ww]e) (?:am|are|will be) moving to (?<place>${NAME}(?:, ${NAME})?)`, 'u'),
    subject: () => 'planned-home',
    text: (speaker, { place }) => `${speaker} is moving to ${place}`,
    confidence: 0.85,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^I (?:(?:am|come)(?: originally)? from|(?<childhood>grew up in)) (?<place>${NAME}(?:, ${NAME})?)`,
      'u',
    ),
    subject: () => 'origin',
    text: (speaker, { place, childhood }) =>
      childhood ? `${speaker} grew up in ${place}` : `${speaker} comes from ${place}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `\\b[Mm]y (?:home country|home town|hometown|native country)(?:,| is) (?<place>${NAME})`,
      'u',
    ),
    subject: () => 'origin',
    text: (speaker, { place }) => `${speaker} comes from ${place}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(
      `^I am (?:originally )?(?<nationality>${LANGUAGE}|American|British|Canadian|Australian|Irish|Scottish|Belgian|Austrian|Brazilian|Mexican|Indian)$`,
    ),
    subject: () => 'nationality',
    text: (speaker, { nationality }) => `${speaker} is ${nationality}`,
    confidence: 0.9,
  }),
  fromPattern({
    category: 'profile',
    pattern: new RegExp(`^I was born in (?<place>${NAME}(?:, ${NAME})?)`, 'u'),
    subject: () => 'birthplace',
    text: (speaker, { place }) => `${speaker} was born in ${place}`,
    confidence: 0.9,
  }),
];
