// Registry of quiz rules: small functions of a lab's results, one file per lesson.

import * as blocks from "./rules/blocks.js";
import * as bptt from "./rules/bptt.js";
import * as graph from "./rules/graph.js";
import * as hello from "./rules/hello.js";
import * as lanes from "./rules/lanes.js";
import * as order from "./rules/order.js";
import * as product from "./rules/product.js";
import * as remedies from "./rules/remedies.js";
import * as schemes from "./rules/schemes.js";
import * as step from "./rules/step.js";
import * as truncated from "./rules/truncated.js";
import * as unroll from "./rules/unroll.js";

/** @type {Record<string, Rule>} by name */
export const RULES = Object.assign(
  {},
  order,
  graph,
  step,
  unroll,
  hello,
  bptt,
  product,
  truncated,
  blocks,
  lanes,
  schemes,
  remedies,
);
