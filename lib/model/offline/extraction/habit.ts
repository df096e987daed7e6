/** Words that say that something happens again and again. */
export const HABIT =
  /\b(?:every (?:single )?(?:other )?(?:day|morning|afternoon|evening|night|week|weekend|month|year|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|each (?:day|morning|evening|night|week|month|year)|(?:once|twice|\w+ times) (?:a|per) (?:day|week|month|year)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|on weekends|at weekends|always|usually|normally|typically|daily|weekly|tends? to)\b/i;
