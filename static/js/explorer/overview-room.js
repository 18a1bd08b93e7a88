// Room for the overview strip of a long sequence, which is drawn later.

import { WHOLE_UP_TO } from "../plot/columns.js";

export const HEIGHT = 92; // px

/** Whether there is a strip. @param {{tokens: unknown[]}} result */
export const isShown = ({ tokens }) => tokens.length > WHOLE_UP_TO;
