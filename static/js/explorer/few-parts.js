// The style sheet of a page of few parts (show=): an explorer outside a frame loads it for such a link alone.

import { byId, element } from "../lib/dom.js";

const { files } = byId("live").dataset;
document.head.append(element("link", { rel: "stylesheet", href: `${files}/css/framed.css` }));
