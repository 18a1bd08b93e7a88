// The names every module knows without importing them, for `deno check` and for editors; no page loads this file.

/** What a panel hands to Plotly. */
interface Figure {
  data: object[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
}

/** plotly.js, the one global: loaded by a script tag before the modules. */
declare const Plotly: {
  react(target: HTMLElement, figure: Figure): Promise<HTMLElement>;
  purge(target: HTMLElement): void;
};
