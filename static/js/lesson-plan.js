// Lesson plan page: a list of stops with QR codes; a custom list is stored in the URL.

import * as address from "./page/address.js";
import { byId, element } from "./lib/dom.js";
import { stopsOf, usual } from "./lessons/lesson-plan.js";
import { simple } from "./lessons/page.js";
import { notice } from "./page/notices.js";
import { code } from "./page/share/qr.js";
import { copyText } from "./page/share/share.js";
import * as typing from "./page/typing.js";
import { words } from "./lib/words.js";

const MINUTES = 3; // at a stop
const NAME = "stops";

const { data, base } = simple("lessons/hour");
const { course, language } = data;
const field = () => /** @type {HTMLTextAreaElement} */ (byId("lines"));

/** The list in the address. @returns {string[]} */
function lines() {
  const own = new URLSearchParams(address.here().search).get(NAME);
  return own === null ? usual(course) : own.split("\n");
}

function show() {
  const { stops, unknown } = stopsOf(lines(), course, language, base);
  byId("sum").textContent = `${words("lesson_plan.stops", { n: stops.length })} · ${
    words("lesson_plan.minutes", { minutes: MINUTES * stops.length })
  }`;
  const problem = unknown.map((one) => words("lesson_plan.unknown", one)).join(" ");
  byId("own-problem").textContent = problem;
  notice("link", byId("own").hasAttribute("open") ? "" : problem);
  byId("stops").replaceChildren(...stops.map((stop) => {
    const place = element("span", {
      class: "code",
      role: "img",
      "aria-label": words("lesson_plan.code", stop),
    });
    draw(place, stop.path);
    return element(
      "li",
      {},
      place,
      element(
        "div",
        {},
        element("a", { href: stop.path }, stop.title),
        element("p", { class: "address", translate: "no" }, base + stop.path),
      ),
    );
  }));
}

/** @param {HTMLElement} place @param {string} path */
async function draw(place, path) {
  const drawing = await code(path);
  if (drawing) place.replaceChildren(drawing);
}

/** @param {string | null} list */
function change(list) {
  const { hash } = address.here();
  address.settle(list === null ? "" : `?${new URLSearchParams({ [NAME]: list })}`, hash);
  show();
}

function fillIn() {
  field().value = lines().join("\n");
}

typing.listen(field(), (settled) => settled && change(field().value.trim()));
byId("usual").addEventListener("click", () => {
  change(null);
  fillIn();
});
byId("print").addEventListener("click", () => print());
byId("copy-list").addEventListener("click", async () => {
  if (await copyText(address.here().href)) byId("list-copied").textContent = words("lesson_plan.copied");
});
address.onTravel(() => {
  fillIn();
  show();
});
fillIn();
show();
