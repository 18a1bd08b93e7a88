// Reading the graph lab's answer (/api/graph) for quiz rules.

/**
 * @typedef {{
 *   nodes: {name: string}[],
 *   output: string,
 *   tape: string[],
 *   value: Record<string, number>,
 *   grad: Record<string, number>,
 *   terms: Record<string, number[]>,
 *   update: {after: Record<string, number>, promise: number, truth: number},
 *   inplace: {after: Record<string, number>, truth: number} | null,
 *   closed: {products: number[][], sums: number[]} | null,
 * }} Graph
 */

/** @param {LabAnswers} answers */
export const graphOf = ({ graph }) => /** @type {Graph} */ (graph);
