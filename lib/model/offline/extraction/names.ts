const LETTER = '[\\p{L}\\p{M}]';
/** `Ewa`, `Anne-Marie`, `O'Brien`: the letters of each part can only be read in one way, so that nothing is tried twice. */
const WORD = `\\p{Lu}(?:${LETTER}+(?:['-]${LETTER}{3,})*|(?:['-]${LETTER}{3,})+)`;

/** A proper name of up to four words, as part of a regular expression with the flag `u`. */
export const NAME = `${WORD}(?: ${WORD}){0,3}`;

/** How people call those close to them. */
export const RELATION =
  '(?:husband|wife|partner|fiancée?|boyfriend|girlfriend|daughter|son|sister|brother|mother|mum|mom|father|dad|grandmother|grandma|grandfather|grandpa|aunt|uncle|cousin|niece|nephew|boss|manager|colleague|coworker|friend|best friend|flatmate|roommate|neighbou?r|mentor|landlord|teacher|therapist|doctor|dentist|team lead)';

export const PET =
  '(?:dog|cat|puppy|pup|kitten|kitty|rabbit|bunny|hamster|guinea pig|parrot|budgie|bird|horse|pony|tortoise|turtle|snake|lizard|gecko|rat|mouse|goldfish|fish|ferret)';
