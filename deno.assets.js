// Builds the bundle: a script per page with the chunks it is split into, a style sheet per page, and the part of
// plotly.js that the pages use. Run by `python -m app.pages.bundle`, which passes the folders and the sheets of each
// page; prints the chunks that each page needs at once, and the packages inside plotly.min.js.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { build } from "esbuild";

/** @type {{from: string, to: string, sheets: Record<string, string[]>}} */
const { from, to, sheets } = JSON.parse(process.argv[2]);
const USUAL = { bundle: true, minify: true, metafile: true };

/** The script of a page. @param {string} page @returns {Promise<string[]>} the chunks it imports statically */
async function script(page) {
  const { metafile } = await build({
    ...USUAL,
    entryPoints: [`${from}/js/${page}.js`],
    outdir: to,
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [resolve(path), output]));
  const entry = resolve(to, `${page}.js`), found = new Set([entry]);
  for (const path of found) {
    for (const { path: other, kind } of outputs.get(path)?.imports ?? []) {
      if (kind === "import-statement") found.add(resolve(other));
    }
  }
  return [...found].filter((path) => path !== entry).map((path) => path.slice(resolve(to).length + 1)).sort();
}

/** @param {string} page @param {string[]} names */
const sheet = (page, names) =>
  build({
    ...USUAL,
    stdin: {
      contents: names.map((name) => `@import "./${name}.css";`).join("\n"),
      loader: "css",
      resolveDir: `${from}/css`,
    },
    outfile: `${to}/${page}.css`,
  });

/** The part of plotly.js that the pages use: scatter, which is in its core, and heat maps. */
async function plotly() {
  const { metafile, outputFiles } = await build({
    ...USUAL,
    stdin: {
      contents: `import Plotly from "plotly.js/lib/core"; import heatmap from "plotly.js/lib/heatmap";
        Plotly.register([heatmap]); globalThis.Plotly = Plotly;`,
      resolveDir: dirname(process.argv[1]),
    },
    define: { global: "globalThis" },
    format: "iife",
    legalComments: "eof",
    loader: { ".css": "empty" },
    write: false,
    outfile: "plotly.min.js",
  });
  const packages = new Map();
  for (const [path, { bytesInOutput }] of Object.entries(metafile.outputs["plotly.min.js"].inputs)) {
    if (!bytesInOutput) continue;
    const [folder, name] = path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    if (name) packages.set(name, folder);
  }
  const notices = await Promise.all([...packages].sort().map(([name, folder]) => notice(name, folder)));
  const version = (await about(packages.get("plotly.js"))).version;
  const banner = `/**
* plotly.js (custom build: scatter, heatmap) v${version}
* Copyright 2012-2026, Plotly, Inc.
* All rights reserved.
* Licensed under the MIT license
* The licenses of the packages inside: plotly.licenses.txt beside this file
*/
`;
  await writeFile(`${to}/plotly.min.js`, banner + outputFiles[0].text);
  await writeFile(`${to}/plotly.licenses.txt`, notices.join("\n\n"));
  return [...packages.keys()].sort();
}

/** @param {string} folder of a package */
const about = async (folder) => JSON.parse(await readFile(`${folder}/package.json`, "utf8"));

/** What a package says of its license. @param {string} name @param {string} folder */
async function notice(name, folder) {
  const { version, license, author, repository } = await about(folder);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  const by = typeof author === "object" ? author.name : author;
  const facts = [license, by, repository?.url ?? repository].filter(Boolean).join(", ");
  return [`==== ${name} ${version}: ${facts}`, ...texts.map((text) => text.trim())].join("\n\n");
}

const chunks = Object.fromEntries(
  await Promise.all(Object.keys(sheets).map(async (page) => [page, await script(page)])),
);
await Promise.all(Object.entries(sheets).map(([page, names]) => sheet(page, names)));
console.log(JSON.stringify({ chunks, packages: await plotly() }));
