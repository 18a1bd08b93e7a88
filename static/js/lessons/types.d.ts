// Global types of the course pages (ambient declarations for deno check).

/** A moment as in the page's data (app/pages/course.py). */
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

/** The server's results for a lab's state, by kind; only those that the rule needs are present. */
interface LabAnswers {
  /** every parameter, resolved */
  params: Record<string, string | number>;
  /** the keys of the fragment, as written in the URL */
  seen: Record<string, string>;
  bptt: Result;
  pair: Pair;
  film: Film;
  lanes: LanesAnswer;
  race: Race;
  map: unknown;
  graph: unknown;
}

/** What a rule computes from one or two results: choices, the correct ones, live numbers. */
interface Ruled {
  choices?: string[];
  right?: string[];
  values?: Record<string, number | string | null>;
}

type Rule = (a: LabAnswers, b: LabAnswers | null) => Ruled;
