// What the pages of the course know, for `deno check` and for editors; no page loads this file.

/** A moment as the page's data tell it (app/pages/course.py). */
interface LessonMoment {
  link: string;
  link_b: string | null;
  rule: string | null;
  needs: string[];
  several: boolean;
  veil: string[];
  reveal: string;
  title: string;
  a: string;
  b: string;
  question: string;
  choices: Record<string, string>;
}

/** What the server answers to a state of a lab, each kind under its name; those that a rule needs are there. */
interface LabAnswers {
  /** every parameter, resolved */
  params: Record<string, string | number>;
  /** the keys of the hash as they are written */
  seen: Record<string, string>;
  bptt: Result;
  pair: Pair;
  film: Film;
  lanes: LanesAnswer;
  race: Race;
  map: unknown;
  graph: unknown;
}

/** What a rule makes of one or two results: choices, those that are right, live numbers. */
interface Ruled {
  choices?: string[];
  right?: string[];
  values?: Record<string, number | string | null>;
}

type Rule = (a: LabAnswers, b: LabAnswers | null) => Ruled;
