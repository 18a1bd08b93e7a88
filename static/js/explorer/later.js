// What the first picture does not need: panels, ledger, presenter view, cutting by hand, export and the start page's story. Loaded after it.

import "../page/text-file.js";
import "../plot/presented.js";
import "./unrolled/initial-state.js";
import "./unrolled/input-gradients.js";
import "./unrolled/playback.js";

export { showLinks as showCompareLinks } from "./compare-link.js";
export { explainControls } from "./control-help.js";
export { showLayers } from "./cuts/layers.js";
export { listenToTails } from "./tail-clicks.js";
export * as gallery from "./gallery.js";
export * as exporting from "./export/export.js";
export * as panelDrawing from "./panel-drawing.js";
export * as panelList from "./panel-list.js";
export * as telling from "./start-page/telling.js";
export * as presenter from "./presenter/presenter.js";
export * as sharing from "../page/share/dialog.js";
export * as talk from "../page/talk.js";
export * as tray from "./tray.js";
export * as tween from "./tween.js";
